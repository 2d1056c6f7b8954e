"""Collecting all checks, as a program does that goes on afterwards."""

from __future__ import annotations

import signal

from artifactory_conformance.command import layout
from artifactory_conformance.plugin.inventory import collect


def test_a_collection_leaves_signals_as_they_were() -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert collect(layout())
    assert signal.getsignal(signal.SIGTERM) is before
