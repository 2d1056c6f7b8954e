"""What a fault makes of the right answer: each effect one small unit."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote

from artifactory_conformance.upstream.replies import Reply


@dataclass(frozen=True)
class Asked:
    """A request as faults see it: `path` is below the base path, header names are in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    scheme: str = "http"

    @property
    def origin(self) -> str:
        """Scheme and host as the request named them."""
        return f"{self.scheme}://{self.headers.get('host', 'localhost')}"


class Effect(Protocol):
    """What a fault makes of the answer that would have been given."""

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """The answer instead."""


@dataclass(frozen=True)
class Unharmed:
    """The right answer; for faults that only delay it."""

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """The answer as it is."""
        return reply


@dataclass(frozen=True)
class MoreHeaders:
    """The right answer with headers that should not be there, such as another name (M-17) or a wrong checksum (A92)."""

    headers: Mapping[str, str]

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """The same answer, its headers replaced or joined."""
        return replace(reply, headers={**reply.headers, **_lower(self.headers)})


@dataclass(frozen=True)
class OtherAnswer:
    """A status, a text, or both, whatever was asked for (U9: throttling as silent 403 or 404; 5xx; 429).

    The text goes out in `encoding`, whatever the content type says.
    """

    status: int = HTTPStatus.OK
    body: str | None = None
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """Nothing is left of the right answer."""
        body = f"{self.status}\n" if self.body is None else self.body
        headers = {"content-type": self.content_type, **_lower(self.headers)}
        return Reply(self.status, body.encode(self.encoding), headers)


@dataclass(frozen=True)
class Truncated:
    """The connection ends after so many bytes of the body, although Content-Length promises all."""

    after: int

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """The same answer, cut."""
        return replace(reply, cut_after=self.after)


@dataclass(frozen=True)
class Stalled:
    """The answer pauses for so many seconds after so many bytes of the body, and then goes on."""

    after: int
    seconds: float

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """The same answer with a pause in it."""
        return replace(reply, pause_after=self.after, pause_seconds=self.seconds)


@dataclass(frozen=True)
class ConnectionReset:
    """The connection is dropped without an answer."""

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """No answer."""
        return replace(reply, is_reset=True)


@dataclass(frozen=True)
class Redirected:
    """Look elsewhere (U8: files of the real catalog are probably redirected to another host).

    `{path}` in the URL stands for the path below the base path. The body is what a browser would show.
    """

    url: str
    status: int = HTTPStatus.FOUND
    body: str = ""

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """The way to the other place."""
        headers = {"location": self.url.replace("{path}", quote(asked.path))}
        if self.body:
            headers["content-type"] = "text/html; charset=utf-8"
        return Reply(self.status, self.body.encode(), headers)


@dataclass(frozen=True)
class WrongBytes:
    """Other content of the same length under the same headers: the hash in the page does not fit any more."""

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """Every byte inverted."""
        return replace(reply, body=reply.body.translate(bytes(range(255, -1, -1))))


@dataclass(frozen=True)
class Compressed:
    """The answer in gzip, for whoever says that gzip is understood."""

    def apply(self, reply: Reply, asked: Asked) -> Reply:
        """The same content in another coding."""
        if reply.status != HTTPStatus.OK or "gzip" not in asked.headers.get("accept-encoding", ""):
            return reply
        headers = {**reply.headers, "content-encoding": "gzip", "vary": "Accept-Encoding"}
        return replace(reply, body=gzip.compress(reply.body, mtime=0), headers=headers)


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
