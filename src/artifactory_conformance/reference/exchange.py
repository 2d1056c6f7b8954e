"""What comes in and what goes out: one call of a client and the answer to it, without a web framework."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from artifactory_conformance.reference.errors import pretty


@dataclass(frozen=True)
class Principal:
    """Who asks: a user, or the anonymous user."""

    name: str
    admin: bool = False
    groups: frozenset[str] = frozenset()
    anonymous: bool = False


@dataclass(frozen=True)
class Upload:
    """The multipart form of an upload: its text fields and the file."""

    fields: Mapping[str, str]
    file_name: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Call:
    """One request: `path` is decoded, `query` keeps the last value of a name, header names are lower case.

    `origin` is the scheme and host that the client has used.
    """

    method: str
    path: str
    query: Mapping[str, str]
    raw_query: str
    headers: Mapping[str, str] = field(repr=False)
    originators: Sequence[str]
    body: bytes = field(repr=False)
    upload: Upload | None
    caller: Principal
    origin: str = ""

    def header(self, name: str) -> str:
        """The value of a header, empty if it is absent."""
        return self.headers.get(name, "")


@dataclass(frozen=True)
class Answer:
    """One response. `chunked` leaves Content-Length out, as index pages and REST answers do (I-01)."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    chunked: bool = False


def as_json(value: Any, status: int = 200, media_type: str = "application/json") -> Answer:
    """A REST answer in JSON."""
    return Answer(status, pretty(value).encode(), {"Content-Type": media_type}, chunked=True)


def compact(answer: Answer) -> Answer:
    """The same answer with its JSON, if it has any, on one line without blanks."""
    if not answer.body or answer.headers.get("Content-Type") != "application/json":
        return answer
    return replace(answer, body=json.dumps(json.loads(answer.body), separators=(",", ":")).encode())


def as_text(text: str, status: int = 200) -> Answer:
    """A REST answer in plain text."""
    return Answer(status, text.encode(), {"Content-Type": "text/plain"}, chunked=True)
