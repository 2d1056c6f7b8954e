"""Waiting for a condition, several times in a row, with a deadline: never a bare sleep."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from artifactory_conformance.artifactory.errors import NotSettled
from artifactory_conformance.limits import LIMITS, Limits

_T = TypeVar("_T")


def until(
    what: str,
    look: Callable[[], _T],
    *,
    holds: Callable[[_T], bool] = bool,
    times: int = 1,
    limits: Limits = LIMITS,
) -> _T:
    """Look until what is seen holds, several times in a row; give what was seen last.

    what: the condition in words. Raises NotSettled with the last sight when limits.settle seconds have passed.
    """
    deadline = time.monotonic() + limits.settle
    in_a_row, pause = 0, limits.settle_pause
    while True:
        seen = look()
        in_a_row = in_a_row + 1 if holds(seen) else 0
        if in_a_row >= times:
            return seen
        if time.monotonic() > deadline:
            raise NotSettled(f"{what}: not within {limits.settle:.0f} s; last seen: {seen}")
        time.sleep(pause)
        pause = min(2 * pause, limits.settle_pause_longest)
