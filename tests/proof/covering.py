"""A small set of answers to the model's open questions in which every pair of answers occurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from allpairspy import AllPairs

Pair = frozenset[tuple[str, str]]


def covering_set(questions: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Give assignments of a value to every question such that every pair of values of two questions is in one.

    The same questions always give the same set.
    """
    names = sorted(questions, key=lambda name: (-len(questions[name]), name))
    return [dict(zip(names, row, strict=True)) for row in AllPairs([list(questions[name]) for name in names])]


def covering_beside(few: Mapping[str, Sequence[str]], many: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Give assignments to all questions such that every pair of values with one of the few in it is in one.

    The many change in step, so that there are far fewer than would cover the pairs among them as well.
    """
    steps = [str(step) for step in range(max(map(len, many.values()), default=1))]
    rows = covering_set({**few, _STEP: steps})
    return [
        {name: value for name, value in row.items() if name != _STEP}
        | {name: values[int(row[_STEP]) % len(values)] for name, values in many.items()}
        for row in rows
    ]


_STEP = ""
"""Stands for the many while rows are made; no question is called so."""


def pairs(questions: Mapping[str, Sequence[str]]) -> set[Pair]:
    """Give every pair of values of two questions."""
    return {
        frozenset({(one, mine), (other, its)})
        for one, other in combinations(sorted(questions), 2)
        for mine in questions[one]
        for its in questions[other]
    }


def covered(rows: Sequence[Mapping[str, str]]) -> set[Pair]:
    """Give the pairs that occur in a set of assignments."""
    return {frozenset(pair) for row in rows for pair in combinations(sorted(row.items()), 2)}
