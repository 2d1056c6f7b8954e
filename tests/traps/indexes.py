"""Things at the other end of --index-url: a simple index on its own, right in everything, or wrong in one thing."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from artifactory_conformance.distributions import DistributionSpec, build_wheel

JSON_PAGE = "application/vnd.pypi.simple.v1+json"


@dataclass(frozen=True)
class Ways:
    """What it does beyond the least that an index has to, and what is wrong with it.

    tags, json, metadata: pages have an ETag; come in JSON; advertise metadata, and have them. listed: there is a list
    of all projects. changed: files that come with other bytes than their page says. short: files that break off, each
    time or only so many times.
    """

    tags: bool = False
    json: bool = False
    metadata: bool = False
    listed: bool = True
    changed: frozenset[str] = frozenset()
    short: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """An answer. more: bytes that are announced and do not come."""

    status: int
    body: bytes = b""
    kind: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    more: int = 0


def release(project: str, version: str, requires: Sequence[str] = ()) -> tuple[str, bytes]:
    """Give a wheel that any Python installs: its file name and its bytes."""
    made = build_wheel(DistributionSpec(project, version, requires=tuple(requires)))
    return made.filename, made.content


class OwnIndex:
    """A simple index of wheels on loopback, as long as the `with` block lasts; anybody may read it.

    files: of each project, by file name.
    """

    def __init__(self, files: Mapping[str, Mapping[str, bytes]], ways: Ways = Ways()) -> None:
        self._files, self._ways = files, ways
        self._broken: dict[str, int] = {}
        self.asked: list[tuple[str, str]] = []
        index = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                index.asked.append((self.command, self.path))
                said = index.answer(self.command, self.path, {k.lower(): v for k, v in self.headers.items()})
                self.send_response(said.status)
                self.send_header("Content-Type", said.kind)
                self.send_header("Content-Length", str(len(said.body) + said.more))
                for name, value in said.headers:
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(said.body)
                    self.close_connection = self.close_connection or bool(said.more)

            do_GET = do_HEAD = _serve  # noqa: N815

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> OwnIndex:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/simple"

    def downloads(self) -> set[str]:
        """Name the files that were downloaded."""
        return {path.rpartition("/")[2] for method, path in self.asked if method == "GET" and "/files/" in path}

    def answer(self, method: str, path: str, headers: Mapping[str, str]) -> Said:
        parts = path.strip("/").split("/")
        if parts == ["simple"] and self._ways.listed:
            return Said(200, "".join(["<!DOCTYPE html>", *(f'<a href="{p}/">{p}</a>' for p in self._files)]).encode())
        if parts[0] == "simple" and len(parts) == 2 and parts[1] in self._files:
            beside = Said(301, headers=(("Location", f"{path}/"),))
            return self._page(parts[1], headers) if path.endswith("/") else beside
        if parts[0] == "files" and len(parts) == 3:
            return self._file(method, *parts[1:])
        return Said(404, b"no such thing", "text/plain")

    def _page(self, project: str, headers: Mapping[str, str]) -> Said:
        files = self._files[project]
        if self._ways.json and JSON_PAGE in headers.get("accept", ""):
            entries = [
                {
                    "filename": name,
                    "url": f"../../files/{project}/{name}",
                    "hashes": {"sha256": hashlib.sha256(content).hexdigest()},
                    **({"core-metadata": True} if self._ways.metadata else {}),
                }
                for name, content in files.items()
            ]
            page = {"meta": {"api-version": "1.0"}, "name": project, "files": entries}
            return Said(200, json.dumps(page).encode(), JSON_PAGE)
        more = ' data-core-metadata="true"' if self._ways.metadata else ""
        anchors = (
            f'<a href="../../files/{project}/{name}#sha256={hashlib.sha256(content).hexdigest()}"{more}>{name}</a>'
            for name, content in files.items()
        )
        body = f"<!DOCTYPE html>{''.join(anchors)}".encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self._ways.tags and headers.get("if-none-match") == tag:
            return Said(304, headers=(("ETag", tag),))
        return Said(200, body, headers=(("ETag", tag),) if self._ways.tags else ())

    def _file(self, method: str, project: str, name: str) -> Said:
        content = self._files.get(project, {}).get(name.removesuffix(".metadata"))
        if content is None or (name.endswith(".metadata") and not self._ways.metadata):
            return Said(404, b"no such file", "text/plain")
        if name.endswith(".metadata"):
            return Said(200, f"Metadata-Version: 2.1\nName: {project}\n".encode(), "text/plain")
        if name in self._ways.changed:
            content = content[:-1] + bytes([content[-1] ^ 1])
        if method == "GET" and self._broken.get(name, 0) < self._ways.short.get(name, 0):
            self._broken[name] = self._broken.get(name, 0) + 1
            half = len(content) // 2
            return Said(200, content[:half], "application/zip", more=len(content) - half)
        return Said(200, content, "application/zip")
