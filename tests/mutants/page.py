"""What became of each mutant, and the page of those that nobody noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import yaml

from artifactory_conformance.verdicts import Verdict
from tests.mutants.mutant import Mutant
from tests.mutants.slot import Ended
from tests.proof.runs import ROOT

REASONS = ROOT / "tests" / "mutants" / "reasons.yaml"


class Fate(str, Enum):
    """What became of a mutant."""

    FAILED = "a check failed"
    NO_VERDICT = "a check came to no verdict"
    UNUSABLE = "no site can be set up with it"
    SURVIVED = "nobody noticed"
    UNREACHED = "no check reaches it"


@dataclass(frozen=True)
class Judged:
    """A mutant, what became of it, and the check that noticed first. asked: how many checks reach it."""

    mutant: Mutant
    fate: Fate
    by: str = ""
    asked: int = 0


def judge(mutant: Mutant, nodes: Sequence[str], ended: Ended, plain: Mapping[str, str]) -> Judged:
    """Say what became of a mutant. plain: the verdicts without it."""
    if not nodes:
        return Judged(mutant, Fate.UNREACHED)
    bad = {Verdict.NONCONFORMANT.value, Verdict.WARNING.value}
    failed = [name for name, verdict in ended.verdicts.items() if verdict in bad and plain.get(name) != verdict]
    lost = [name for name, v in ended.verdicts.items() if v == Verdict.INCONCLUSIVE.value and plain.get(name) != v]
    started = any(verdict != Verdict.INCONCLUSIVE.value for verdict in ended.verdicts.values())
    if failed:
        return Judged(mutant, Fate.FAILED, failed[0], len(nodes))
    if lost or ended.code not in (0, 1, 6):
        return Judged(mutant, Fate.NO_VERDICT if started else Fate.UNUSABLE, (lost or [ended.why])[0], len(nodes))
    return Judged(mutant, Fate.SURVIVED, "", len(nodes))


def as_markdown(found: Sequence[Judged], about: str) -> str:
    """Write down how many were noticed, and every one that was not, with the reason if there is one."""
    counted = Counter(one.fate for one in found)
    reasons = yaml.safe_load(REASONS.read_text("utf-8")) or {} if REASONS.is_file() else {}
    usable = len(found) - counted[Fate.UNUSABLE]
    noticed = counted[Fate.FAILED] + counted[Fate.NO_VERDICT]
    alive = [one for one in found if one.fate in (Fate.SURVIVED, Fate.UNREACHED)]
    share = f"{100 * noticed / usable:.0f} %" if usable else "none"
    lines = [
        "# Mutants that nobody noticed",
        "",
        f"{about} {len(found)} were run.",
        "",
        *[f"* {fate.value}: {counted[fate]}" for fate in Fate],
        f"* noticed, of those with which a site can be set up: {share}",
        "",
        "| mutant | before | after | checks that reach it | why |",
        "|---|---|---|---|---|",
        *[
            f"| {one.mutant.name} | `{_cell(one.mutant.before)}` | `{_cell(one.mutant.after)}` | {one.asked} | "
            f"{reasons.get(one.mutant.name, '**open**')} |"
            for one in alive
        ],
    ]
    return "\n".join(lines) + "\n"


def _cell(code: str) -> str:
    return code.replace("|", "¦").replace("`", "'")[:160]
