"""What differs between two runs, by their results.json: verdicts of checks and clauses, and observed values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from artifactory_conformance.reporting.steady import steady
from artifactory_conformance.verdicts import Verdict

_SILENT = frozenset({"", Verdict.INCONCLUSIVE.value, Verdict.BLOCKED.value, Verdict.NOT_RUN.value})
"""Nothing was shown."""


class Kind(Enum):
    """What a change of a verdict means to whoever reads of it."""

    FAILING = "newly failing"
    SILENT = "no longer shown"
    PASSING = "newly passing"
    OTHER = "otherwise changed"


@dataclass(frozen=True)
class Change:
    """Another verdict of a check or clause, or another value that a check observed.

    what: id of the check or clause. about: ids of clauses and facts. before, now: verdicts, empty for what was not
    there, or values, None for what was not observed. name: of the value; empty for a verdict.
    """

    what: str
    about: tuple[str, ...]
    before: Any
    now: Any
    name: str = ""
    message: str = ""

    @property
    def kind(self) -> Kind:
        """What a changed verdict means."""
        if self.now == Verdict.NONCONFORMANT.value:
            return Kind.FAILING
        if self.now in _SILENT:
            return Kind.SILENT if self.before not in _SILENT else Kind.OTHER
        if self.now == Verdict.CONFORMANT.value and self.before not in {"", Verdict.NOT_APPLICABLE.value}:
            return Kind.PASSING
        return Kind.OTHER


@dataclass(frozen=True)
class Changes:
    """Everything that differs."""

    checks: tuple[Change, ...]
    clauses: tuple[Change, ...]
    observed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.checks or self.clauses or self.observed)

    def of_kind(self, kind: Kind) -> list[Change]:
        """Give the changed verdicts of checks that mean one thing."""
        return [change for change in self.checks if change.kind is kind]


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> Changes:
    """Compare two runs. before, now: what their results.json hold."""
    return Changes(
        tuple(_verdicts(before["checks"], now["checks"])),
        tuple(_verdicts(before["clauses"], now["clauses"])),
        tuple(_observed(before["checks"], now["checks"])),
    )


def _verdicts(before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    for name, old, new in _pairs(before, now):
        was, is_now = old.get("verdict", ""), new.get("verdict", "")
        if was != is_now:
            yield Change(name, _about(new or old), was, is_now, message=str(new.get("message", "")))


def _observed(before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    """Compare what a check observed in both runs: what it observed in one alone, its verdict tells."""
    for check, old, new in _pairs(before, now):
        values, others = steady(old.get("observations", {})), steady(new.get("observations", {}))
        if not (values and others):
            continue
        for name in sorted({*values, *others}):
            if values.get(name) != others.get(name):
                yield Change(check, _about(new), values.get(name), others.get(name), name)


def _pairs(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    old, new = ({row["id"]: row for row in rows} for rows in (before, now))
    for name in sorted({*old, *new}):
        yield name, old.get(name, {}), new.get(name, {})


def _about(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (*row.get("clauses", ()), *row.get("facts", ()))
