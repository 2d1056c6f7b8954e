"""Many requests at once: all of them together, their results in order, their failures told."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from artifactory_conformance.artifactory import NotSettled, in_parallel
from artifactory_conformance.limits import LIMITS


def test_all_act_at_the_same_time_and_the_results_keep_their_order() -> None:
    met = threading.Barrier(8)

    def act(number: int) -> int:
        met.wait(5)  # nobody gets past before all are here
        return number * number

    assert in_parallel(8, act) == [number * number for number in range(8)]


def test_what_one_of_them_raises_is_raised_where_they_are_waited_for() -> None:
    def act(number: int) -> int:
        if number == 2:
            raise LookupError("two")
        return number

    with pytest.raises(LookupError, match="two"):
        in_parallel(4, act)


def test_those_that_never_end_are_told_after_the_deadline() -> None:
    never = threading.Event()
    try:
        with pytest.raises(NotSettled, match="1 of 3 requests at once"):
            in_parallel(3, lambda number: never.wait() if number == 1 else True, limits=replace(LIMITS, together=0.2))
    finally:
        never.set()
