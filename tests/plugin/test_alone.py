"""The lock by which processes of a run leave the instance to each other."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from typing import Any

import pytest

from artifactory_conformance.limits import Limits
from artifactory_conformance.plugin.alone import NotAlone, Turn

BRIEF = Limits(alone=0.3)
PATIENT = Limits(alone=20)


def _take(file: Path, alone: bool, taken: Any, go_on: Any) -> None:
    with Turn(file, PATIENT) as turn:
        turn.take(alone=alone)
        taken.set()
        go_on.wait(20)


class Other:
    """Another process that has its turn."""

    def __init__(self, file: Path, *, alone: bool) -> None:
        context = multiprocessing.get_context("spawn")
        self.taken, self._go_on = context.Event(), context.Event()
        self._process = context.Process(target=_take, args=(file, alone, self.taken, self._go_on))
        self._process.start()

    def end(self) -> None:
        self._go_on.set()
        self._process.join(20)
        assert self._process.exitcode == 0


@pytest.mark.parametrize(("mine", "others"), [(True, False), (False, True), (True, True)])
def test_nobody_shares_the_instance_with_one_who_is_alone(tmp_path: Path, mine: bool, others: bool) -> None:
    other = Other(tmp_path / "turns", alone=others)
    assert other.taken.wait(20)
    turn = Turn(tmp_path / "turns", BRIEF)
    with pytest.raises(NotAlone, match=r"within 0\.3 s"):
        turn.take(alone=mine)
    other.end()
    turn.take(alone=mine)
    turn.end()


def test_who_need_not_be_alone_share_it(tmp_path: Path) -> None:
    other = Other(tmp_path / "turns", alone=False)
    assert other.taken.wait(20)
    with Turn(tmp_path / "turns", BRIEF) as turn:
        turn.take(alone=False)
    other.end()


def _refused_in_time(file: Path) -> bool:
    """Try to share the instance until that is refused, since somebody has begun to wait meanwhile."""
    end = time.monotonic() + PATIENT.alone
    while time.monotonic() < end:
        try:
            with Turn(file, BRIEF) as turn:
                turn.take(alone=False)
        except NotAlone:
            return True
    return False


def test_who_waits_to_be_alone_is_not_overtaken(tmp_path: Path) -> None:
    first = Other(tmp_path / "turns", alone=False)
    assert first.taken.wait(20)
    waiting = Other(tmp_path / "turns", alone=True)
    assert _refused_in_time(tmp_path / "turns"), "who came later was let in for as long as somebody waited"
    assert not waiting.taken.is_set()
    first.end()
    assert waiting.taken.wait(20)
    waiting.end()


def test_where_everybody_has_an_instance_there_is_nothing_to_wait_for() -> None:
    turn = Turn(None, BRIEF)
    turn.take(alone=True)
    turn.end()
