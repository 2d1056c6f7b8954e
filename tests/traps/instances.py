"""Things at the other end of --artifactory-url: a reference model, servers that are no Artifactory, a switching one."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

import requests

from artifactory_conformance.targets.authority import Authority
from artifactory_conformance.targets.service import Service

READER, PASSWORD = "trap-reader", "Sésame open/4711%41@:+"


class Instance:
    """A reference model that runs on its own, over https with an authority, with one user who may only log in."""

    def __init__(self, folder: Path, authority: Authority | None = None) -> None:
        tls = authority.service_options if authority else ()
        self._service = Service("artifactory_conformance.reference", "--profile", "7.84-pro", *tls, cwd=folder)
        self._trusted = str(authority.bundle) if authority else True

    def __enter__(self) -> Instance:
        answer = requests.put(
            f"{self.url}/artifactory/api/security/users/{READER}",
            json={"email": "reader@example.org", "password": PASSWORD},
            auth=("admin", "password"),
            timeout=10,
            verify=self._trusted,
        )
        assert answer.status_code == 201, answer.text
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._service.stop()

    @property
    def url(self) -> str:
        return self._service.url

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def environment(self) -> dict[str, str]:
        """Settings of a run that only looks, as its reader: a check of its whole floor, if it is good, gives 0."""
        return as_instance(self.url)

    @property
    def administered(self) -> dict[str, str]:
        """Settings of a run that may change it."""
        secrets = {"ARTIFACTORY_ADMIN_USER": "admin", "ARTIFACTORY_ADMIN_PASS": "password"}
        return self.environment | secrets | {"CONFORMANCE_LEVEL": "mutate"}

    def let_anybody_in(self) -> None:
        """Switch anonymous access on."""
        answer = requests.patch(
            f"{self.url}/artifactory/api/system/configuration",
            data="security:\n  anonAccessEnabled: true\n",
            headers={"Content-Type": "application/yaml"},
            auth=("admin", "password"),
            timeout=10,
        )
        assert answer.status_code == 200, answer.text

    def made_by_suites(self) -> set[str]:
        """Name the users and repositories that labs have made here."""
        found = set()
        for kind, field in (("repositories", "key"), ("security/users", "name")):
            url = f"{self.url}/artifactory/api/{kind}"
            found |= {each[field] for each in requests.get(url, auth=("admin", "password"), timeout=10).json()}
        return {name for name in found if name.startswith("acs-")}


UNPACED = {"CONFORMANCE_REQUESTS_PER_SECOND": "0", "CONFORMANCE_CONNECTIONS": "0"}
"""Settings of a run at a server of the tests' own, which need not be spared."""


def as_instance(url: str, user: str = READER, password: str = PASSWORD) -> dict[str, str]:
    """Give the settings of a run at level observe against a URL; no user, no credentials."""
    settings = {"CONFORMANCE_TARGET": "instance", "CONFORMANCE_LEVEL": "observe", "ARTIFACTORY_URL": url}
    return settings | UNPACED | ({"ARTIFACTORY_USER": user, "ARTIFACTORY_PASS": password} if user else {})


class StubbornServer:
    """Answers everything in one way, and counts how often it was asked."""

    def __init__(self, status: int, body: bytes, **headers: str) -> None:
        self.asked = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                server.asked += 1
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the names that http.server looks for

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the overridden signature
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> StubbornServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def server_of(version: str) -> StubbornServer:
    """Something that says to everything which version of Artifactory it is, and names no node."""
    told = f'{{"version": "{version}", "revision": "1", "addons": ["pypi"]}}'.encode()
    headers = {"Content_Type": "application/json", "X_JFrog_Version": f"Artifactory/{version} 1"}
    return StubbornServer(200, told, **headers)


class Switch:
    """A TCP forwarder. port: asked at each new connection where it goes."""

    def __init__(self, port: Callable[[], int]) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def __enter__(self) -> Switch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # shut down: that is how it ends
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._port()))
                self._start(_carry, near, far)

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        self._threads.append(threading.Thread(target=work, args=arguments, daemon=True))
        self._threads[-1].start()


def _carry(near: socket.socket, far: socket.socket) -> None:
    """Carry bytes both ways until one of the two ends."""
    with near, far, suppress(OSError):
        while True:
            for source in select.select([near, far], [], [])[0]:
                data = source.recv(65536)
                if not data:
                    return
                (far if source is near else near).sendall(data)
