"""A catalog in a few lines: scripted replies and a journal of what was asked."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    reason: str | None = None
    wait_for: threading.Event | None = None


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]


PATIENCE = 10.0


class StubCatalog:
    """Serves below `url`; the journal holds every request in order."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.journal: list[Asked] = []
        self.fault: Reply | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.url = f"{self.origin}/org/pypi"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        catalog = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                asked = Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
                catalog.journal.append(asked)
                reply = catalog.fault or catalog.replies.get(self.path.partition("?")[0], Reply(404))
                if callable(reply):
                    reply = reply(asked)
                if reply.wait_for is not None:
                    reply.wait_for.wait(PATIENCE)
                self.send_response(reply.status, reply.reason)
                length = len(reply.body) + (1000 if reply.cut else 0)
                for name, value in {"Content-Length": str(length), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(reply.body)
                if reply.cut:
                    self.close_connection = True

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def reset(self) -> None:
        self.replies.clear()
        self.journal.clear()
        self.fault = None

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(self, name: str, *anchors: str, **reply: object) -> str:
        """Publish a project page made of anchors and give its path."""
        path = f"/org/pypi/simple/{name}/"
        html = "<!DOCTYPE html><html><body>" + "".join(anchors) + "</body></html>"
        self.replies[path] = Reply(body=html.encode(), headers={"Content-Type": "text/html"}, **reply)
        return path

    def file(self, path: str, content: bytes = b"some bytes", **reply: object) -> str:
        """Publish a file below `packages/` and give its path."""
        full = f"/org/pypi/packages/{path}"
        self.replies[full] = Reply(body=content, headers={"Content-Type": "application/octet-stream"}, **reply)
        return full

    def project(self, name: str, version: str = "1.0", content: bytes = b"some bytes", fragment: str = "") -> str:
        """Publish a project of one wheel: its page and its file. Gives the wheel's file name."""
        wheel = f"{name}-{version}-py3-none-any.whl"
        self.file(f"ab/cd/{wheel}", content)
        self.page(name, anchor(f"../../packages/ab/cd/{wheel}{fragment}", wheel))
        return wheel

    def asked_for(self, path: str, method: str | None = None) -> int:
        """How often a path was asked for."""
        return sum(one.path.partition("?")[0] == path and method in (None, one.method) for one in self.journal)


def anchor(href: str, text: str, attributes: str = "") -> str:
    return f'<a href="{href}"{attributes}>{text}</a>'
