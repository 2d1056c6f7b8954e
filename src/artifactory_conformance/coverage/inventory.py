"""All checks of the suite as data, and as a table for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from artifactory_conformance.verdicts import CheckInfo, Reason


@dataclass(frozen=True)
class Check:
    """A check where it stands.

    file: relative to the suite's folder. needs: why a run that cannot give something does not run it, first what counts
    first. any_index: whether it asks for no more than any simple index has.
    """

    info: CheckInfo
    file: str
    needs: tuple[Reason, ...] = ()
    any_index: bool = False

    @property
    def function(self) -> str:
        """The id without parameters: checks are counted by function."""
        return self.info.id.partition("[")[0]

    @property
    def about(self) -> tuple[str, ...]:
        """The clauses and facts that it stands for."""
        return self.info.clauses + self.info.facts

    @property
    def versions(self) -> str:
        """The versions that it is about; empty for all."""
        bounds = (
            f"since {self.info.since}" * bool(self.info.since),
            f"before {self.info.before}" * bool(self.info.before),
        )
        return ", ".join(filter(None, bounds))


def count(checks: Iterable[Check], *, observing: bool) -> int:
    """Count the functions that merely observe, or the others."""
    return len({check.function for check in checks if check.info.observes is observing})


def as_json(checks: Iterable[Check]) -> str:
    """Give all checks as a JSON list of flat objects."""
    return json.dumps([_flat(check) for check in checks], indent=2, ensure_ascii=False) + "\n"


def _flat(check: Check) -> dict[str, Any]:
    return {
        **asdict(check.info),
        "needs": [need.value for need in check.needs],
        "file": check.file,
        "any_index": check.any_index,
    }


def read_json(text: str) -> tuple[Check, ...]:
    """Read what `as_json` gives."""
    found = []
    for flat in json.loads(text):
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in flat.items()
        }
        file, needs = given.pop("file"), tuple(Reason(need) for need in given.pop("needs"))
        any_index = given.pop("any_index")
        found.append(Check(CheckInfo(**given), file, needs, any_index))
    return tuple(found)


def as_table(checks: Sequence[Check]) -> str:
    """Give all checks as a table that fits a wide terminal, with the counts below it."""
    rows = [("check", "", "level", "vantage", "about"), *(_row(check) for check in checks)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]) for row in rows
    ]
    asserting, observing = count(checks, observing=False), count(checks, observing=True)
    return "\n".join(line.rstrip() for line in lines) + f"\n{asserting} checks assert, {observing} observe\n"


def _row(check: Check) -> tuple[str, str, str, str, str]:
    about = ", ".join(check.about) + (f" ({check.versions})" if check.versions else "")
    kind = "observes" if check.info.observes else "asserts"
    return check.info.id, kind, check.info.level, check.info.vantage, about
