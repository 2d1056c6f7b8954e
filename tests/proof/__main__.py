"""Make whole runs of the suite and compare what comes out of them; 0 if every run is as expected.

`make prove` makes all of them and writes docs/proved.md; `make switches` makes those about the open questions.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from tests.proof.maker import Maker
from tests.proof.page import Proved, as_markdown
from tests.proof.parts import PARTS, PLAIN, commit, judged, switches
from tests.proof.runs import Run, Trial


def main() -> int:
    """Make the runs that the command line asks for, show how far they are, and write the page if it has a name."""
    given = _given()
    trials = {
        part: switches(given.sample, tls=given.tls) if part == "switches" else PARTS[part]() for part in given.parts
    }
    compared = any(trial.like for found in trials.values() for trial in found)
    total = sum(map(len, trials.values())) + (compared or bool(given.write))
    progress = Progress(total)
    state = judged()
    plain: Run | None = None
    maker = Maker(state, given.resume, given.minutes)
    if (compared or given.write) and (plain := maker.make(PLAIN)):
        progress.show(PLAIN, plain, plain.problems(None))
    proved: dict[str, list[Proved]] = {}
    for part, found in trials.items():
        runs: dict[str, Proved] = {}
        for made in maker.make_all([trial for trial in found if plain or not trial.like]):
            problems = made.problems(plain if made.trial.like else None)
            progress.show(made.trial, made, problems)
            runs[made.trial.name] = Proved(made, problems)
        if runs:
            proved[part] = [runs[trial.name] for trial in found if trial.name in runs]
    if given.write and plain is not None:
        when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        given.write.write_text(
            as_markdown(plain, proved, when=when, commit=commit(), command="make prove"), encoding="utf-8"
        )
    return 1 if progress.bad or progress.made < total else 0


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which ones; all without any")
    parser.add_argument("--sample", type=int, default=0, help="how many sets of answers are drawn; all without it")
    parser.add_argument("--tls", action="store_true", help="the sets of answers over https")
    parser.add_argument(
        "--resume",
        nargs="?",
        const="same",
        default="",
        choices=["same", "older"],
        help="take over what was made before, of the same state of the suite or of an older one; the page tells them",
    )
    parser.add_argument(
        "--minutes", type=float, default=600, help="after these no run is begun; the page says what is missing"
    )
    parser.add_argument("--write", type=Path, help="page that the result goes to")
    given = parser.parse_args()
    given.parts = given.parts or list(PARTS)
    return given


class Progress:
    """One line a run: how many of how many, what came out, and how much time is left."""

    def __init__(self, total: int) -> None:
        self._total = total
        self.made = 0
        self.bad = 0
        self._started = time.monotonic()

    def show(self, trial: Trial, made: Run, problems: list[str]) -> None:
        """Print how a run ended, with everything that is not as expected."""
        self.made += 1
        self.bad += bool(problems)
        left = (time.monotonic() - self._started) / self.made * (self._total - self.made)
        word = "as expected" if not problems else "NOT AS EXPECTED"
        remaining = f", about {left / 60:.0f} min left" if self.made < self._total else ""
        print(f"[{self.made}/{self._total}] {trial.name}: {word}, {made.seconds:.0f} s{remaining}", flush=True)
        for problem in problems:
            print(f"    {problem}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
