"""Run the suite with each fault in turn; 0 if every fault is noticed by the right checks and by no other.

`make kill-matrix` runs defects and misconfigurations and writes docs/kill-matrix.md, `make variations` harmless ones.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path

from artifactory_conformance.command import layout
from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.plugin.inventory import collect
from tests.matrix.faults import Given, all_faults, named
from tests.matrix.outcome import Outcome, outcome
from tests.matrix.page import as_markdown, never_killed
from tests.matrix.selection import selection
from tests.proof.maker import Maker
from tests.proof.parts import commit, judged
from tests.proof.runs import Run, Trial

KINDS = ("defect", "misconfiguration", "variation")


def main() -> int:
    """Make the runs that the command line asks for, two at a time, and show what became of each fault."""
    given = _given()
    checks = {check.info.id: check for check in collect(layout())}
    state = judged()
    faults = _chosen(given, state)
    maker = Maker(state, given.resume, given.minutes)
    places = _places(given, faults, state)
    plain: dict[tuple[str, ...], Run] = {}
    for target in dict.fromkeys(fault.target for fault in faults):
        made = maker.make(Trial(" ".join(("plain", *target)), (*target, *given.places)))
        if made is None or any(word in {"nonconformant", "inconclusive"} for word in made.verdicts.values()):
            print("without any fault the run is not clean:", made.why if made else "no time", flush=True)
            return 1
        plain[target] = made
    outcomes = list(_shown(faults, places, maker, plain, checks))
    for name in never_killed(outcomes, _within(checks, given.places)) if given.unkilled else ():
        print(f"no fault makes it fail: {name}")
    if given.write:
        when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        about = f"`make kill-matrix` on {when}, commit {commit()}."
        order = {fault.name: number for number, fault in enumerate(faults)}
        outcomes.sort(key=lambda one: order[one.fault.name])
        given.write.write_text(as_markdown(outcomes, checks, total=len(faults), about=about), encoding="utf-8")
    return 1 if len(outcomes) < len(faults) or any(one.problems for one in outcomes) else 0


def _shown(
    faults: Sequence[Given],
    places: Mapping[str, Sequence[str]],
    maker: Maker,
    plain: Mapping[tuple[str, ...], Run],
    checks: Mapping[str, Check],
) -> Iterator[Outcome]:
    started = time.monotonic()
    by_trial = {fault.trial(places[fault.name]): fault for fault in faults}
    for done, made in enumerate(maker.make_all(list(by_trial)), 1):
        fault = by_trial[made.trial]
        one = outcome(fault, made, plain[fault.target], checks)
        left = (time.monotonic() - started) / done * (len(faults) - done) / 60
        word = "NOT AS IT SHOULD BE" if one.problems else f"noticed by {len(one.killers) + len(one.also)}"
        print(
            f"[{done}/{len(faults)}] {fault.name}: {word}, {made.seconds:.0f} s, about {left:.0f} min left",
            flush=True,
        )
        for problem in one.problems:
            print(f"    {problem}", flush=True)
        yield one


def _chosen(given: argparse.Namespace, state: str) -> list[Given]:
    if given.only:
        return named(given.only)
    faults = [fault for kind in given.kinds for fault in all_faults()[kind]]
    return sorted(random.Random(state).sample(faults, given.sample), key=faults.index) if given.sample else faults  # noqa: S311


def _places(given: argparse.Namespace, faults: Sequence[Given], state: str) -> Mapping[str, Sequence[str]]:
    if given.places or given.full:
        return {fault.name: given.places for fault in faults}
    touching = {target: selection(state, target) for target in dict.fromkeys(fault.target for fault in faults)}
    return {fault.name: touching[fault.target].of(fault) for fault in faults}


def _within(checks: Mapping[str, Check], places: Sequence[str]) -> dict[str, Check]:
    return {
        name: check
        for name, check in checks.items()
        if not places or any(check.file.startswith(place.partition("::")[0]) for place in places)
    }


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], help="which faults; defects and misconfigurations")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these faults")
    parser.add_argument("--places", nargs="+", default=[], help="the checks in these files, whatever a fault touches")
    parser.add_argument("--full", action="store_true", help="all checks, whatever a fault touches")
    parser.add_argument("--sample", type=int, default=0, help="so many of them, drawn by what is judged")
    parser.add_argument("--unkilled", action="store_true", help="name the checks that no fault makes fail")
    parser.add_argument("--resume", nargs="?", const="same", default="", choices=["same", "older"])
    parser.add_argument("--minutes", type=float, default=600, help="after these no run is begun")
    parser.add_argument("--write", type=Path, help="page that the result goes to")
    given = parser.parse_args()
    given.kinds = given.kinds or list(KINDS[:2])
    return given


if __name__ == "__main__":
    sys.exit(main())
