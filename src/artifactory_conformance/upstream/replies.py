"""An answer as plain data, and how it gets onto the wire, whole or broken."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import responses

from starlette.types import Receive, Scope, Send

from artifactory_conformance.serving import answer_by_hand, cut_connection, reset_connection
from artifactory_conformance.upstream.journal import Entry

_CHUNK = 64 * 1024
_WITHOUT_BODY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})


@dataclass(frozen=True)
class Reply:
    """What is answered. `cut_after` ends the connection after that many bytes of the body, `is_reset` before any byte.

    After `pause_after` bytes nothing comes for `pause_seconds`. Content-Length is not among the headers: it always
    promises the whole body. An answer of HTTP/1.0 has none: its body ends with the connection, even where it is cut.
    """

    status: int
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    is_reset: bool = False
    pause_after: int = 0
    pause_seconds: float = 0.0
    is_http_1_0: bool = False


def plain(status: HTTPStatus, **headers: str) -> Reply:
    """A short answer that says its status; `www_authenticate` stands for the header WWW-Authenticate."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, f"{status.value} {status.phrase}\n".encode(), {"content-type": "text/plain", **named})


async def deliver(reply: Reply, entry: Entry | None, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the reply. Each step is in the journal before its bytes leave: whoever has the answer can ask for it."""
    if reply.is_reset:
        await reset_connection(scope, receive)
        return
    body = _body(reply, scope)
    if entry is not None:
        entry.status = int(reply.status)
    if reply.is_http_1_0:
        sent = body if reply.cut_after is None else body[: reply.cut_after]
        if entry is not None:
            entry.sent_bytes += len(sent)
        await answer_by_hand(scope, receive, _head_1_0(reply) + sent)
        return
    is_cut = reply.cut_after is not None and reply.cut_after < len(body)
    await send({"type": "http.response.start", "status": int(reply.status), "headers": _headers(reply)})
    for chunk, pause in _chunks(reply, body[: reply.cut_after] if is_cut else body):
        if entry is not None:
            entry.sent_bytes += len(chunk)
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await asyncio.sleep(pause)
    if is_cut:
        await cut_connection(scope, receive)
    else:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _body(reply: Reply, scope: Scope) -> bytes:
    return b"" if reply.status in _WITHOUT_BODY or scope["method"] == "HEAD" else reply.body


def _headers(reply: Reply) -> list[tuple[bytes, bytes]]:
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
    if reply.status not in _WITHOUT_BODY:
        headers.append((b"content-length", str(len(reply.body)).encode()))
    return headers


def _head_1_0(reply: Reply) -> bytes:
    lines = [f"HTTP/1.0 {int(reply.status)} {responses.get(reply.status, '')}", "connection: close"]
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _chunks(reply: Reply, body: bytes) -> Iterator[tuple[bytes, float]]:
    """The pieces of a body, each with the seconds to wait after it."""
    if reply.pause_seconds:
        yield body[: reply.pause_after], reply.pause_seconds
        body = body[reply.pause_after :]
    for start in range(0, len(body), _CHUNK):
        yield body[start : start + _CHUNK], 0.0
