"""What is kept of each run: the facts that the diagnosis is made of, so that it can be made again without the run."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
from tests.diagnosis_matrix.facts import Facts, difference, restored
from tests.diagnosis_matrix.standpoints import STANDPOINTS

Key = tuple[str, tuple[str, ...]]
"""Standpoint and mistakes of a row."""


@dataclass(frozen=True)
class Row:
    """One run. changed: how its facts differ from those of a good instance, seen from the same standpoint.

    of: what its mistakes were when it was made. answer: what the diagnosis said last, a cause and its certainty each.
    unmade: why the mistakes could not be made together; then there is nothing else.
    """

    standpoint: str
    mistakes: tuple[str, ...]
    of: str
    commit: str
    seconds: int = 0
    changed: Mapping[str, Any] = field(default_factory=dict)
    answer: tuple[tuple[str, str], ...] = ()
    unmade: str = ""

    @property
    def key(self) -> Key:
        """What it is a row of."""
        return self.standpoint, self.mistakes

    @property
    def sight(self) -> str:
        """What is seen otherwise than at a good instance, verdicts and probes; empty if nothing is."""
        checks = self.changed.get("checks", {})
        verdicts = {name: check["verdict"] for name, check in checks.items() if "verdict" in check}
        probes = self.changed.get("probes")
        return json.dumps([verdicts, probes], sort_keys=True) if verdicts or probes else ""

    @property
    def fresh(self) -> bool:
        """Whether its mistakes are still what they were."""
        return all(name in MISCONFIGURATIONS for name in self.mistakes) and self.of == fingerprint(self.mistakes)


def fingerprint(mistakes: Sequence[str]) -> str:
    """Name what mistakes are: what they stand for and do."""
    told = [_told(name) for name in mistakes]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]


@cache
def _told(name: str) -> str:
    one = MISCONFIGURATIONS[name]
    return f"{name} {one.stands_for} {inspect.getsource(one.make)}"


@dataclass(frozen=True)
class Store:
    """Rows by key; facts of a good instance by standpoint; and what each mistake writes, by its name."""

    rows: Mapping[Key, Row] = field(default_factory=dict)
    good: Mapping[str, Facts] = field(default_factory=dict)
    writes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_(self, rows: Iterable[Row]) -> Store:
        """Give the same with these rows in the place of older ones."""
        return replace(self, rows={**self.rows, **{row.key: row for row in rows}})

    def with_good(self, standpoint: str, facts: Facts) -> Store:
        """Give the same with other facts of a good instance; the rows keep what they saw."""
        if standpoint not in self.good:
            return replace(self, good={**self.good, standpoint: facts})
        seen = [row for row in self.rows.values() if row.standpoint == standpoint and not row.unmade]
        moved = [replace(row, changed=difference(self.facts(row), facts)) for row in seen]
        return replace(self.with_(moved), good={**self.good, standpoint: facts})

    def facts(self, row: Row) -> Facts:
        """Give the facts of a row."""
        return restored(row.changed, self.good[row.standpoint])

    def of(self, standpoint: str, size: int) -> list[Row]:
        """Give the rows of a standpoint with so many mistakes, in the order of the misconfigurations."""
        order = list(MISCONFIGURATIONS)
        found = [row for row in self.rows.values() if row.standpoint == standpoint and len(row.mistakes) == size]
        return sorted(
            (row for row in found if set(row.mistakes) <= set(order)), key=lambda row: [*map(order.index, row.mistakes)]
        )


def load(file: Path) -> Store:
    """Read what was kept; an empty store if there is no such file."""
    if not file.is_file():
        return Store()
    kept = json.loads(file.read_text("utf-8"))
    rows = [
        Row(**{**row, "mistakes": tuple(row["mistakes"]), "answer": tuple(map(tuple, row["answer"]))})
        for row in kept["rows"]
    ]
    writes = {name: tuple(places) for name, places in kept["writes"].items()}
    return Store({row.key: row for row in rows}, kept["good"], writes)


def store(what: Store, file: Path) -> None:
    """Write it down, a row a line, so that a change shows which mistakes it is about."""
    rows = [row for size in (0, 1, 2) for standpoint in STANDPOINTS for row in what.of(standpoint, size)]
    lines = ",\n".join(json.dumps(asdict(row), sort_keys=True) for row in rows)
    good = ",\n".join(f"{json.dumps(name)}: {json.dumps(facts, sort_keys=True)}" for name, facts in what.good.items())
    writes = json.dumps({name: sorted(what.writes[name]) for name in sorted(what.writes)})
    file.write_text(f'{{"writes": {writes},\n"good": {{\n{good}\n}},\n"rows": [\n{lines}\n]}}\n', encoding="utf-8")
