"""The page that a proof leaves behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from artifactory_conformance.reference.profiles import PROFILES
from tests.proof.covering import covered, pairs
from tests.proof.parts import OLDEST, PARTS, answers
from tests.proof.runs import Run

_HEADS = {
    "orders": "Ten orders, one process and two: the same verdicts, check by check, as in the order of collection.",
    "folders": "Every folder of checks alone: the same verdicts (a part never meets the floor, so it ends with 6).",
    "instance": "The same model given as an instance, where time passes as everybody's: the same verdicts.",
    "profiles": "Every version and edition that the model plays: clean; without PyPI 6, for its edition.",
    "https": "The embedded services behind https, with an authority that exists for the run: clean.",
    "switches": "Every pair of answers to two open questions of the newest profile, and those of the oldest: clean.",
}


@dataclass(frozen=True)
class Proved:
    """One run and what was wrong with it."""

    run: Run
    problems: Sequence[str]


def as_markdown(plain: Run, parts: Mapping[str, Sequence[Proved]], *, when: str, commit: str, command: str) -> str:
    """Write down when, of which commit, what was run and what came out of it."""
    counted = Counter(plain.verdicts.values())
    numbers = ", ".join(f"{counted[verdict]} {verdict}" for verdict in sorted(counted))
    everything = [proved for found in parts.values() for proved in found]
    bad = sum(bool(proved.problems) for proved in everything)
    lines = [
        "# Any part, any order, any profile, any answer to an open question",
        "",
        f"`{command}` on {when}, commit {commit}, two cores. As collected, profile {OLDEST}: {len(plain.verdicts)} "
        f"checks ({numbers}), {plain.seconds:.0f} s with one process. Of {len(everything)} further runs "
        f"{'all are as expected' if not bad else f'{bad} ARE NOT AS EXPECTED'}.",
        *_left_out(parts),
    ]
    for part, found in parts.items():
        lines += ["", f"## {part.capitalize()}", "", _HEADS[part], *_how_many(part, len(found)), *_set_sizes(part), ""]
        lines += ["| run | processes | exit code | seconds | commit | as expected |", "|---|---|---|---|---|---|"]
        lines += [_row(proved) for proved in found]
    return "\n".join(lines) + "\n"


def _left_out(parts: Mapping[str, Sequence[Proved]]) -> list[str]:
    """Say which parts this proof does not have."""
    missing = [part for part in PARTS if part not in parts]
    return ["", f"**Not part of this proof: {', '.join(missing)}.**"] if missing else []


def _how_many(part: str, made: int) -> list[str]:
    total = len(PARTS[part]())
    return [] if made == total else ["", f"**{made} of {total} runs were made.**"]


def _set_sizes(part: str) -> list[str]:
    if part != "switches":
        return []
    lines = [""]
    everything = covered([row for rows in answers().values() for row in rows])
    for name, rows in answers().items():
        possible = pairs(PROFILES[name].open_questions())
        own, all_sets = len(covered(rows) & possible), len(everything & possible)
        lines.append(
            f"* {name}: {len(PROFILES[name].open_questions())} open questions, {len(rows)} sets of answers; of the "
            f"{len(possible)} pairs {own} occur in them, {all_sets} in all sets."
        )
    return lines


def _row(proved: Proved) -> str:
    run = proved.run
    problems = "; ".join(" ".join(problem.split()).replace("|", "/")[:300] for problem in proved.problems)
    made = f"{run.trial.processes} | {run.code} | {run.seconds:.0f} | {run.commit}"
    return f"| {run.trial.name} | {made} | {problems or 'yes'} |"
