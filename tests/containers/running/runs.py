"""Runs of the suite in processes of their own, against an engine that is there, and what they leave at it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from artifactory_conformance.containers.engine import Engine
from artifactory_conformance.containers.leftovers import KINDS, RUN

STAND_IN = "conformance-stand-in"
"""Made by docker/build, one tag for every profile of the reference model."""

LONGEST = 3600.0
"""Seconds of one run, on a machine that has other work."""

SMALL = "1g"


def environment(image: str, **more: str) -> dict[str, str]:
    """Give what a run is told by its environment, and nothing of whoever tests."""
    ours = ("ARTIFACTORY_", "CONFORMANCE_", "CATALOG_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "ARTIFACTORY_IMAGE": image, "ARTIFACTORY_MEMORY": SMALL, "ARTIFACTORY_READ_ONLY": "true", **more}


def command(reports: Path, *arguments: str) -> list[str]:
    """Give the command of a run in containers."""
    own = ["verify", "--target", "container", "--reports", str(reports)]
    return [sys.executable, "-m", "artifactory_conformance", *own, *arguments]


@dataclass
class Ended:
    """A run that is over. seconds: how long it took."""

    code: int
    output: str
    seconds: float
    reports: Path

    def results(self, version: str = "") -> dict[str, Any]:
        """Give its results.json."""
        found: dict[str, Any] = json.loads((self.reports / version / "results.json").read_text("utf-8"))
        return found


def run(reports: Path, image: str, *arguments: str, more: Mapping[str, str] | None = None) -> Ended:
    """Run to the end."""
    return finish(begin(reports, image, *arguments, more=more))


@dataclass
class Begun:
    """A run that goes on. It hears Ctrl-C, as one at a terminal does, whatever it was started by."""

    process: subprocess.Popen[str]
    reports: Path
    started: float
    lines: list[str] = field(default_factory=list)

    def until(self, says: Callable[[str], bool]) -> None:
        """Read on until a line says something."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if says(line):
                return
        raise AssertionError(f"it never said so: {''.join(self.lines)}")


def begin(reports: Path, image: str, *arguments: str, more: Mapping[str, str] | None = None) -> Begun:
    """Begin a run in a process group of its own."""
    started = time.monotonic()
    process = subprocess.Popen(
        command(reports, *arguments),
        env={**environment(image, **(more or {})), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    return Begun(process, reports, started)


def finish(begun: Begun) -> Ended:
    """Wait for its end."""
    output, _ = begun.process.communicate(timeout=LONGEST)
    took = time.monotonic() - begun.started
    return Ended(begun.process.returncode, "".join(begun.lines) + output, took, begun.reports)


def left(engine: Engine) -> list[str]:
    """Name every container, network and volume of any run."""
    return [f"{kind} {name}" for kind in KINDS for name in engine.labelled(kind, RUN)]


def verdicts(results: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Give verdict and reason of every check."""
    return {check["id"]: (check["verdict"], check["reason"]) for check in results["checks"]}


def image_of(lines: Sequence[str], tag: str) -> str:
    """Make an image out of another one, by the lines that follow FROM."""
    text = "\n".join(lines) + "\n"
    built = subprocess.run(
        ["docker", "build", "--quiet", "--tag", tag, "-"],  # noqa: S607
        input=text,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert built.returncode == 0, built.stderr
    return tag
