"""Run the suite against mechanical mutants of the model and the catalog, drawn by a seed; `make mutants` writes a page.

Every mutant meets the checks that reach it, the quick ones first and the next if none of those has noticed. 0 if of
those that change what somebody may rely on at least the wanted share is noticed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from queue import Queue
from typing import Any

from artifactory_conformance.command import layout
from artifactory_conformance.plugin.inventory import collect
from tests.figures import introduce
from tests.matrix.selection import node_of
from tests.mutants.fate import Fate, Judged, judge
from tests.mutants.made import DECIDING, sample
from tests.mutants.mutant import Mutant
from tests.mutants.page import FILE, PAGE, as_markdown, noticed_of
from tests.mutants.rows import Row, load, store
from tests.mutants.settings import Setting, noted
from tests.mutants.slot import Slot
from tests.proof.maker import AT_ONCE, as_they_come
from tests.proof.parts import commit, judged
from tests.proof.runs import REPORTS

KEPT = REPORTS / "mutants-reached.json"
QUICK = 60
"""How many checks a mutant meets at a time."""

WANTED = 0.9


def main() -> int:
    """Draw the mutants, find who reaches those that nothing is known of, run them, and write down their fates."""
    given = _given()
    rows = {} if given.again else load(FILE)
    wanted, total = sample(max(0, given.count - len(rows)), given.seed, rows)
    print(f"{len(rows)} of {total} places are known of, {len(wanted)} more are drawn", flush=True)
    end = time.monotonic() + 60 * given.minutes
    fates = _run(wanted, _settings(given.resume, wanted), end) if wanted else ()
    for number, one in enumerate(fates, 1):
        rows[one.mutant.name] = Row.of(one, commit())
        by = f": {one.by}" if one.by else ""
        print(f"[{number}/{len(wanted)}] {one.mutant.name}: {one.fate.value}{by}", flush=True)
        if given.write:
            _write(_in_order(rows))
    every = _in_order(rows)
    if given.write:  # also where nothing was run: a reason may be new
        _write(every)
    noticed, relied_on = noticed_of(every)
    return 0 if len(every) >= given.count and noticed >= WANTED * relied_on else 1


def _in_order(rows: Mapping[str, Row]) -> list[Row]:
    """Give rows in the order of the modules and their lines."""
    placed = [(*name.split(":"), row) for name, row in rows.items()]
    return [row for *_, row in sorted(placed, key=lambda one: (DECIDING.index(one[0]), int(one[1]), one[2]))]


def _write(rows: Sequence[Row]) -> None:
    """Write after each mutant, so that an interrupted sitting is gone on with where it was."""
    store(rows, FILE)
    PAGE.write_text(as_markdown(rows), encoding="utf-8")
    introduce(PAGE)


def _settings(resume: str, mutants: Sequence[Mutant]) -> list[Setting]:
    """Give the runs without any mutant that tell who reaches these, kept ones or made now."""
    state, names = judged(), {mutant.name for mutant in mutants}
    kept: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if resume and KEPT.is_file() else {}
    if kept and (resume == "older" or kept["state"] == state) and names <= set(kept["mutants"]):
        there_are = {node_of(check) for check in collect(layout())}
        return [Setting.of(one, there_are) for one in kept["settings"]]
    settings = noted(mutants)
    kept = {"state": state, "mutants": sorted(names), "settings": [asdict(setting) for setting in settings]}
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(kept), encoding="utf-8")
    return settings


def _run(mutants: Sequence[Mutant], settings: Sequence[Setting], end: float) -> Iterator[Judged]:
    slots: Queue[Slot] = Queue()
    for number in range(AT_ONCE):
        slots.put(Slot(str(number)))

    def met(mutant: Mutant) -> Judged | None:
        if time.monotonic() > end:
            return None
        slot = slots.get()
        try:
            with slot.holding(mutant):
                return _fate(slot, mutant, settings)
        finally:
            slots.put(slot)

    yield from as_they_come(met, mutants)


def _fate(slot: Slot, mutant: Mutant, settings: Sequence[Setting]) -> Judged:
    """Run the checks that reach a mutant where the profile's own answers lead to it, else where others do.

    Quick ones first, the next only if none of those has noticed. Where few reach it, every setting is tried.
    """
    judged_last = Judged(mutant, Fate.UNREACHED)
    for there in settings:
        nodes = there.nodes(mutant)
        for some in (nodes[first : first + QUICK] for first in range(0, len(nodes), QUICK)):
            judged_last = judge(mutant, nodes, slot.verify([*some, *there.arguments]), there.plain)
            if judged_last.fate is not Fate.SURVIVED:
                return judged_last
        if len(nodes) > QUICK:
            break
    return judged_last


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="of how many mutants something is to be known")
    parser.add_argument("--seed", type=int, default=1, help="by what they are drawn")
    parser.add_argument("--resume", nargs="?", const="same", default="", choices=["same", "older"])
    parser.add_argument("--minutes", type=float, default=600, help="after these no run is begun")
    parser.add_argument("--again", action="store_true", help="run also those that something is known of")
    parser.add_argument("--write", action="store_true", help=f"put the result into docs/{PAGE.name}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
