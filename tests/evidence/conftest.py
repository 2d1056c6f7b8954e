"""A recorded session with a recorder of its own, for each test."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

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
            base: str,
            who: Credentials = USER,
            level: Level | None = Level.PULL,
            ca_bundle: Path | None = None,
            **limits: float,
        ) -> RecordedSession:
            session = RecordedSession(
                base,
                recorder=recorder,
                limits=replace(LIMITS, **limits),
                level=level,
                credentials=who,
                user_agent="suite/1",
                ca_bundle=ca_bundle,
            )
            opened.callback(session.close)
            return session

        yield make
