"""The suite's own checks at an index of nobody's: what it lacks is no merit of it, and what is wrong with it is red."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.traps.indexes import OwnIndex, Ways, release
from tests.traps.project import ROOT, Ended

SECONDS = 120.0


def files(project: str, *versions: str) -> dict[str, bytes]:
    return dict(release(project, version) for version in versions)


EXAMPLE = {"example": files("example", "1.0", "1.1")}


def run_at(index: OwnIndex, folder: Path, *checks: str) -> Ended:
    """Run some of the suite's checks, named by folder and function, at an index that has `example`."""
    reports = folder / "reports"
    folders = dict.fromkeys(f"suites/{check.partition('.')[0]}" for check in checks)
    chosen = " or ".join(check.partition(".")[2] for check in checks)
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", *folders, "-k", chosen),
            *("--target", "index", "--index-url", index.url, "--project", "example", f"--reports={reports}"),
        ],
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        | {name: os.environ[name] for name in ("PYTHONPYCACHEPREFIX",) if name in os.environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout + ended.stderr, reports)


def verdicts(ended: Ended) -> dict[str, str]:
    return {name.rpartition(".")[2]: verdict for name, verdict in ended.verdicts.items()}


SUBJECTS = {
    "page_that_the_client_has_is_not_sent_again": Ways(tags=True),
    "json_and_html_say_the_same": Ways(json=True),
    "json_keeps_what_its_version_promises": Ways(json=True),
    "advertised_metadata_can_be_had": Ways(metadata=True),
}


def test_what_no_page_of_an_index_offers_is_no_merit_of_it(tmp_path: Path) -> None:
    with OwnIndex(EXAMPLE) as index:
        ended = run_at(index, tmp_path, *(f"protocol.{name}" for name in SUBJECTS))
    assert verdicts(ended) == dict.fromkeys(SUBJECTS, "not applicable not-offered"), ended.output


@pytest.mark.parametrize("check", SUBJECTS)
def test_what_its_pages_offer_is_judged(tmp_path: Path, check: str) -> None:
    with OwnIndex(EXAMPLE, SUBJECTS[check]) as index:
        ended = run_at(index, tmp_path, f"protocol.{check}")
    assert verdicts(ended) == {check: "conformant"}, ended.output
