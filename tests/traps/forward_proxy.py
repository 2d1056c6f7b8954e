"""A forward proxy with a log-in, on loopback: what is asked through it is seen, and passed on."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

import requests

from artifactory_conformance.clients.loopback_proxy import LoopbackProxy, Reply

_OF_A_CONNECTION = {"connection", "proxy-authorization", "proxy-connection", "transfer-encoding", "content-length"}


class ForwardProxy(LoopbackProxy):
    """Passes on plain HTTP for who logs in. asked: the User-Agent of each request with its URL; refused: how many."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.refused = 0
        self._expected = "Basic " + b64encode(f"{user}:{password}".encode()).decode()

    def answer(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Reply:
        given = {name.lower(): value for name, value in headers.items()}
        if given.get("proxy-authorization") != self._expected:
            self.refused += 1
            return Reply(407, (("Proxy-Authenticate", 'Basic realm="proxy"'),))
        self.asked.append((given.get("user-agent", ""), address))
        passed = {name: value for name, value in headers.items() if name.lower() not in _OF_A_CONNECTION}
        session = requests.Session()
        session.trust_env = False
        with (
            session,
            session.request(
                method, address, headers=passed, data=body or None, allow_redirects=False, stream=True, timeout=30
            ) as got,
        ):
            kept = [(name, value) for name, value in got.headers.items() if name.lower() not in _OF_A_CONNECTION]
            return Reply(got.status_code, tuple(kept), got.raw.read())
