"""What the diagnosis says of each row, and whether that is right.

Right is an answer whose first finding is the cause of a single mistake, or whose first two are the causes of two. Where
mistakes with different causes look exactly the same from a standpoint nobody can tell them apart: right is then what is
true of each of them. A mistake that changes neither a verdict nor a probe cannot be seen, and is right nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from artifactory_conformance.diagnosis import Seen, diagnose
from tests.diagnosis_matrix.expected import Expected, held_back
from tests.diagnosis_matrix.facts import as_results
from tests.diagnosis_matrix.rows import Row, Store

PROVED, LIKELY = "proved", "likely"


@dataclass(frozen=True)
class Judged:
    """A row beside what was expected. visible: those of its mistakes that can be seen.

    right: whether each of them is among the first findings, as many as there are mistakes to be seen. by_name: whether
    that is so by their own causes, and not by what others that look the same have in common with them. confident:
    causes that the diagnosis is sure of and that are not there: those called proved, wherever they stand, and a first
    one that is called likely.
    """

    row: Row
    visible: tuple[str, ...]
    right: bool
    by_name: bool
    confident: tuple[str, ...]

    @property
    def held_back(self) -> bool:
        """Whether one of its mistakes is one that whoever writes rules does not look at."""
        return any(held_back(name) for name in self.row.mistakes)


def again(store: Store) -> Store:
    """Give the store with all answers as today's rules make them of the facts."""
    return store.with_(replace(row, answer=answer(store, row)) for row in store.rows.values() if not row.unmade)


def answer(store: Store, row: Row) -> tuple[tuple[str, str], ...]:
    """Give what the diagnosis says of a row, cause and certainty, the first one first."""
    said = diagnose(Seen.of(as_results(store.facts(row))))
    return tuple((finding.cause.id, finding.certainty.value) for finding in said.findings)


def judge(row: Row, store: Store, wanted: Mapping[str, Expected]) -> Judged:
    """Hold a row's answer against what was expected."""
    visible = tuple(name for name in row.mistakes if _shows(name, row, store))
    first = {cause for cause, _ in row.answer[: len(visible)]}
    true = {cause for name in row.mistakes for cause in (*wanted[name].causes, *wanted[name].also)}
    sure = [cause for at, (cause, word) in enumerate(row.answer) if word == PROVED or (at == 0 and word == LIKELY)]
    return Judged(
        row,
        visible,
        bool(visible) and all(_enough(name, row.standpoint, store, wanted) & first for name in visible),
        bool(visible) and all(wanted[name].causes & first for name in visible),
        tuple(cause for cause in sure if cause not in true),
    )


def _enough(name: str, standpoint: str, store: Store, wanted: Mapping[str, Expected]) -> frozenset[str]:
    """Give the causes that are as much as can be said of a mistake from a standpoint."""
    own, row = wanted[name], store.rows.get((standpoint, (name,)))
    alike = [one.mistakes[0] for one in store.of(standpoint, 1) if row and one.sight == row.sight]
    if all(own.causes & wanted[other].causes for other in alike):
        return own.causes
    in_common = [wanted[other].causes | wanted[other].also for other in alike]
    return own.causes | frozenset.intersection(*in_common)


def _shows(name: str, row: Row, store: Store) -> bool:
    """Tell whether a mistake can be seen in a row: by itself, and beside the other one, which may hide it."""
    alone = store.rows.get((row.standpoint, (name,)))
    if len(row.mistakes) == 1 or alone is None:
        return bool(row.sight)
    (other,) = (one for one in row.mistakes if one != name)
    beside = store.rows.get((row.standpoint, (other,)))
    return bool(alone.sight) and (beside is None or row.sight != beside.sight)
