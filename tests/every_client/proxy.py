"""A proxy between a client and the instance: it writes down what was asked, and answers some of it in its place."""

from __future__ import annotations

import base64
import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from artifactory_conformance.clients.loopback_proxy import LoopbackProxy, Reply

STORE = "files.example"
"""A host that only this proxy knows: the store that downloads may be redirected to."""

_SECONDS = 30.0
_OWN = frozenset(
    {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "content-length", "date", "server"}
)


class Kind(str, Enum):
    """What a request is for."""

    PAGE = "page"
    METADATA = "metadata"
    FILE = "file"
    UPLOAD = "upload"
    OTHER = "other"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Heard:
    """One request. host: empty for the instance. headers: their names in small letters, credentials only as `sent`."""

    method: str
    kind: Kind
    host: str
    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Instead:
    """What is answered in the instance's place, and to which requests: a status, other bytes, a redirect to the store.

    Where it is about metadata, the pages advertise them.
    """

    kind: Kind
    status: int = 0
    changed: bool = False


class RecordingProxy(LoopbackProxy):
    """A proxy on loopback, as long as the `with` block lasts; every other host than the instance's is refused by 403.

    base: the instance's address. user, password: what the store needs at the instance, where it has its files from.
    """

    def __init__(self, base: str, user: str, password: str, instead: Instead | None = None) -> None:
        super().__init__()
        self._target = urlsplit(base).netloc
        self._account = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self._instead = instead
        self.heard: list[Heard] = []

    @property
    def variables(self) -> dict[str, str]:
        """The environment by which a client sends everything through here."""
        return {**super().variables, "no_proxy": "", "NO_PROXY": ""}

    def answer(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Write a request down and answer it."""
        parts = urlsplit(f"//{address}" if method == "CONNECT" else address)
        host = "" if parts.netloc == self._target else parts.hostname or ""
        kind = _kind(method, parts.path) if host in {"", STORE} else Kind.ELSEWHERE
        if kind is Kind.ELSEWHERE:
            reply = Reply(403)
        elif host == STORE:
            reply = self._forward(method, parts.path, {**headers, "Authorization": self._account}, body)
        else:
            reply = self._at_the_instance(method, kind, parts.path, headers, body)
        self.heard.append(Heard(method, kind, host, reply.status, _shown(headers)))
        return reply

    def _at_the_instance(self, method: str, kind: Kind, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        instead = self._instead
        if instead is not None and (instead.kind, kind) == (Kind.METADATA, Kind.PAGE):
            return _advertising(self._forward(method, path, headers, body))
        if instead is None or instead.kind is not kind:
            return self._forward(method, path, headers, body)
        if instead.changed:
            return _changed(self._forward(method, path, headers, body))
        if instead.status == 302:
            return Reply(302, (("Location", f"http://{STORE}{path}"),))
        challenge = (("WWW-Authenticate", 'Basic realm="instance"'),) if instead.status == 401 else ()
        return Reply(instead.status, (*challenge, ("Content-Type", "application/json")), b'{"errors": []}')

    def _forward(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        passed = {name: value for name, value in headers.items() if name.lower() not in _OWN - {"content-length"}}
        connection = http.client.HTTPConnection(self._target, timeout=_SECONDS)
        try:
            connection.request(method, path, body or None, {**passed, "Host": self._target})
            answer = connection.getresponse()
            content = answer.read()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _OWN]
            if method == "HEAD" and (length := answer.getheader("Content-Length")):
                kept.append(("Content-Length", length))
            return Reply(answer.status, tuple(kept), content)
        except (OSError, http.client.HTTPException):
            return Reply(502)
        finally:
            connection.close()


def _kind(method: str, path: str) -> Kind:
    if method == "POST":
        return Kind.UPLOAD
    if path.endswith(".metadata"):
        return Kind.METADATA
    if path.endswith((".whl", ".tar.gz")):
        return Kind.FILE
    return Kind.PAGE if re.search(r"/simple/+[^/]+/?$", path) else Kind.OTHER


def _changed(reply: Reply) -> Reply:
    """The same with one byte of the content another, in the middle of what it is long."""
    if reply.status != 200 or not reply.body:
        return reply
    middle = len(reply.body) // 2
    other = bytes([reply.body[middle] ^ 1])
    return Reply(reply.status, reply.headers, reply.body[:middle] + other + reply.body[middle + 1 :])


def _advertising(reply: Reply) -> Reply:
    """The same page, each of whose wheels is said to have metadata of its own (PEP 658)."""
    headers = tuple((name, value) for name, value in reply.headers if name.lower() != "etag")
    if reply.body.lstrip().startswith(b"{"):
        page = json.loads(reply.body)
        for file in page["files"]:
            file["core-metadata"] = file["data-dist-info-metadata"] = True
        return Reply(reply.status, headers, json.dumps(page).encode())
    attributes = b'<a data-core-metadata="true" data-dist-info-metadata="true" '
    return Reply(reply.status, headers, reply.body.replace(b"<a ", attributes))


def _shown(headers: Mapping[str, str]) -> dict[str, str]:
    shown = {name.lower(): value for name, value in headers.items()}
    return {**shown, **dict.fromkeys(shown.keys() & {"authorization", "proxy-authorization", "cookie"}, "sent")}
