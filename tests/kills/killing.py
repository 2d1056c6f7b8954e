"""One run that is killed, and its cleanup."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from artifactory_conformance.cleanup import main as cleanup
from artifactory_conformance.limits import LIMITS
from tests.kills.world import World, differences
from tests.proof.runs import ROOT

CHECKS = (
    "suites/permissions/test_tokens.py::test_a_groups_token_lists_repositories_and_installs",
    "suites/permissions/test_hidden_existence.py::test_what_a_stranger_may_not_read_is_404_where_existence_is_hidden",
)
"""They make what a run can make: with the site a remote, a local and a virtual repository, users, a group, permission
targets, a token, and a setting of the whole instance that is otherwise for a while."""

DEADLINE = 600.0
"""Seconds for one run on a busy machine."""


@dataclass(frozen=True)
class Moment:
    """When a run is killed: before or after a write of its ledger, or at a fraction of the time to the next one."""

    when: str
    write: int
    fraction: float = 0.0
    processes: int = 0

    def __str__(self) -> str:
        moment = f"{self.when}:{self.write}" + (f"+{self.fraction:.3f}" if self.when == "random" else "")
        return f"{moment} -n {self.processes}"


@dataclass(frozen=True)
class Killed:
    """What came of it.

    was_at_work: the run had not ended by itself. left: differences of the instance after the kill. outstanding: things
    in the ledger. removed: lines of the cleanup that say so. problems: what was not as before after the cleanup.
    """

    moment: str
    was_at_work: bool
    left: int
    outstanding: int
    removed: int
    problems: tuple[str, ...]
    seconds: float


def around_each(writes: int) -> list[Moment]:
    """Give the moments before and after each write of a run in one process, whose writes come in one order."""
    return [Moment(when, write) for write in range(1, writes + 1) for when in ("before", "after")]


def random_moments(count: int, writes: int, seed: int) -> list[Moment]:
    """Draw moments evenly over a run's writes and the time between them; every fourth run has two workers."""
    drawn = random.Random(seed)  # noqa: S311 - the same moments every time
    return [
        Moment("random", drawn.randrange(writes), drawn.random(), 0 if number % 4 else 2) for number in range(count)
    ]


class Killing:
    """Kills runs against one world."""

    def __init__(self, world: World, folder: Path, checks: Sequence[str] = CHECKS) -> None:
        self._world = world
        self._folder = folder
        self._checks = checks
        self.before = world.state()
        self.gap = 0.1

    @property
    def reports(self) -> Path:
        return self._folder / "reports"

    def environment(self) -> dict[str, str]:
        """Settings of an administrator; nothing of this machine's own."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT / "src"),
            "HOME": str(self._folder),
            "PYTHONPYCACHEPREFIX": sys.pycache_prefix or str(ROOT / ".venv" / "pycache"),
            "ARTIFACTORY_URL": self._world.url,
            "ARTIFACTORY_ADMIN_TOKEN": self._world.token,
            "CONFORMANCE_CONFIG": "/dev/null",
            "CONFORMANCE_REQUESTS_PER_SECOND": "0",
            "CONFORMANCE_CONNECTIONS": "0",
        }

    def start(self, processes: int = 0, *arguments: str) -> subprocess.Popen[str]:
        """Start a run in a process group of its own."""
        command = [sys.executable, "-m", "artifactory_conformance", "verify", *self._checks]
        command += ["--target=instance", "--level=mutate", "--exclusive", "--set-up-site", f"--reports={self.reports}"]
        command += [f"--catalog-control={self._world.catalog}", "-n", str(processes), "-q", *arguments]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def complete(self) -> int:
        """Make a whole run, see that it is well and leaves nothing, and give how often it wrote to its ledger."""
        seen, began = 0, 0.0
        process = self.start()
        while process.poll() is None:
            if seen < (seen := max(seen, self._written())) and not began:
                began = time.monotonic()
            time.sleep(0.005)
        self.gap = (time.monotonic() - began) / max(seen, 1)
        output = process.communicate()[0]
        results = json.loads((self.reports / "results.json").read_text("utf-8"))
        verdicts = {found["verdict"] for found in results["checks"]}
        assert verdicts == {"conformant"}, output
        assert not self._ledgers(), output
        assert not (found := differences(self.before, self._world.state())), found
        return seen

    def kill(self, moment: Moment) -> Killed:
        """Make a run that is killed at a moment, clean up, and compare the world with what it was."""
        began = time.monotonic()
        if moment.when == "random":
            was_at_work = self._kill_from_outside(moment)
        else:
            process = self.start(0, "-p", "tests.kills.killer", "--kill-at", f"{moment.when}:{moment.write}")
            process.communicate(timeout=DEADLINE)
            was_at_work = process.returncode == -signal.SIGKILL
        left = len(differences(self.before, self._settled()))
        outstanding = sum(_outstanding(file) for file in self._ledgers())
        problems = [] if was_at_work or moment.when == "random" else ["the run was not killed"]
        code, told = self.clean_up()
        if code != 0:
            problems.append(f"cleanup ended with {code}: {told}")
        if stayed := self._ledgers():
            problems.append(f"ledgers stayed: {stayed}")
        problems += differences(self.before, self._world.state())
        removed = sum(line.startswith(("  removed", "  put back")) for line in told.splitlines())
        seconds = round(time.monotonic() - began, 1)
        return Killed(str(moment), was_at_work, left, outstanding, removed, tuple(problems), seconds)

    def _kill_from_outside(self, moment: Moment) -> bool:
        process = self.start(moment.processes)
        end = time.monotonic() + DEADLINE
        while process.poll() is None and self._written() < moment.write and time.monotonic() < end:
            time.sleep(0.002)
        time.sleep(self.gap * moment.fraction)
        was_at_work = process.poll() is None
        if was_at_work:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=DEADLINE)
        return was_at_work

    def _settled(self) -> dict[str, Any]:
        """Give the state when the model has done what it was asked for last; the cleanup need not wait then."""
        state = self._world.state()
        while True:
            time.sleep(0.2)
            if state == (state := self._world.state()):
                break
        for file in self._ledgers():
            past = time.time() - LIMITS.late_creation
            os.utime(file, (past, past))
        return state

    def clean_up(self) -> tuple[int, str]:
        """Call the verb as a command line does, in this process; its exit code and what it said."""
        said = io.StringIO()
        with mock.patch.dict(os.environ, self.environment()), redirect_stdout(said), redirect_stderr(said):
            code = cleanup(["all", f"--reports={self.reports}"])
        return code, said.getvalue()

    def _ledgers(self) -> list[Path]:
        return sorted(self.reports.glob("ledger-*.jsonl"))

    def _written(self) -> int:
        """How many lines the ledger of the run has; nobody else's is there."""
        try:
            return sum(file.read_bytes().count(b"\n") for file in self._ledgers())
        except FileNotFoundError:
            return 0


def _outstanding(file: Path) -> int:
    there: set[tuple[str, str]] = set()
    for entry in map(json.loads, file.read_text("utf-8").splitlines()):
        (there.add if entry["state"] == "intended" else there.discard)((entry["kind"], entry["name"]))
    return len(there)
