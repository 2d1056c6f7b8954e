"""What is asked after the checks: at the run's level, whatever a target answers, and never a password."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.probing import View, gather
from artifactory_conformance.sites import Site
from artifactory_conformance.verdicts import Level

SITE = Site("remote-key", "virtual-key", "local-key", package="curated", internal_package="internal")
STORED = {
    "key": "remote-key",
    "rclass": "remote",
    "packageType": "pypi",
    "url": "https://somebody:in-the-url@repository.activestate.com/org/pypi",
    "pyPIRegistryUrl": "https://repository.activestate.com/org/pypi",
    "username": "org",
    "password": "AES.stored.secret",
}


class _Artifactory(ThreadingHTTPServer):
    """Answers each request with one thing, and remembers what was asked."""

    def __init__(self, status: int, body: object) -> None:
        asked: list[tuple[str, str]] = []
        content = body if isinstance(body, bytes) else json.dumps(body).encode()

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                asked.append((self.command, self.path))
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = answer  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = asked

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/artifactory"


@pytest.fixture
def instance(request: pytest.FixtureRequest) -> Iterator[_Artifactory]:
    server = _Artifactory(*request.param)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(LIMITS.service_stop)


def view(base: str, level: Level) -> View:
    def session(who: Credentials) -> RecordedSession:
        return RecordedSession(base, recorder=Recorder(), limits=LIMITS, level=level, credentials=who)

    return View(
        level,
        base,
        SITE,
        user=session(Credentials("installer", "pass-of-the-user")),
        administrator=session(Credentials("admin", "pass-of-the-admin")),
        nobody=session(Credentials()),
        project=SITE.package,
        catalog_password="pass-at-the-catalog",
    )


@pytest.mark.parametrize("instance", [(200, STORED)], indirect=True)
@pytest.mark.parametrize("level", [Level.OBSERVE, Level.PULL])
def test_a_configuration_is_told_without_any_password(instance: _Artifactory, level: Level):
    found = gather(view(instance.base, level))
    remote = found["administrator"]["remote"]
    assert (remote["found"], remote["has_password"], remote["username"]) == (True, True, "org")
    assert remote["pyPIRegistryUrl"] == STORED["pyPIRegistryUrl"]
    for secret in (STORED["password"], "in-the-url", "pass-of", "pass-at"):
        assert secret not in json.dumps(found)


@pytest.mark.parametrize("instance", [(200, STORED)], indirect=True)
def test_at_observe_nothing_is_asked_for_that_fills_a_cache(instance: _Artifactory):
    gather(view(instance.base, Level.OBSERVE))
    assert instance.asked
    assert [one for one in instance.asked if one[0] != "GET" or "/api/pypi/" in one[1] or "trace" in one[1]] == []


ODD = [(500, b""), (200, b"\xff\xfe<html>"), (200, []), (200, None), (403, {"errors": "?"}), (200, {"repo": [1, None]})]


@pytest.mark.parametrize("instance", ODD, ids=range(len(ODD)), indirect=True)
def test_whatever_an_instance_answers_ends_in_facts(instance: _Artifactory):
    found = gather(view(instance.base, Level.PULL))
    assert found["known"]["remote"] == "remote-key"
    assert found["failed"]
    json.dumps(found)


def test_of_an_instance_that_is_not_there_nothing_is_known():
    found = gather(view("http://127.0.0.1:9/artifactory", Level.PULL))
    assert set(found) == {"known", "failed"}
