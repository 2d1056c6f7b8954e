"""A proxy of ours on loopback: whoever is given it asks it for everything; what it answers is its subclass's affair."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import TypeVar

_POLL_SECONDS = 0.05
_SECONDS = 30.0

AnyProxy = TypeVar("AnyProxy", bound="LoopbackProxy")


@dataclass(frozen=True)
class Reply:
    """An answer; its length is told unless a header tells it."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class LoopbackProxy(ABC):
    """Listens as long as the `with` block lasts, one connection for each request, and says nothing on any screen."""

    def __init__(self) -> None:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _SECONDS

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                reply = proxy.answer(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
                self.send_response_only(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                if "content-length" not in {name.lower() for name, _ in reply.headers}:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                if self.command != "HEAD":
                    self.wfile.write(reply.body)

            do_GET = do_HEAD = do_POST = do_PUT = do_CONNECT = _serve  # noqa: N815
            do_DELETE = do_OPTIONS = do_PATCH = _serve  # noqa: N815

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": _POLL_SECONDS})

    def __enter__(self: AnyProxy) -> AnyProxy:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join(_SECONDS)
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def variables(self) -> dict[str, str]:
        """The environment by which a client sends there what is not for a host that it reaches directly."""
        return dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"), self.url)

    @abstractmethod
    def answer(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Answer a request. address: a URL, for CONNECT a host with its port."""
