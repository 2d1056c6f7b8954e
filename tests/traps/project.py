"""A project of its own for each trap: the repository's configuration and fixtures around suites of bad checks."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artifactory_conformance.verdicts import Level, floor

ROOT = Path(__file__).parents[2]
DEADLINE = 60.0
"""Seconds until a run counts as hanging; a good one takes a few."""

IMPORTS = """
import base64, os, sys, threading, warnings
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.checks import assert_served, clause, control, relied_on

VERSION = "api/system/version"
"""

FLOOR = ", ".join(f'"{name}"' for name in sorted(floor("instance", Level.OBSERVE, account=True, administrator=False)))
"""What a run that only looks at an instance, as somebody who installs, must have a verdict on."""


def check(
    name: str,
    *lines: str,
    fixtures: str = "site_user",
    clauses: str = FLOOR,
    marks: Sequence[str] = (),
    more: str = "",
) -> str:
    """Write a check down. lines: its body, where `VERSION` is a path that every target answers.

    clauses: what it is of, as they stand in the marker; unless told, all that its run has to have a verdict on, so that
    nothing but the trap decides how the run ends.
    more: further arguments of its clause marker, with a comma before them.
    """
    body = "\n".join("    " + line for part in lines for line in part.splitlines())
    decorators = "".join(f"@{mark}\n" for mark in (f"clause({clauses}{more})", *marks))
    return f'\n\n{decorators}def test_{name}({fixtures}):\n    """What the check of this trap says."""\n{body}\n'


GOOD = check("good", "assert site_user.get(VERSION).status == 200")


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, everything that it printed, and where its reports are."""

    code: int
    output: str
    reports: Path

    @property
    def has_results(self) -> bool:
        return (self.reports / "results.json").is_file()

    @property
    def results(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.reports / "results.json").read_text(encoding="utf-8"))
        assert data["exit_code"] == self.code, "the results file names another exit code"
        return data

    @property
    def verdicts(self) -> dict[str, str]:
        """Verdict and reason by the check's name."""
        return {
            found["id"].removeprefix("traps."): " ".join(filter(None, (found["verdict"], found["reason"])))
            for found in self.results["checks"]
        }


def told_of_the_machine(home: Path) -> dict[str, str]:
    """Give what a run is told of the machine: where programs are, and a home that is nobody's."""
    kept = {name: os.environ[name] for name in ("PYTHONPYCACHEPREFIX",) if name in os.environ}
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": str(home), **kept}


def run_the_suite(folder: Path, *arguments: str, environment: Mapping[str, str], seconds: float) -> Ended:
    """Run some of the suite's own checks in the checkout, to their end; home and reports are in the folder."""
    folder.mkdir(exist_ok=True)
    reports = folder / "reports"
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, f"--reports={reports}"],
        cwd=ROOT,
        env={**told_of_the_machine(folder), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout + ended.stderr, reports)


class Project:
    """A folder that is to a run what a checkout is: configuration, fixtures, suites, and reports to come."""

    def __init__(self, folder: Path, byte_code: Path) -> None:
        self.folder = folder / "project"
        self.home, self.tmp = folder / "home", folder / "tmp"
        self._byte_code = byte_code
        self.suite = self.folder / "suites" / "traps"
        for made in (self.suite, self.home, self.tmp):
            made.mkdir(parents=True)
        for name in ("pyproject.toml", "conftest.py"):
            shutil.copy(ROOT / name, self.folder / name)
        (self.folder / "fixtures").symlink_to(ROOT / "fixtures")
        self.reports = self.folder / "reports"

    def write(self, *parts: str, name: str = "test_traps.py") -> None:
        """Put a module of checks, with the usual imports, into the suite."""
        (self.suite / name).write_text(IMPORTS + "".join(parts), encoding="utf-8")

    def start(
        self, *arguments: str, python: Sequence[str] = (), environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start a run in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, *python, "-m", "pytest", *arguments],
            cwd=self.folder,
            env=self._environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )

    def call(self, *arguments: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Call a verb in the project, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "artifactory_conformance", *arguments],
            cwd=self.folder,
            env=self._environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=DEADLINE,
            check=False,
        )

    def _environment(self, more: Mapping[str, str] | None) -> dict[str, str]:
        """Give all that a run is told of the machine."""
        return {
            **told_of_the_machine(self.home),
            "TMPDIR": str(self.tmp),
            "PYTHONPYCACHEPREFIX": str(self._byte_code),
            **(more or {}),
        }

    def end(self, process: subprocess.Popen[str], seconds: float = DEADLINE) -> Ended:
        """Wait for a run. A run that hangs is killed, and the test fails with what it said."""
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            raise AssertionError(f"the run did not end within {seconds:.0f} s; it said:\n{output}") from None
        return Ended(process.returncode, output, self.reports)

    def run(self, *arguments: str, python: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> Ended:
        """Run pytest in the project to its end."""
        return self.end(self.start(*arguments, python=python, environment=environment))
