"""The page of the mutants that nobody noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import yaml

from tests.mutants.fate import Fate
from tests.mutants.rows import Row
from tests.proof.runs import ROOT

PAGE = ROOT / "docs" / "survivors.md"
FILE = PAGE.with_suffix(".json")
ALIVE = (Fate.SURVIVED, Fate.UNREACHED)

REASONS = ROOT / "tests" / "mutants" / "reasons.yaml"

SAME = "same"
KINDS = {
    SAME: "Nothing changes that anybody could see",
    "words": "Words that nobody may expect: they change from release to release",
    "unknown": "What nobody knows: it is observed, not asserted",
    "unplayed": "What the suite has no check of",
}
"""Why a mutant may survive, by the name in the file of reasons."""


def as_markdown(rows: Sequence[Row]) -> str:
    """Write down how many were noticed, and every one that was not, with the reason if there is one."""
    counted = Counter(row.fate for row in rows)
    reasons: dict[str, dict[str, str]] = yaml.safe_load(REASONS.read_text("utf-8"))
    alive = [row for row in rows if row.fate in ALIVE]
    same = [row for row in alive if row.name in reasons[SAME]]
    usable = len(rows) - counted[Fate.UNUSABLE]
    noticed = counted[Fate.FAILED] + counted[Fate.NO_VERDICT]
    lines = [
        "# Mutants that nobody noticed",
        "",
        "The code that decides what a client sees, changed mechanically in drawn places, one at a time.",
        "Made by `make mutants`.",
        "",
        *[f"* {fate.value}: {counted[fate]}" for fate in Fate],
        f"* noticed, of the {usable} with which a site can be set up: {_share(noticed, usable)}",
        f"* noticed, of the {usable - len(same)} of these that change anything: {_share(noticed, usable - len(same))}",
        "",
        *[line for kind, why in KINDS.items() for line in _table(why, reasons[kind], alive)],
        *_table("Without a reason", {row.name: "**open**" for row in alive if not _known(row, reasons)}, alive),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _known(row: Row, reasons: Mapping[str, Mapping[str, str]]) -> bool:
    return any(row.name in known for known in reasons.values())


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"


def _table(title: str, reasons: Mapping[str, str], alive: Sequence[Row]) -> list[str]:
    rows = [row for row in alive if row.name in reasons]
    changes = [f"`{_cell(row.before)}` | `{_cell(row.after)}`" for row in rows]
    cells = [
        f"| {row.name} | {change} | {row.asked} | {reasons[row.name]} | {row.commit} |"
        for row, change in zip(rows, changes, strict=True)
    ]
    head = ["| mutant | before | after | checks that reach it | why | commit |", "|---|---|---|---|---|---|"]
    return [f"## {title}", "", *(head + cells if rows else ["None."]), ""]


def _cell(code: str) -> str:
    return code.replace("|", "¦").replace("`", "'")[:160]
