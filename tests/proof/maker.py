"""Makes runs and keeps them, two at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from typing import TypeVar

from tests.proof.kept import keep, kept
from tests.proof.parts import commit
from tests.proof.runs import Run, Trial, run

AT_ONCE = 2
"""How many runs are made at a time."""

Item = TypeVar("Item")
Made = TypeVar("Made")


def as_they_come(work: Callable[[Item], Made | None], items: Sequence[Item], at_once: int = AT_ONCE) -> Iterator[Made]:
    """Work on several items at once, and give what comes of them, first what is done first; None is left out.

    Whatever ends this: work that has begun comes to its end, and no other begins.
    """
    with ThreadPoolExecutor(at_once) as pool:
        try:
            for done in as_completed([pool.submit(work, item) for item in items]):
                if (found := done.result()) is not None:
                    yield found
        finally:
            pool.shutdown(cancel_futures=True)


class Maker:
    """Makes runs, or takes over those that were made before, as long as there is time.

    state: of everything that a run depends on. resume: which kept runs count. minutes: after these none is begun.
    """

    def __init__(self, state: str, resume: str, minutes: float) -> None:
        self._state = state
        self._resume = resume
        self._end = time.monotonic() + 60 * minutes

    def make_all(self, trials: Sequence[Trial]) -> Iterator[Run]:
        """Make them two at a time: one waits often enough to leave half of two cores idle, whatever its processes."""
        yield from as_they_come(self.make, trials)

    def make(self, trial: Trial) -> Run | None:
        """Make a run and keep it, or take the one that was made before; None when the time is over."""
        made = kept(trial, self._state, older=self._resume == "older") if self._resume else None
        if made is None and time.monotonic() < self._end:
            made = replace(run(trial), commit=commit())
            keep(made, self._state)
        return made
