"""Many requests at once, as the machines of a team send them, with a deadline for all of them together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from artifactory_conformance.artifactory.errors import NotSettled
from artifactory_conformance.limits import LIMITS, Limits

_T = TypeVar("_T")


class InParallel(Protocol):
    """What `in_parallel` is to a check."""

    def __call__(self, times: int, act: Callable[[int], _T]) -> list[_T]:
        """Act so many times at once."""


def in_parallel(times: int, act: Callable[[int], _T], *, limits: Limits = LIMITS) -> list[_T]:
    """Act so many times at once, each in a thread of its own, all let go together; give what came, in their order.

    act: gets its number, from 0 on. It asks and does not claim: assertions count in the check's own thread only.
    Raises what the first of them raised, and NotSettled when they are not all done after limits.together seconds.
    """
    given: dict[int, _T] = {}
    failed: dict[int, Exception] = {}
    together = threading.Barrier(times)

    def one(number: int) -> None:
        try:
            together.wait(limits.together)
            given[number] = act(number)
        except Exception as error:  # told in the thread that waits
            failed[number] = error

    threads = [threading.Thread(target=one, args=(number,), daemon=True) for number in range(times)]
    end = time.monotonic() + limits.together
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    late = sum(thread.is_alive() for thread in threads)
    if late:
        raise NotSettled(f"{late} of {times} requests at once were not done after {limits.together:g} s")
    if failed:
        raise failed[min(failed)]
    return [given[number] for number in range(times)]
