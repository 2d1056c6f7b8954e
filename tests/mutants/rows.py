"""What is known of each mutant, row by row: kept beside the page, so that hundreds can be run in several sittings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.mutants.fate import Fate, Judged
from tests.mutants.mutant import PACKAGE, in_one


@dataclass(frozen=True)
class Row:
    """A mutant and what became of it. by: the check that noticed first. asked: how many checks reach it."""

    name: str
    before: str
    after: str
    fate: Fate
    by: str
    asked: int
    commit: str

    @classmethod
    def of(cls, one: Judged, commit: str) -> Row:
        """Give the row of what became of a mutant. commit: of the suite that ran."""
        return cls(one.mutant.name, one.mutant.before, one.mutant.after, one.fate, one.by, one.asked, commit)

    @property
    def stands(self) -> bool:
        """Tell whether the line that was changed is still where it was."""
        module, line, _ = self.name.split(":")
        lines = (PACKAGE / module).read_text("utf-8").splitlines()
        return in_one(lines[int(line) - 1 :]).startswith(self.before)


def load(file: Path) -> dict[str, Row]:
    """Read what was kept and still stands, by name; nothing if there is no such file."""
    if not file.is_file():
        return {}
    kept = (Row(**{**one, "fate": Fate(one["fate"])}) for one in json.loads(file.read_text("utf-8")))
    return {row.name: row for row in kept if row.stands}


def store(rows: Iterable[Row], file: Path) -> None:
    """Write them down, a row a line, so that a change shows which mutants it is about."""
    written: Iterable[Mapping[str, object]] = ({**asdict(row), "fate": row.fate.value} for row in rows)
    file.write_text("[\n" + ",\n".join(map(json.dumps, written)) + "\n]\n", encoding="utf-8")
