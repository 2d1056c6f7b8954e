"""Everywhere else: a proxy that lets nobody through and writes down where they wanted to go."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from artifactory_conformance.clients.loopback_proxy import LoopbackProxy, Reply


class Elsewhere(LoopbackProxy):
    """A proxy on loopback, as long as the `with` block lasts; a client that is given it still reaches its target.

    Everything is refused by 403. What is written down is a host with its port, never a path or a password.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: list[str] = []

    def answer(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Write down the host, and refuse."""
        self._asked.append(_host(method, address))
        return Reply(403)

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
