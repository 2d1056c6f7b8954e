"""Where no file may be executed, nothing is known of a command that was installed there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from artifactory_conformance.clients import private_etc
from artifactory_conformance.clients.pip import NothingRunsThere, refuse_noexec

CHECK = "suites/package_access/test_installing.py"
NAME = "package_access.entry_point_of_an_installed_package_runs"
DEADLINE = 240.0


@pytest.mark.parametrize("flags", [os.ST_NOEXEC, os.ST_NOEXEC | os.ST_NOSUID])
def test_a_folder_that_nothing_runs_in_is_refused_and_says_what_to_do(
    flags: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_NOSUID))
    refuse_noexec(tmp_path)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=flags))
    with pytest.raises(NothingRunsThere, match=f"{tmp_path} lies on .* noexec.*--reports=DIR"):
        refuse_noexec(tmp_path)


@pytest.mark.skipif(not private_etc.is_allowed(), reason="this kernel allows no mount namespace")
def test_a_run_with_its_reports_there_is_inconclusive(tmp_path: Path) -> None:
    verify = [sys.executable, "-m", "artifactory_conformance", "verify", CHECK, "-k", "entry_point", "-n", "0"]
    # The mount is gone with the namespace, and the results with it: they are printed.
    script = 'mount -t tmpfs -o noexec none "$0" && { "$@" --reports="$0/reports" >&2; cat "$0/reports/results.json"; }'
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "--", "sh", "-c", script, str(tmp_path), *verify],  # noqa: S607
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    found = {check["id"]: check for check in json.loads(done.stdout)["checks"]}[NAME]
    assert (found["verdict"], found["reason"]) == ("inconclusive", "broke"), done.stderr
    assert "mounted noexec" in found["message"]
    assert "--reports=DIR" in found["message"]
