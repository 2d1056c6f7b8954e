"""A server that answers as it is told, and a session with it."""

from __future__ import annotations

import pytest

from artifactory_conformance.evidence import RecordedSession, Recorder
from artifactory_conformance.limits import Limits
from artifactory_conformance.verdicts import Level
from tests.evidence.raw_server import answer, says, serving


@pytest.fixture
def server():
    with serving(says(answer())) as running:
        yield running


@pytest.fixture
def session(server):
    limits = Limits(connect=2, read=3, exchange=4)
    made = RecordedSession(f"{server.url}/artifactory", recorder=Recorder(), limits=limits, level=Level.MUTATE)
    yield made
    made.close()
