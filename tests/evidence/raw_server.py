"""A server that answers with whatever bytes a test wants, at whatever pace, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from artifactory_conformance.evidence import Credentials
from artifactory_conformance.limits import Limits

LIMITS = Limits(connect=2, read=3, exchange=4, body_bytes=100_000, redirects=3)
PASSWORD = "s3cret-pass/word"
USER = Credentials("somebody", PASSWORD)

SECONDS = 10
"""After which the server gives up on whatever it is doing."""


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class RawServer:
    """Answers requests by `reply`, which gets the request and the connection."""

    url: str
    reply: Callable[[Asked, socket.socket], None]
    asked: list[Asked] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)


def answer(status: int = 200, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """Give the bytes of an answer; the connection is closed after it."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def says(reply: bytes) -> Callable[[Asked, socket.socket], None]:
    """Answer everything with the same bytes."""
    return lambda _asked, connection: connection.sendall(reply)


def resets(after: bytes = b"") -> Callable[[Asked, socket.socket], None]:
    """Send some bytes, then reset the connection."""

    def reply(_asked: Asked, connection: socket.socket) -> None:
        connection.sendall(after)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return reply


@contextlib.contextmanager
def serving(reply: Callable[[Asked, socket.socket], None], tls: ssl.SSLContext | None = None) -> Iterator[RawServer]:
    """Serve on a free port of this machine until the end of the block; over TLS if there is a context for it."""

    class Handler(socketserver.StreamRequestHandler):
        timeout = SECONDS

        def handle(self) -> None:
            with contextlib.suppress(ssl.SSLError):  # the client does not trust us
                self.answer()

        def answer(self) -> None:
            line = self.rfile.readline().decode("latin-1").split()
            if not line:
                return
            headers = {}
            while header := self.rfile.readline().decode("latin-1").strip():
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            asked = Asked(line[0], line[1], headers, self.rfile.read(int(headers.get("content-length", 0))))
            server.asked.append(asked)
            with contextlib.suppress(OSError):  # the client has gone away, which is often what is tested
                server.reply(asked, self.connection)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def get_request(self):
            connection, address = super().get_request()
            if tls is not None:
                connection = tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
            return connection, address

    with Server(("127.0.0.1", 0), Handler) as listening:
        server = RawServer(f"http://127.0.0.1:{listening.server_address[1]}", reply)
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ending.set()
            listening.shutdown()
            thread.join()
