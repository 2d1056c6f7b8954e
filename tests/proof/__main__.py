"""Make whole runs of the suite and compare what comes out of them; 0 if every run is as expected.

`make prove` makes all of them and writes docs/proved.md; `make switches` makes those about the open questions.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from tests.proof.kept import keep, kept
from tests.proof.page import Proved, as_markdown
from tests.proof.parts import PARTS, PLAIN, commit, judged, switches
from tests.proof.runs import Run, Trial, run


def main() -> int:
    """Make the runs that the command line asks for, show how far they are, and write the page if it has a name."""
    given = _given()
    trials = {part: switches(given.sample) if part == "switches" else PARTS[part]() for part in given.parts}
    compared = any(trial.like for found in trials.values() for trial in found)
    total = sum(map(len, trials.values())) + (compared or bool(given.write))
    progress = Progress(total)
    state = judged()
    plain: Run | None = None
    if compared or given.write:
        plain = _made(PLAIN, state, given.resume)
        progress.show(PLAIN, plain, plain.problems(None))
    proved: dict[str, list[Proved]] = {}
    for part, found in trials.items():
        runs: dict[str, Proved] = {}
        for made in _all_made(found, state, given.resume):
            problems = made.problems(plain if made.trial.like else None)
            progress.show(made.trial, made, problems)
            runs[made.trial.name] = Proved(made, problems)
        proved[part] = [runs[trial.name] for trial in found]
    if given.write and plain is not None:
        when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        given.write.write_text(
            as_markdown(plain, proved, when=when, commit=commit(), command="make prove"), encoding="utf-8"
        )
    return 1 if progress.bad else 0


def _all_made(trials: Sequence[Trial], state: str, resume: str) -> Iterator[Run]:
    """Make runs: those of one process two at a time, then the others, which use both cores anyway."""
    alone = [trial for trial in trials if trial.processes == "1"]
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(_made, trial, state, resume) for trial in alone]
        yield from (done.result() for done in as_completed(waiting))
    yield from (_made(trial, state, resume) for trial in trials if trial not in alone)


def _made(trial: Trial, state: str, resume: str) -> Run:
    """Make a run and keep it, or take the one that was made before."""
    made = kept(trial, state, older=resume == "older") if resume else None
    if made is None:
        made = replace(run(trial), commit=commit())
        keep(made, state)
    return made


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which ones; all without any")
    parser.add_argument("--sample", type=int, default=0, help="how many sets of answers per profile; all without it")
    parser.add_argument(
        "--resume",
        nargs="?",
        const="same",
        default="",
        choices=["same", "older"],
        help="take over what was made before, of the same state of the suite or of an older one; the page tells them",
    )
    parser.add_argument("--write", type=Path, help="page that the result goes to")
    given = parser.parse_args()
    given.parts = given.parts or list(PARTS)
    return given


class Progress:
    """One line a run: how many of how many, what came out, and how much time is left."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self.bad = 0
        self._started = time.monotonic()

    def show(self, trial: Trial, made: Run, problems: list[str]) -> None:
        """Print how a run ended, with everything that is not as expected."""
        self._done += 1
        self.bad += bool(problems)
        left = (time.monotonic() - self._started) / self._done * (self._total - self._done)
        word = "as expected" if not problems else "NOT AS EXPECTED"
        remaining = f", about {left / 60:.0f} min left" if self._done < self._total else ""
        print(f"[{self._done}/{self._total}] {trial.name}: {word}, {made.seconds:.0f} s{remaining}", flush=True)
        for problem in problems:
            print(f"    {problem}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
