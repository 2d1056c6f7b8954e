"""Make instances wrong, look at them from each standpoint, and hold the diagnosis against what is wrong with them.

`make diagnosis` does so with every misconfiguration and every two of them, and writes docs/diagnosis.md. Ends with 1 if
the diagnosis is sure of what is not there, if it does not find any more what it found before, or if looks are missing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from artifactory_conformance.command import layout
from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
from artifactory_conformance.plugin.inventory import collect
from tests.diagnosis_matrix import chosen
from tests.diagnosis_matrix.answers import again
from tests.diagnosis_matrix.page import as_markdown
from tests.diagnosis_matrix.rows import Store, load, store
from tests.diagnosis_matrix.series import Series, worsened
from tests.diagnosis_matrix.standpoints import STANDPOINTS
from tests.diagnosis_matrix.world import catalog
from tests.figures import introduce
from tests.proof.parts import judged
from tests.proof.runs import ROOT

PAGE = ROOT / "docs" / "diagnosis.md"
FILE = PAGE.with_suffix(".json")


def main() -> int:
    """Do what the command line asks for, and show each look with its answer."""
    given = _given()
    before = load(FILE)
    if given.again:
        now = again(before)
        problems = worsened(before, now, list(now.rows))
        print("\n".join([*problems, f"{len(now.rows)} answers made again"]), flush=True)
    else:
        now, problems = _looked(given, before)
        print(f"{len(problems)} problems", flush=True)
    if given.write:
        store(now, FILE)
        PAGE.write_text(as_markdown(now), encoding="utf-8")
        introduce(PAGE)
    return 1 if problems else 0


def _looked(given: argparse.Namespace, before: Store) -> tuple[Store, list[str]]:
    state, nodes = judged(), chosen.noticing(collect(layout()))
    standpoints = [STANDPOINTS[name] for name in given.standpoint]
    with tempfile.TemporaryDirectory() as scratch, catalog(Path(scratch)) as url:
        series = Series(
            before,
            url,
            state=state,
            resume=given.resume,
            minutes=given.minutes,
            at_once=given.at_once,
        )
        made_before = given.sample or given.only
        series.make(
            [chosen.nothing_wrong(s, nodes) for s in standpoints if not (made_before and s.name in before.good)]
        )
        if not set(given.standpoint) <= set(series.store.good):
            return series.store, series.problems
        names = given.only or list(MISCONFIGURATIONS)
        ones = [chosen.single(s, name, nodes) for name in names for s in standpoints]
        if given.sample:
            ones = chosen.sample(ones, given.sample, state)
        series.make(ones if given.singles else [])
        if given.pairs is not None:
            count = chosen.IN_CI if given.sample else given.pairs
            twos = [two for s in standpoints for two in chosen.pairs(s, count, given.only, nodes, series.store)]
            series.make(chosen.sample(twos, given.pairs, state) if given.sample else twos)
        return series.store, series.problems


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.diagnosis_matrix", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these misconfigurations")
    parser.add_argument(
        "--standpoint",
        nargs="+",
        default=list(STANDPOINTS),
        choices=list(STANDPOINTS),
        help="from these; else from all",
    )
    parser.add_argument(
        "--pairs",
        type=lambda text: 0 if text == "all" else int(text),
        metavar="N|all",
        help=f"two at a time as well: a set of so many in which each has its place (CI keeps {chosen.IN_CI}), or all",
    )
    parser.add_argument("--pairs-alone", dest="singles", action="store_false", help="pairs and no single one")
    parser.add_argument(
        "--sample",
        type=int,
        default=0,
        help="so many single ones, and of that set so many pairs as --pairs says, drawn by what is judged",
    )
    parser.add_argument("--resume", action="store_true", help="take over what was made of the same state of the suite")
    parser.add_argument("--minutes", type=float, default=600, help="after these no look is begun")
    parser.add_argument("--at-once", type=int, default=2, help="how many looks at a time")
    parser.add_argument("--again", action="store_true", help="no look: today's rules on the facts that are kept")
    parser.add_argument("--write", action="store_true", help=f"put the rows into docs/{PAGE.name}; others stay in it")
    given = parser.parse_args()
    for name in set(given.only) - set(MISCONFIGURATIONS):
        parser.error(f"no misconfiguration has the name {name!r}; `python -m artifactory_conformance list` gives all")
    return given


if __name__ == "__main__":
    sys.exit(main())
