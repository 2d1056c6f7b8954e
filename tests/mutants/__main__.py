"""Run the suite against mechanical mutants of the model and the catalog, drawn by a seed; `make mutants` writes a page.

Every mutant meets the checks that reach it, the quick ones first and the others if none of those has noticed. 0 if at
least the wanted share is noticed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from queue import Queue
from typing import Any

from tests.mutants.made import sample
from tests.mutants.mutant import Mutant
from tests.mutants.page import Fate, Judged, as_markdown, judge
from tests.mutants.settings import Setting, noted
from tests.mutants.slot import Ended, Slot
from tests.proof.parts import commit, judged
from tests.proof.runs import REPORTS

SLOTS = 2
KEPT = REPORTS / "mutants.json"
QUICK = 60
"""How many checks a mutant meets first."""

WANTED = 0.9
UNREACHED = Ended(5, "no check reaches it", {}, {}, {})


def main() -> int:
    """Draw the mutants, find who reaches them, run them, and write the page if it has a name."""
    given = _given()
    mutants, total = sample(given.count, given.seed)
    state = judged()
    kept = json.loads(KEPT.read_text("utf-8")) if given.resume and KEPT.is_file() else {}
    if kept.get("state") != state and not (kept and given.resume == "older"):
        kept = {"state": state, "settings": [asdict(setting) for setting in noted(mutants)], "fates": {}}
        _keep(kept)
    found: dict[str, Judged] = {}
    for one in _run(mutants, kept, time.monotonic() + 60 * given.minutes):
        found[one.mutant.name] = one
        _show(one, len(found), len(mutants))
    every = [found[mutant.name] for mutant in mutants if mutant.name in found]
    if given.write:
        when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        drawn = f"seed {given.seed}: {len(mutants)} of {total} mutants drawn."
        about = f"`make mutants` on {when}, commit {commit()}, {drawn}"
        given.write.write_text(as_markdown(every, about), encoding="utf-8")
    counted = [one for one in every if one.fate is not Fate.UNUSABLE]
    noticed = sum(one.fate is not Fate.SURVIVED for one in counted)
    return 0 if counted and noticed / len(counted) >= WANTED else 1


def _run(mutants: Sequence[Mutant], kept: dict[str, Any], end: float) -> Iterator[Judged]:
    settings = [Setting(**{**one, "arguments": tuple(one["arguments"])}) for one in kept["settings"]]
    slots: Queue[Slot] = Queue()
    for number in range(SLOTS):
        slots.put(Slot(str(number)))

    def met(mutant: Mutant) -> Judged | None:
        there = next((setting for setting in settings if setting.nodes(mutant)), settings[0])
        nodes = there.nodes(mutant)
        if mutant.name in kept["fates"]:
            return judge(mutant, nodes, Ended(**kept["fates"][mutant.name]), there.plain)
        if time.monotonic() > end:
            return None
        slot = slots.get()
        try:
            with slot.holding(mutant):
                ended = _ended(slot, mutant, nodes, there) if nodes else UNREACHED
        finally:
            slots.put(slot)
        kept["fates"][mutant.name] = vars(ended)
        _keep(kept)
        return judge(mutant, nodes, ended, there.plain)

    with ThreadPoolExecutor(SLOTS) as pool:
        for done in as_completed([pool.submit(met, mutant) for mutant in mutants]):
            if one := done.result():
                yield one


def _ended(slot: Slot, mutant: Mutant, nodes: Sequence[str], there: Setting) -> Ended:
    """Run the quick ones of the checks, and the others only if none of them has noticed."""
    ended = slot.verify([*nodes[:QUICK], *there.arguments])
    if nodes[QUICK:] and judge(mutant, nodes, ended, there.plain).fate is Fate.SURVIVED:
        ended = slot.verify([*nodes[QUICK:], *there.arguments])
    return ended


def _keep(kept: Mapping[str, object]) -> None:
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(kept), encoding="utf-8")


def _show(one: Judged, number: int, of: int) -> None:
    print(f"[{number}/{of}] {one.mutant.name}: {one.fate.value}{': ' if one.by else ''}{one.by}", flush=True)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1, help="by what they are drawn")
    parser.add_argument("--resume", nargs="?", const="same", default="", choices=["same", "older"])
    parser.add_argument("--minutes", type=float, default=600, help="after these no run is begun")
    parser.add_argument("--write", type=Path, help="page that the result goes to")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
