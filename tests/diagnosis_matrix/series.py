"""Many looks one after the other: what comes of each goes into the store, and what got worse is told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from tests.diagnosis_matrix.answers import answer, judge
from tests.diagnosis_matrix.expected import expected, too_sure
from tests.diagnosis_matrix.looking import Look, Looked, NoResults, keep, kept, look
from tests.diagnosis_matrix.rows import Key, Store
from tests.proof.maker import as_they_come


class Series:
    """Makes looks, or takes over those that were made before, as long as there is time.

    state: of all that their outcome depends on. resume: take over what was made in the same one. minutes: after these
    none is begun. at_once: how many are made at a time.
    """

    def __init__(self, before: Store, catalog: str, *, state: str, resume: bool, minutes: float, at_once: int) -> None:
        self.store = before
        self.problems: list[str] = []
        self._before = before
        self._catalog = catalog
        self._state = state
        self._resume = resume
        self._end = time.monotonic() + 60 * minutes
        self._at_once = at_once

    def make(self, looks: Sequence[Look]) -> None:
        """Make them and show each with its answer; what is missing in the end is a problem."""
        started, done = time.monotonic(), 0
        for made in as_they_come(self._make, looks, self._at_once):
            done += 1
            left = (time.monotonic() - started) / done * (len(looks) - done) / 60
            word = self._take(made)
            print(
                f"[{done}/{len(looks)}] {made.look.name}: {word}, {made.seconds:.0f} s, {left:.0f} min left", flush=True
            )
        if done < len(looks):
            self.problems.append(f"{len(looks) - done} of {len(looks)} looks were not made, or left no results")

    def _make(self, one: Look) -> Looked | None:
        found = kept(one, self._state) if self._resume else None
        if found is None and time.monotonic() < self._end:
            try:
                found = look(one, self._catalog)
            except NoResults as error:
                print(f"    {error}", flush=True)
                return None
            keep(found, self._state)
        return found

    def _take(self, made: Looked) -> str:
        """Take what was seen into the store; give what is to be said of it in a word or two."""
        standpoint = made.look.standpoint
        if not made.look.mistakes:
            self.store = self.store.with_good(standpoint, made.facts)
        writes = {name: tuple(sorted(done)) for name, done in made.writes.items()}
        row = made.row(self.store.good[standpoint])
        self.store = replace(self.store.with_([row]), writes={**self.store.writes, **writes})
        if row.unmade:
            return "cannot be made together"
        row = replace(row, answer=answer(self.store, row))
        self.store = self.store.with_([row])
        worse = worsened(self._before, self.store, [row.key])
        self.problems += worse
        for problem in worse:
            print(f"    {problem}", flush=True)
        one = judge(row, self.store, expected())
        return "right" if one.right else "NOT RIGHT" if one.visible else "nothing to be seen"


def worsened(before: Store, now: Store, keys: Sequence[Key]) -> list[str]:
    """Say of which of these rows the diagnosis is sure of what is not there, or finds no more what it found before.

    What is known to be too sure, and not mended yet, is none of these problems.
    """
    wanted, known, found = expected(), dict(too_sure()), []
    for key in keys:
        one = judge(now.rows[key], now, wanted)
        name = ", ".join([key[0], *key[1]])
        new = [cause for cause in one.confident if cause not in known.get(key, ())]
        found += [f"{name}: sure of {cause}, which is not there" for cause in new]
        if key in before.rows and judge(before.rows[key], before, wanted).right and not one.right:
            found.append(f"{name}: was right, and now it says {', '.join(cause for cause, _ in one.row.answer[:3])}")
    return found
