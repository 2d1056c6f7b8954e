"""The figures in docs/cleanup.md."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from tests.kills.killing import Killed
from tests.proof.runs import ROOT

PAGE = ROOT / "docs" / "cleanup.md"
BEGIN = "\n## Figures\n"


def write_figures(results: Sequence[Killed], writes: int, wanted: int, *, when: str, commit: str) -> None:
    """Put the figures of kills in the place of those that the page has."""
    text = PAGE.read_text("utf-8").partition(BEGIN)[0]
    PAGE.write_text(f"{text}{BEGIN}\n{figures(results, writes, wanted, when=when, commit=commit)}", encoding="utf-8")


def figures(results: Sequence[Killed], writes: int, wanted: int, *, when: str, commit: str) -> str:
    """Give them as Markdown. writes: lines that a whole run writes to its ledger. wanted: how many kills were meant."""
    around = [killed for killed in results if not killed.moment.startswith("random")]
    drawn = [killed for killed in results if killed.moment.startswith("random")]
    at_work = [killed for killed in drawn if killed.was_at_work]
    with_workers = sum(killed.moment.endswith("-n 2") for killed in at_work)
    left = [killed.left for killed in results]
    bad = [killed for killed in results if killed.problems]
    lines = [
        f"`make kills ARGS=--write`, {when}, commit {commit}. {len(results)} of {wanted} kills were made.",
        "",
        f"* A whole run writes {writes} lines to its ledger; {len(around)} runs were killed before or after one.",
        f"* {len(at_work)} runs were killed at random moments, {with_workers} of them with two workers; "
        f"{len(drawn) - len(at_work)} more had ended before their moment came.",
        f"* {sum(map(bool, left))} of all these left something on the instance: {sum(left)} differences in its state, "
        f"{max(left, default=0)} at most.",
        f"* After `cleanup` the state was otherwise than before the run in {len(bad)} cases.",
        f"* A kill with its cleanup and comparison took {median(killed.seconds for killed in results):.0f} s "
        "in the middle, on a machine that others used as well.",
    ]
    for killed in bad:
        lines += [f"  * {killed.moment}: {'; '.join(killed.problems)}"]
    return "\n".join(lines) + "\n"
