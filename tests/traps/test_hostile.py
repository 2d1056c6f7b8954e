"""A target that is hostile costs a run a bounded time and memory, and is never conformant because of what it said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.traps.hostile import KINDS, WELL, hostile
from tests.traps.instances import UNPACED
from tests.traps.project import ROOT, Ended, told_of_the_machine

SECONDS = 240.0
"""For one run on a busy machine; each of its waits ends within a second or less (small_limits)."""
MEGABYTES = 400
"""A run at a sound target has about 65 at its most; answers of one megabyte are 25 as objects, for a few checks."""
PASSWORD, TOKEN = "s3cret-pass-word", "s3cret-t0ken-of-an-administrator"

INSTANCE = ("suites/edition", "suites/best_practices", "suites/remote_repository/test_rest.py")
INDEX = ("suites/package_access",)


def run_at(folder: Path, arguments: Sequence[str], **secrets: str) -> tuple[Ended, float]:
    """Run some of the suite's checks; how it ended, and how many megabytes it, or what it started, had at most."""
    reports, said = folder / "reports", folder / "said"
    with said.open("w") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "pytest", *arguments, "-p", "tests.traps.small_limits"),
                *(f"--reports={reports}", "-o", f"cache_dir={folder / 'cache'}"),
            ],
            cwd=ROOT,
            env=told_of_the_machine(folder)
            | {"ARTIFACTORY_USER": "u", "ARTIFACTORY_PASS": PASSWORD, **secrets, **UNPACED},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)  # a run that hangs is ended by the test's own time-out
        process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(process.returncode, said.read_text("utf-8", "replace"), reports), used.ru_maxrss / 1024


def assert_withstood(ended: Ended, megabytes: float) -> None:
    assert ended.code in {1, 6}, ended.output
    assert ended.has_results
    everything = ended.output + "".join(file.read_text("utf-8", "replace") for file in ended.reports.glob("*.*"))
    assert "Traceback" not in everything
    assert PASSWORD not in everything
    assert TOKEN not in everything
    assert megabytes < MEGABYTES


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_instance_that_is_hostile_to_all_but_its_heartbeat(kind: str, tmp_path: Path) -> None:
    with hostile(kind, well=-1) as server:
        target = ("--target=instance", f"--artifactory-url={server.url}")
        ended, megabytes = run_at(tmp_path, (*target, *INSTANCE), ARTIFACTORY_ADMIN_TOKEN=TOKEN)
    assert_withstood(ended, megabytes)
    conformant = {found["id"] for found in ended.results["checks"] if found["verdict"] == "conformant"}
    assert not {name for name in conformant if not name.startswith("edition.")}, "only the version was told"


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_index_that_turns_hostile_when_it_has_been_recognized(kind: str, tmp_path: Path) -> None:
    with hostile(kind, well=WELL) as server:
        target = ("--target=index", f"--index-url={server.url}/simple/", "--project=example")
        ended, megabytes = run_at(tmp_path, (*target, *INDEX))
    assert_withstood(ended, megabytes)
    assert "conformant" not in {found["verdict"] for found in ended.results["checks"]}
