"""Run the suite with each fault in turn; 0 if every fault is noticed by the right checks and by no other.

`make kill-matrix` runs defects and misconfigurations and writes docs/kill-matrix.md, `make variations` harmless ones.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from artifactory_conformance.command import layout
from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.plugin.inventory import collect
from artifactory_conformance.verdicts import Verdict
from tests.figures import introduce
from tests.matrix.faults import CLIENT, SITE, Given, all_faults, named
from tests.matrix.outcome import Outcome, outcome
from tests.matrix.page import as_markdown, never_killed
from tests.matrix.rows import Matrix, functions, load, store
from tests.matrix.selection import of_row, tried
from tests.matrix.together import Part, met
from tests.proof.maker import Maker
from tests.proof.parts import judged
from tests.proof.runs import ROOT, Run, Trial, made_before

KINDS = ("defect", "misconfiguration", CLIENT, SITE, "variation")
PAGE = ROOT / "docs" / "kill-matrix.md"
FILE = PAGE.with_suffix(".json")


def main() -> int:
    """Make the runs that the command line asks for, two at a time, and show what became of each fault."""
    given = _given()
    checks = {check.info.id: check for check in collect(layout())}
    state = judged()
    every = [fault for kind in KINDS for fault in all_faults()[kind]]
    matrix = load(FILE).of(every, checks.values())
    faults = _chosen(given, state, matrix)
    maker = Maker(state, given.resume, given.minutes)
    if given.together:
        part = Part(frozenset(given.only), frozenset(given.functions)) if given.only or given.functions else None
        met_so = met([fault for kind in given.kinds for fault in all_faults()[kind]], checks, maker, part)
        if part and met_so and matrix.together:
            met_so = part.into(matrix.together, met_so)
        matrix = replace(matrix, together=met_so)
        if given.write:
            _write(matrix, every, checks)
        return 0 if matrix.together and not matrix.together.findings else 1
    plain: dict[tuple[str, ...], Run] = {}
    places: dict[str, Sequence[str]] = {}
    for target in dict.fromkeys(fault.target for fault in faults):
        seen_there = [fault for fault in faults if fault.target == target]
        if given.plain:
            without: Run | None = made_before(given.plain)
            places |= {
                f.name: given.places or of_row(matrix.rows[f.name], given.others, checks, state) for f in seen_there
            }
        elif given.places or given.full:
            without = maker.make(Trial(" ".join(("plain", *target)), (*target, *given.places)))
            places |= {fault.name: given.places for fault in seen_there}
        else:
            touching, without = tried(state, target)
            places |= {fault.name: touching.of(fault, given.others) for fault in seen_there}
        if without is None or not without.is_clean:
            print("without any fault the run is not clean:", without.why if without else "no time", flush=True)
            return 1
        plain[target] = without
    outcomes = list(_shown(faults, places, maker, plain, checks))
    matrix = matrix.with_(outcomes)
    for name in never_killed(matrix, checks) if given.unkilled else ():
        print(f"no fault makes it fail: {name}")
    if given.write:
        _write(matrix, every, checks)
    return 1 if len(outcomes) < len(faults) or any(one.problems for one in outcomes) else 0


def _write(matrix: Matrix, every: Sequence[Given], checks: Mapping[str, Check]) -> None:
    store(matrix, FILE)
    kept = load(FILE).of(every, checks.values())  # in the order of the file, whatever was made anew
    PAGE.write_text(as_markdown(kept, every, checks), encoding="utf-8")
    introduce(PAGE)


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


def _chosen(given: argparse.Namespace, state: str, matrix: Matrix) -> list[Given]:
    if given.only:
        return named(given.only)
    faults = [fault for kind in given.kinds for fault in all_faults()[kind]]
    if given.missing or given.again:
        clean = {name for name, row in matrix.rows.items() if not row.problems}
        faults = [fault for fault in faults if (fault.name in clean) == given.again]
    if given.plain:
        ran = functions([name for name, v in made_before(given.plain).verdicts.items() if v != Verdict.NOT_RUN.value])
        known = {name for name, row in matrix.rows.items() if set(row.killers) & set(ran)}
        faults = [fault for fault in faults if fault.name in known and not fault.target]
    return sorted(_drawn(faults, given.sample, state), key=faults.index) if given.sample else faults


def _drawn(faults: Sequence[Given], count: int, state: str) -> list[Given]:
    return random.Random(state).sample(faults, min(count, len(faults)))  # noqa: S311


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__)
    parser.add_argument(
        "kinds", nargs="*", choices=[*KINDS, []], help="which faults; all but variations and those at a site"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these faults")
    parser.add_argument("--places", nargs="+", default=[], help="the checks in these files, whatever a fault touches")
    parser.add_argument("--full", action="store_true", help="all checks, whatever a fault touches")
    parser.add_argument("--together", action="store_true", help="many at a time, on all checks of other subjects")
    parser.add_argument(
        "--functions",
        nargs="+",
        default=[],
        metavar="ID",
        help="together with what was mended alone: pairs with these check functions, or with the faults of --only",
    )
    parser.add_argument("--others", type=int, help="of the checks that cite nothing of it, so many alone")
    parser.add_argument("--sample", type=int, default=0, help="so many of them, drawn by what is judged")
    parser.add_argument("--missing", action="store_true", help="those without a row, or with problems")
    parser.add_argument("--again", action="store_true", help="those with a row without problems: is it so still?")
    parser.add_argument(
        "--plain",
        type=Path,
        metavar="FOLDER",
        help="the report of a run without faults: with it, each fault meets those that noticed it before, and others "
        "drawn of all",
    )
    parser.add_argument("--unkilled", action="store_true", help="name the checks that no fault makes fail")
    parser.add_argument("--resume", nargs="?", const="same", default="", choices=["same", "older"])
    parser.add_argument("--minutes", type=float, default=600, help="after these no run is begun")
    parser.add_argument("--write", action="store_true", help=f"put the rows into docs/{PAGE.name}; others stay in it")
    given = parser.parse_args()
    given.kinds = given.kinds or list(KINDS[:3])
    for name in {*given.only} - {fault.name for faults in all_faults().values() for fault in faults}:
        parser.error(f"no fault has the name {name!r}; `python -m artifactory_conformance list` gives all")
    return given


if __name__ == "__main__":
    sys.exit(main())
