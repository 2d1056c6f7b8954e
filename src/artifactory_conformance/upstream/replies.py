"""An answer as plain data, and how it gets onto the wire, whole or broken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.types import Receive, Scope, Send

from artifactory_conformance.serving import cut_connection, reset_connection
from artifactory_conformance.upstream.journal import Entry

_CHUNK = 64 * 1024
_WITHOUT_BODY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})


@dataclass(frozen=True)
class Reply:
    """What is answered. `cut_after` ends the connection after that many bytes of the body, `is_reset` before any byte.

    Content-Length is not among the headers: it always promises the whole body.
    """

    status: int
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    is_reset: bool = False


def plain(status: HTTPStatus, **headers: str) -> Reply:
    """A short answer that says its status; `www_authenticate` stands for the header WWW-Authenticate."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, f"{status.value} {status.phrase}\n".encode(), {"content-type": "text/plain", **named})


async def deliver(reply: Reply, entry: Entry | None, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the reply. Each step is in the journal before its bytes leave: whoever has the answer can ask for it."""
    if reply.is_reset:
        await reset_connection(scope, receive)
        return
    has_body = reply.status not in _WITHOUT_BODY
    body = reply.body if has_body and scope["method"] != "HEAD" else b""
    is_cut = reply.cut_after is not None and reply.cut_after < len(body)
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
    if has_body:
        headers.append((b"content-length", str(len(reply.body)).encode()))
    if entry is not None:
        entry.status = int(reply.status)
    await send({"type": "http.response.start", "status": int(reply.status), "headers": headers})
    end = reply.cut_after if is_cut else len(body)
    for start in range(0, end or 0, _CHUNK):
        chunk = body[start : min(start + _CHUNK, end or 0)]
        if entry is not None:
            entry.sent_bytes += len(chunk)
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    if is_cut:
        await cut_connection(scope, receive)
    else:
        await send({"type": "http.response.body", "body": b"", "more_body": False})
