"""A plugin that kills its run: `-p tests.kills.killer --kill-at before:3` before it writes its third line down.

The whole process group goes, with SIGKILL: nobody gets to clean up. Whoever starts such a run gives it a group of its
own.
"""

from __future__ import annotations

import os
import signal

import pytest

from artifactory_conformance.ledger import Ledger


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kill-at", metavar="WHEN:NUMBER", help="before or after which write of the ledger")


def pytest_configure(config: pytest.Config) -> None:
    given = config.getoption("--kill-at")
    if not given:
        return
    when, _, number = given.partition(":")
    written = iter(range(1, int(number) + 1))
    write = Ledger._write

    def write_and_die(self: Ledger, line: str) -> None:
        last = next(written, None) == int(number)
        if last and when == "before":
            _die()
        write(self, line)
        if last:
            _die()

    Ledger._write = write_and_die  # type: ignore[method-assign]


def _die() -> None:
    if os.getpgrp() != os.getpid():
        pytest.exit("this run has no process group of its own to be killed with", returncode=3)
    os.killpg(0, signal.SIGKILL)
