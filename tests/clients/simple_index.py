"""A simple index on the loop-back address: Basic authentication, wheels built by hand, and a look at who is asking."""

import base64
import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psutil

USER = "reader"
PASSWORD = "p@ss/w%rd:1"
ENCODED_PASSWORD = "p%40ss%2Fw%25rd%3A1"


@dataclass(frozen=True)
class Wheel:
    """A pure-Python wheel with one module and one entry point."""

    project: str
    version: str
    requires: tuple[str, ...] = ()

    @property
    def filename(self) -> str:
        return f"{self.project}-{self.version}-py3-none-any.whl"

    @property
    def content(self) -> bytes:
        info = f"{self.project}-{self.version}.dist-info"
        metadata = f"Metadata-Version: 2.1\nName: {self.project}\nVersion: {self.version}\nSummary: Says what it is.\n"
        files = {
            f"{self.project}.py": f"__version__ = {self.version!r}\n\ndef main():\n    print('hello', __version__)\n",
            f"{info}/METADATA": metadata + "".join(f"Requires-Dist: {name}\n" for name in self.requires),
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/entry_points.txt": f"[console_scripts]\n{self.project} = {self.project}:main\n",
        }
        record = "".join(f"{name},,\n" for name in (*files, f"{info}/RECORD"))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, text in {**files, f"{info}/RECORD": record}.items():
                archive.writestr(zipfile.ZipInfo(name), text)
        return buffer.getvalue()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class SimpleIndex:
    """What the index serves, and what it has seen of its visitors."""

    wheels: tuple[Wheel, ...]
    port: int = 0
    requests: list[tuple[str, str]] = field(default_factory=list)
    command_lines: set[str] = field(default_factory=set)
    environments: list[dict[str, str]] = field(default_factory=list)
    answering: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.base}/simple/"

    @property
    def url_with_password(self) -> str:
        return f"http://{USER}:{ENCODED_PASSWORD}@127.0.0.1:{self.port}/simple/"

    def look_at_visitors(self) -> None:
        """Note what everybody on the machine can see of our clients: the processes from the leash downwards."""
        for leash in psutil.Process().children():
            try:
                if not any(argument.endswith("leash.py") for argument in leash.cmdline()):
                    continue
                for process in (leash, *leash.children(recursive=True)):
                    self.command_lines.add(" ".join(process.cmdline()))
                    self.environments.append(process.environ())
            except psutil.NoSuchProcess:
                continue

    def answer(self, path: str) -> bytes | None:
        for wheel in self.wheels:
            if path == f"/files/{wheel.filename}":
                return wheel.content
        project = path.removeprefix("/simple/").removesuffix("/")
        links = [
            f'<a href="../../files/{wheel.filename}#sha256={wheel.sha256}">{wheel.filename}</a>'
            for wheel in self.wheels
            if wheel.project == project
        ]
        return "".join(["<!DOCTYPE html><html><body>", *links, "</body></html>"]).encode() if links else None


@contextmanager
def serving(*wheels: Wheel, hanging: bool = False) -> Iterator[SimpleIndex]:
    """Serve wheels until the context ends; a hanging index takes requests and does not answer before that."""
    index = SimpleIndex(wheels)
    if not hanging:
        index.answering.set()
    expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            index.look_at_visitors()
            authorization = self.headers.get("Authorization", "")
            index.requests.append((self.path, authorization))
            if not index.answering.wait(30):
                return
            body = index.answer(self.path)
            if authorization != expected:
                self.respond(401, b"who are you?")
            elif body is None:
                self.respond(404, b"no such thing")
            else:
                self.respond(200, body)

        do_HEAD = do_GET  # noqa: N815

        def respond(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                if status == 401:
                    self.send_header("WWW-Authenticate", 'Basic realm="index"')
                kind = "text/html" if self.path.endswith("/") else "application/octet-stream"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body * (self.command != "HEAD"))
            except (BrokenPipeError, ConnectionResetError):  # the client was killed while it waited
                self.close_connection = True

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    index.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield index
    finally:
        index.answering.set()
        server.shutdown()
        thread.join(10)
        server.server_close()
