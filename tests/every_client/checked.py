"""The suite's checks that run clients, made with one set of them, and what is not as it must be."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from artifactory_conformance.verdicts import Verdict
from tests.every_client.sets import ENVIRONMENTS, REPORTS, ROOT, ClientSet

SECONDS = 900
GOOD = frozenset({Verdict.CONFORMANT.value, Verdict.OBSERVED.value})
KNOWN_WARNINGS = frozenset({"clients.netrc_of_windows_works_in_the_folder_that_home_names"})
"""Statements of the guide that known facts contradict."""
OURS = frozenset({"clients.this_machine_names_one_index"})
"""About the machine of whoever runs the suite, and no client."""


@dataclass(frozen=True)
class Checked:
    """What came of a run: how often each verdict, and what is wrong, one text each."""

    name: str
    seconds: float
    verdicts: Mapping[str, int]
    problems: Sequence[str] = field(default=())


def check(clients: ClientSet) -> Checked:
    """Run the checks with a set of clients."""
    reports = REPORTS / clients.name
    reports.mkdir(parents=True, exist_ok=True)
    results = reports / "results.json"
    results.unlink(missing_ok=True)
    verify = [str(clients.python), "-m", "artifactory_conformance", "verify", f"--reports={reports}", "-n", "2"]
    variables = {**os.environ, "PYTHONPYCACHEPREFIX": str(ENVIRONMENTS / clients.name / "pycache")}
    started = time.monotonic()
    with (reports / "output.txt").open("wb") as output:
        try:
            subprocess.run(
                [*verify, *clients.checks],
                cwd=ROOT,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Checked(clients.name, SECONDS, {}, [f"took longer than {SECONDS} s"])
    seconds = time.monotonic() - started
    if not results.is_file():
        return Checked(clients.name, seconds, {}, [f"no results: see {reports / 'output.txt'}"])
    found = json.loads(results.read_text("utf-8"))
    return Checked(clients.name, seconds, counted(found), problems(found, clients.lacks))


def counted(results: Mapping[str, Any]) -> dict[str, int]:
    """How often each verdict was given."""
    return dict(sorted(Counter(one["verdict"] for one in results["checks"]).items()))


def problems(results: Mapping[str, Any], lacks: Sequence[str] = ()) -> list[str]:
    """Say what is not as it must be: a verdict that is not good, a client that is missing, nothing checked at all.

    A part of the suite never meets the floor, so the exit code says nothing here.
    """
    checks = results["checks"]
    found = [] if checks else ["nothing was checked"]
    found += results["problems"]
    for one in checks:
        verdict, name, message = one["verdict"], one["id"], one["message"]
        absent = {f"install {client}" for client in lacks}
        if (
            verdict in GOOD
            or (verdict == Verdict.WARNING.value and name in KNOWN_WARNINGS)
            or (verdict == Verdict.NOT_RUN.value and (name in OURS or message.partition(": ")[2] in absent))
        ):
            continue
        found.append(f"{name}: {verdict}: {message}")
    return found
