"""A recorded session with a recorder of its own, for each test."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest

from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder
from artifactory_conformance.verdicts import Level
from tests.evidence.raw_server import LIMITS, USER


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def connect(recorder: Recorder):
    with contextlib.ExitStack() as opened:

        def make(
            base: str, who: Credentials = USER, level: Level | None = Level.PULL, **limits: float
        ) -> RecordedSession:
            session = RecordedSession(
                base,
                recorder=recorder,
                limits=replace(LIMITS, **limits),
                level=level,
                credentials=who,
                user_agent="suite/1",
            )
            opened.callback(session.close)
            return session

        yield make
