"""What is known of each fault, row by row: kept beside the page, so that a part of the matrix can be made anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from artifactory_conformance.coverage.inventory import Check
from tests.matrix.faults import Given
from tests.matrix.outcome import Outcome
from tests.proof.runs import ROOT

ROWS = "rows"
CONTRADICTED = "contradicted"
TOGETHER = "together"


@dataclass(frozen=True)
class Row:
    """What a run with a fault showed.

    killers: check functions that fail and cite what it stands for. also: those that cite what it breaks besides. asked:
    how many check functions met it. commit: of the suite that ran.
    """

    name: str
    kind: str
    stands_for: tuple[str, ...]
    killers: tuple[str, ...]
    also: tuple[str, ...]
    blocked: int
    asked: int
    problems: tuple[str, ...]
    commit: str

    @classmethod
    def of(cls, one: Outcome) -> Row:
        """Give the row of an outcome."""
        fault, killers = one.fault, functions(one.killers)
        return cls(
            fault.name,
            fault.kind,
            fault.stands_for,
            killers,
            tuple(name for name in functions(one.also) if name not in killers),
            len(one.blocked),
            len(functions(list(one.run.verdicts))),
            tuple(problem.replace(f"{ROOT}/", "") for problem in one.problems),
            one.run.commit,
        )


@dataclass(frozen=True)
class Together:
    """What came of faults in force together while all checks of other subjects ran.

    pairs: of a fault and a check function that builds on nothing which cites what the fault stands for. blocked: those
    of which nothing is known, since the check pointed to one that it builds on. findings: verdicts that changed all the
    same.
    """

    faults: int
    pairs: int
    blocked: int
    runs: int
    findings: tuple[str, ...]
    commit: str


@dataclass(frozen=True)
class Matrix:
    """Rows by name of the fault, the check functions that fail without any fault, and what faults did not touch."""

    rows: Mapping[str, Row]
    contradicted: frozenset[str] = frozenset()
    together: Together | None = None

    def with_(self, outcomes: Iterable[Outcome]) -> Matrix:
        """Give the same with rows made anew."""
        made = list(outcomes)
        failing = {name for one in made for name in functions(one.contradicted)}
        rows = {**self.rows, **{one.fault.name: Row.of(one) for one in made}}
        return replace(self, rows=rows, contradicted=self.contradicted | failing)

    def of(self, faults: Sequence[Given], checks: Iterable[Check]) -> Matrix:
        """Give what of it is still about something: a fault that stands for the same, checks that there are.

        A row of a fault that nobody notices any more is none.
        """
        known = {check.function for check in checks}
        found = {}
        for fault in faults:
            row = self.rows.get(fault.name)
            if row and (row.kind, row.stands_for) == (fault.kind, fault.stands_for):
                still = (tuple(name for name in names if name in known) for names in (row.killers, row.also))
                kept = replace(row, **dict(zip(("killers", "also"), still, strict=True)))
                if kept.killers or kept.problems or fault.kind == "variation":
                    found[fault.name] = kept
        return replace(self, rows=found, contradicted=self.contradicted & known)

    @property
    def killed(self) -> set[str]:
        """Name the check functions that some fault makes fail."""
        return {name for row in self.rows.values() if row.kind != "variation" for name in (*row.killers, *row.also)}


def functions(names: Sequence[str]) -> tuple[str, ...]:
    """Give the check functions of ids with parameters, each once."""
    return tuple(dict.fromkeys(name.partition("[")[0] for name in names))


def load(file: Path) -> Matrix:
    """Read what was kept; an empty matrix if there is no such file."""
    if not file.is_file():
        return Matrix({})
    kept = json.loads(file.read_text("utf-8"))
    rows = (
        Row(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
        for row in kept[ROWS]
    )
    beside = kept.get(TOGETHER)
    together = Together(**{**beside, "findings": tuple(beside["findings"])}) if beside else None
    return Matrix({row.name: row for row in rows}, frozenset(kept[CONTRADICTED]), together)


def store(matrix: Matrix, file: Path) -> None:
    """Write it down, a row a line, so that a change shows which faults it is about."""
    rows = ",\n".join(json.dumps(asdict(row)) for _, row in sorted(matrix.rows.items()))
    failing = json.dumps(sorted(matrix.contradicted))
    beside = json.dumps(asdict(matrix.together) if matrix.together else None)
    head = f'"{CONTRADICTED}": {failing},\n"{TOGETHER}": {beside}'
    file.write_text(f'{{{head},\n"{ROWS}": [\n{rows}\n]}}\n', encoding="utf-8")
