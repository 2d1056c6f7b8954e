"""Everywhere else: a proxy that lets nobody through and writes down where they wanted to go."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

_POLL_SECONDS = 0.05
_JOIN_SECONDS = 10.0
_SILENCE_SECONDS = 30.0


class Elsewhere:
    """A proxy on loopback, as long as the `with` block lasts; a client that is given it still reaches its target.

    Everything is refused by 403. What is written down is a host with its port, never a path or a password.
    """

    def __init__(self) -> None:
        self._asked: list[str] = []
        note = self._asked.append

        class Handler(BaseHTTPRequestHandler):
            timeout = _SILENCE_SECONDS

            def _refuse(self) -> None:
                note(_host(self.command, self.path))
                self.send_response(403)
                self.send_header("Content-Length", "0")
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True

            do_GET = do_HEAD = do_POST = do_PUT = do_CONNECT = _refuse  # noqa: N815
            do_DELETE = do_OPTIONS = do_PATCH = _refuse  # noqa: N815

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": _POLL_SECONDS})

    def __enter__(self) -> Elsewhere:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join(_JOIN_SECONDS)
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def variables(self) -> dict[str, str]:
        """The environment by which a client sends there what is not for its target."""
        return dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"), self.url)

    @property
    def asked(self) -> list[str]:
        """The hosts, with their ports, that somebody wanted to reach, each once, in the order of the alphabet."""
        return sorted(set(self._asked))


def _host(method: str, target: str) -> str:
    """The host and port of a proxy's request: CONNECT names them, any other method has a URL."""
    if method == "CONNECT":
        return target
    parts = urlsplit(target)
    return f"{parts.hostname}:{parts.port or 80}"
