"""Kill runs before and after each write of their ledger and at random moments, and clean up after each.

0 if nothing was left of any, and nothing foreign touched. What was done is kept in reports/kills and not done again as
long as the suite is the same: a call that was ended by --minutes is gone on with by the next.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

from tests.kills.killing import Killed, Killing, Moment, around_each, random_moments
from tests.kills.page import write_figures
from tests.kills.world import World
from tests.proof.parts import commit, judged
from tests.proof.runs import ROOT

KEPT = ROOT / "reports" / "kills"
SEED = 7


def main() -> int:
    """Do what the command line asks for."""
    given = _given()
    state = judged() or "uncommitted"
    kept = KEPT / f"{state[:16]}.jsonl"
    if state == "uncommitted":
        kept.unlink(missing_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    done = _read(kept)
    end = time.monotonic() + given.minutes * 60 if given.minutes else float("inf")
    with tempfile.TemporaryDirectory(dir=KEPT) as folder, World(Path(folder)) as world:
        killing = Killing(world, Path(folder))
        writes = killing.complete()
        print(f"a whole run writes {writes} lines, one every {killing.gap:.2f} s", flush=True)
        wanted = around_each(writes) + random_moments(given.moments, writes, SEED)
        _kill_each(killing, [moment for moment in wanted if str(moment) not in done], kept, done, end)
    results = [done[str(moment)] for moment in wanted if str(moment) in done]
    bad = [killed for killed in results if killed.problems]
    print(f"{len(results)} of {len(wanted)} kills; {len(bad)} with something left or touched")
    if given.write:
        when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        write_figures(results, writes, len(wanted), when=when, commit=commit())
    return 0 if len(results) == len(wanted) and not bad else 1


def _kill_each(killing: Killing, moments: list[Moment], kept: Path, done: dict[str, Killed], end: float) -> None:
    for moment in moments:
        if time.monotonic() > end:
            print("the minutes are over: the same command goes on")
            return
        killed = killing.kill(moment)
        done[killed.moment] = killed
        with kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(vars(killed)) + "\n")
        print(f"{killed.moment}: {killed.left} otherwise, {killed.removed} removed, {killed.seconds} s", flush=True)
        for problem in killed.problems:
            print(f"  {problem}", flush=True)
        if killed.problems:
            print("the instance is not what it was: the next call begins with a new one")
            return


def _read(kept: Path) -> dict[str, Killed]:
    lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
    found = [Killed(**{**row, "problems": tuple(row["problems"])}) for row in map(json.loads, lines)]
    return {killed.moment: killed for killed in found}


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--moments", type=int, default=200, help="how many random moments are drawn")
    parser.add_argument("--minutes", type=float, default=0, help="no new run begins after so many minutes")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/cleanup.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
