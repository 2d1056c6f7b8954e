"""Which looks are made, and which checks run in each: what decides is named here, and never what a diagnosis says."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
from tests.diagnosis_matrix.looking import Look
from tests.diagnosis_matrix.pairs import compatible, covering
from tests.diagnosis_matrix.rows import Store
from tests.diagnosis_matrix.standpoints import Standpoint
from tests.matrix.__main__ import FILE
from tests.matrix.faults import SITE
from tests.matrix.rows import load
from tests.matrix.selection import node_of, with_bases

IN_CI = 60
"""How many pairs the covering set has."""


def noticing(checks: Sequence[Check]) -> tuple[str, ...]:
    """Give the node ids of the checks that some misconfiguration makes fail (docs/kill-matrix.json), with their bases.

    The same ones run in every look, so that what is seen can be compared: which they are is known of each mistake by
    itself, and of no diagnosis. All others say the same of an instance whatever mistake is made there.
    """
    rows = [row for row in load(FILE).rows.values() if row.kind in {SITE, "misconfiguration"}]
    functions = {name for row in rows for name in (*row.killers, *row.also)}
    wanted = with_bases({node_of(check) for check in checks if check.function in functions}, checks)
    return tuple(node for node in dict.fromkeys(map(node_of, checks)) if node in wanted)


def single(standpoint: Standpoint, name: str, nodes: tuple[str, ...]) -> Look:
    """Give the look with one mistake. nodes: of the checks that run."""
    return Look(standpoint.name, (name,), nodes)


def all_pairs(writes: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Give every pair of mistakes that do not overwrite each other. writes: what each of them writes."""
    return compatible({name: frozenset(writes[name]) for name in MISCONFIGURATIONS if name in writes})


def pairs(standpoint: Standpoint, count: int, names: Sequence[str], nodes: tuple[str, ...], store: Store) -> list[Look]:
    """Give the looks with two mistakes. count: how many there are in the covering set; 0 for all pairs.

    names: of those only the pairs that have one of them; without any all.
    """
    every = all_pairs(store.writes)
    chosen = covering(every, count) if count else every
    return [Look(standpoint.name, pair, nodes) for pair in chosen if not names or set(pair) & set(names)]


def sample(looks: Sequence[Look], count: int, state: str) -> list[Look]:
    """Draw some looks; which ones, what is judged decides alone."""
    return sorted(random.Random(state).sample(looks, min(count, len(looks))), key=looks.index)  # noqa: S311


def nothing_wrong(standpoint: Standpoint, nodes: tuple[str, ...]) -> Look:
    """Give the look at a good instance."""
    return Look(standpoint.name, (), nodes)
