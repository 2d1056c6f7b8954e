"""Which looks are made, and which checks run in each: what decides is named here, and never what a diagnosis says."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
from artifactory_conformance.verdicts import Level
from tests.diagnosis_matrix.looking import Look
from tests.diagnosis_matrix.pairs import compatible, covering
from tests.diagnosis_matrix.rows import Store
from tests.diagnosis_matrix.standpoints import STANDPOINTS, Standpoint
from tests.matrix.selection import node_of, with_bases

ONE_OF = 40
"""Of the checks that make a world of their own one of so many runs: all would take an hour at an instance, where time
passes as everybody's."""

IN_CI = 60
"""How many pairs the covering set has."""


def checks_of(standpoint: Standpoint, checks: Sequence[Check]) -> tuple[str, ...]:
    """Give the node ids of what runs with one mistake: all, or where labs are made some of them, drawn by id."""
    if standpoint.level != Level.MUTATE.value:
        return ()
    wanted = {node_of(check) for check in checks if check.info.level != Level.MUTATE or _drawn(check.function)}
    return _in_order(with_bases(wanted, checks), checks)


def _drawn(function: str) -> bool:
    return int(hashlib.sha256(function.encode()).hexdigest(), 16) % ONE_OF == 0


def checks_of_pairs(standpoint: Standpoint, checks: Sequence[Check], store: Store) -> tuple[str, ...]:
    """Give the node ids of what runs with two mistakes: the checks of which some single mistake changes something."""
    rows = store.of(standpoint.name, 1)
    changed = {name for row in rows for name in row.changed.get("checks", {})}
    wanted = {node_of(check) for check in checks if check.info.id in changed}
    return _in_order(with_bases(wanted, checks), checks) if rows else checks_of(standpoint, checks)


def _in_order(nodes: set[str], checks: Sequence[Check]) -> tuple[str, ...]:
    return tuple(node for node in dict.fromkeys(map(node_of, checks)) if node in nodes)


def singles(standpoint: Standpoint, names: Sequence[str], checks: Sequence[Check]) -> list[Look]:
    """Give the looks with one of these mistakes."""
    running = checks_of(standpoint, checks)
    return [Look(standpoint.name, (name,), running) for name in names]


def all_pairs(writes: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Give every pair of mistakes that do not overwrite each other. writes: what each of them writes."""
    return compatible({name: frozenset(writes[name]) for name in MISCONFIGURATIONS if name in writes})


def pairs(
    standpoint: Standpoint, count: int, names: Sequence[str], checks: Sequence[Check], store: Store
) -> list[Look]:
    """Give the looks with two mistakes. count: how many there are in the covering set; 0 for all pairs.

    names: of those only the pairs that have one of them; without any all.
    """
    running = checks_of_pairs(standpoint, checks, store)
    every = all_pairs(store.writes)
    chosen = covering(every, count) if count else every
    return [Look(standpoint.name, pair, running) for pair in chosen if not names or set(pair) & set(names)]


def sample(looks: Sequence[Look], count: int, state: str) -> list[Look]:
    """Draw some looks; which ones, what is judged decides alone."""
    return sorted(random.Random(state).sample(looks, min(count, len(looks))), key=looks.index)  # noqa: S311


def nothing_wrong(standpoint: str, checks: Sequence[Check]) -> Look:
    """Give the look at a good instance."""
    return Look(standpoint, (), checks_of(STANDPOINTS[standpoint], checks))
