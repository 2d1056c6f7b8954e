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

SAME, WORDS, UNKNOWN = "same", "words", "unknown"
KINDS = {
    SAME: "Nothing changes that anybody could see",
    WORDS: "Words that nobody may expect: they change from release to release",
    UNKNOWN: "What nobody knows: it is observed, not asserted",
    "unplayed": "What the suite has no check of",
}
"""Why a mutant may survive, by the name in the file of reasons."""


def as_markdown(rows: Sequence[Row]) -> str:
    """Write down how many were noticed, and every one that was not, with the reason if there is one."""
    counted = Counter(row.fate for row in rows)
    reasons = _reasons()
    alive = [row for row in rows if row.fate in ALIVE]
    usable = len(rows) - counted[Fate.UNUSABLE]
    changing = usable - len([row for row in alive if row.name in reasons[SAME]])
    noticed, relied_on = noticed_of(rows)
    reached = noticed_of([row for row in rows if row.fate is not Fate.UNREACHED])[1]
    lines = [
        "# Mutants that nobody noticed",
        "",
        "The code that decides what a client sees, changed mechanically in drawn places, one at a time.",
        "Made by `make mutants`.",
        "",
        *[f"* {fate.value}: {counted[fate]}" for fate in Fate],
        f"* noticed, of the {usable} with which a site can be set up: {_share(noticed, usable)}",
        f"* noticed, of the {changing} of these that change anything: {_share(noticed, changing)}",
        f"* noticed, of the {relied_on} of these that change more than words and what nobody knows: "
        f"{_share(noticed, relied_on)}",
        f"* noticed, of the {reached} of these that a check reaches: {_share(noticed, reached)}",
        "",
        *[line for kind, why in KINDS.items() for line in _table(why, reasons[kind], alive)],
        *_table("Without a reason", {row.name: "**open**" for row in alive if not _known(row, reasons)}, alive),
    ]
    return "\n".join(lines).rstrip() + "\n"


def noticed_of(rows: Sequence[Row]) -> tuple[int, int]:
    """Count those that were noticed, and those that could be: they change what somebody may rely on."""
    reasons = _reasons()
    excused = {name for kind in (SAME, WORDS, UNKNOWN) for name in reasons[kind]}
    noticed = sum(row.fate in (Fate.FAILED, Fate.NO_VERDICT) for row in rows)
    return noticed, noticed + sum(row.fate in ALIVE and row.name not in excused for row in rows)


def _reasons() -> dict[str, dict[str, str]]:
    reasons: dict[str, dict[str, str]] = yaml.safe_load(REASONS.read_text("utf-8"))
    return reasons


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
