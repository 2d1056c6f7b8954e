"""Waiting for an Artifactory whose edition asks for something first, against a model with its surroundings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from artifactory_conformance.containers.engine import State
from artifactory_conformance.containers.readiness import EulaNotAccepted, Readiness
from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder
from artifactory_conformance.evidence.record import Party
from artifactory_conformance.limits import Limits
from artifactory_conformance.reference.app import application
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.platform import Platform
from artifactory_conformance.reference.profiles import profile_named
from artifactory_conformance.verdicts import Level

LIMITS = Limits(read=5, exchange=6, containers_ready=20, containers_pause=0.01, settled_start=0)


class Runs:
    """An engine whose one container runs, and says nothing."""

    def state(self, _container: str) -> State:
        return State("running", 0, killed_for_memory=False)

    def last_lines(self, _container: str, _count: int) -> list[str]:
        return []


@contextmanager
def served(*, eula: bool) -> Iterator[str]:
    """Serve a free edition that asks for its EULA, or does not."""
    profile = profile_named("oss")
    instance = Instance(profile, profile.switch_set({}))
    Platform(instance, eula=eula).surround()
    config = uvicorn.Config(application(instance), port=0, lifespan="off", log_config=None, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        threading.Event().wait(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def wait(root: str, *, accept: bool) -> list[str]:
    """Wait for it; give what was told."""
    told: list[str] = []
    owner = Credentials("admin", "password")
    platform = RecordedSession(root, recorder=Recorder(), limits=LIMITS, level=None, party=Party.CATALOG)
    artifactory = RecordedSession(
        f"{root}/artifactory", recorder=Recorder(), limits=LIMITS, level=Level.MUTATE, credentials=owner
    )
    try:
        Readiness(Runs(), "c", platform, artifactory, told.append, LIMITS, accept_eula=accept).wait()  # type: ignore[arg-type]
    finally:
        platform.close()
        artifactory.close()
    return told


def test_an_eula_that_nobody_has_accepted_is_told_at_once_with_what_to_do() -> None:
    with served(eula=True) as root, pytest.raises(EulaNotAccepted, match=r"EULA first.*--artifactory-accept-eula"):
        wait(root, accept=False)


def test_an_eula_that_somebody_has_read_is_accepted_once() -> None:
    with served(eula=True) as root:
        told = wait(root, accept=True)
    assert sum("accepting the EULA" in line for line in told) == 1
    assert told[-1].endswith("ready")


@pytest.mark.parametrize("accept", [False, True])
def test_where_none_is_asked_for_none_is_accepted(accept: bool) -> None:
    with served(eula=False) as root:
        assert not any("EULA" in line for line in wait(root, accept=accept))
