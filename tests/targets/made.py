"""Small stand-ins for an instance, and the connections to them."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from artifactory_conformance.evidence import Credentials, Recorder, Redactor
from artifactory_conformance.limits import Limits
from artifactory_conformance.targets import Connections
from tests.evidence.raw_server import Asked, answer

VERSION_PATH = "/artifactory/api/system/version"
LIMITS = Limits(connect=2, read=3, exchange=4, pulse=0.5)


def connections() -> Connections:
    return Connections(Recorder(), Redactor(), "suite/1", LIMITS)


def version(number: str = "7.84.17", node: str | None = "abc:1", **more: object) -> bytes:
    """Give the answer of an Artifactory to the question for its version."""
    body = json.dumps({"version": number, "revision": "784", "addons": ["ha"], **more}).encode()
    headers = [f"X-JFrog-Version: Artifactory/{number} 784"] + ([f"X-Artifactory-Id: {node}"] if node else [])
    return answer(200, body, "Content-Type: application/json", *headers)


def refusal(status: int, message: str = "Bad credentials", *headers: str) -> bytes:
    """Give Artifactory's error envelope (E-01)."""
    body = json.dumps({"errors": [{"status": status, "message": message}]}).encode()
    return answer(status, body, "Content-Type: application/json", *headers)


HTML = answer(200, b"<html>Welcome to nginx!</html>", "Content-Type: text/html")
NOT_FOUND = answer(404, b"<html>404 page not found</html>", "Content-Type: text/html")


def routes(paths: dict[str, bytes], otherwise: bytes = NOT_FOUND) -> Callable[[Asked, socket.socket], None]:
    """Answer each path with its bytes."""
    return lambda asked, connection: connection.sendall(paths.get(asked.path.partition("?")[0], otherwise))


@dataclass
class SmallTarget:
    """What the heartbeat needs to know of a target."""

    base: str
    user: Credentials | None = field(default_factory=lambda: Credentials("somebody", "s3cret-pass"))
    administrator: Credentials | None = None
    words: str = ""

    def last_words(self) -> str:
        return self.words
