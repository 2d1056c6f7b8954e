"""Under which answers to open questions somebody reaches a line: a mutant meets the checks that reach it there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from artifactory_conformance.plugin.collection import check_id
from tests.mutants.mutant import Mutant
from tests.mutants.reach import add_noting
from tests.mutants.slot import Slot
from tests.proof.parts import NEWEST, answers, as_options

MORE = 3
"""How many sets of answers are tried for what nobody reaches under the profile's own."""


@dataclass(frozen=True)
class Setting:
    """A run without any mutant. arguments: what it was given. plain: its verdicts by check. seconds: what each check
    took. reached: node ids by line with a mutant, as `module:line`; under the empty id stands what setting up
    reaches. every: all node ids."""

    arguments: tuple[str, ...]
    plain: Mapping[str, str]
    seconds: Mapping[str, float]
    reached: Mapping[str, Sequence[str]]
    every: Sequence[str]

    @classmethod
    def of(cls, kept: Mapping[str, Any], there_are: Set[str]) -> Setting:
        """Give what was kept of a run, as far as there are such checks today."""
        known = there_are | {""}
        reached = {place: [node for node in nodes if node in known] for place, nodes in kept["reached"].items()}
        every = [node for node in kept["every"] if node in there_are]
        return cls(tuple(kept["arguments"]), kept["plain"], kept["seconds"], reached, every)

    def nodes(self, mutant: Mutant) -> list[str]:
        """Give the node ids of the check functions that reach a mutant, quick ones first; all, if setting up does."""
        found = {node for line in mutant.reached_by for node in self.reached.get(f"{mutant.module}:{line}", ())}
        if found == {""}:
            found = set(self.every)
        return sorted(found - {""}, key=lambda node: (self._costs[check_id(node)], node))

    @cached_property
    def _costs(self) -> Mapping[str, float]:
        """The seconds of each check function, with all its parameters."""
        costs: dict[str, float] = defaultdict(float)
        for name, seconds in self.seconds.items():
            costs[name.partition("[")[0]] += seconds
        return costs


def noted(mutants: Sequence[Mutant]) -> list[Setting]:
    """Run everything under the profile's own answers, then under others while a mutant is left that nobody reaches.

    Raises RuntimeError if such a run is not clean.
    """
    places = {f"{mutant.module}:{line}" for mutant in mutants for line in mutant.reached_by}
    found = [_noted((), places)]
    for row in answers()[NEWEST][1 : MORE + 1]:
        if all(any(setting.nodes(mutant) for setting in found) for mutant in mutants):
            break
        found.append(_noted(as_options(NEWEST, row), places))
    return found


def _noted(arguments: tuple[str, ...], places: Set[str]) -> Setting:
    slot = Slot("noting")
    add_noting(slot.folder)
    ended = slot.verify(["-n", "2", "-p", "tests.mutants.reach", *arguments])
    if ended.code:
        raise RuntimeError(f"without a mutant the run ended with {ended.code}: {ended.why} {' '.join(arguments)}")
    reached: dict[str, set[str]] = {}
    every: set[str] = set()
    for file in (slot.folder / "reports").glob("reached-*.json"):
        for node, lines in json.loads(file.read_text("utf-8")).items():
            every.add(node)
            for place in places & {f"{module}:{line}" for module, line in lines}:
                reached.setdefault(place, set()).add(node)
    by_place = {place: sorted(nodes) for place, nodes in reached.items()}
    return Setting(arguments, ended.verdicts, ended.seconds, by_place, sorted(every - {""}))
