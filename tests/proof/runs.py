"""One run of the suite as a subprocess, and what is expected of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from artifactory_conformance.targets.service import Service
from artifactory_conformance.verdicts import Verdict

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "reports" / "proof"
RUN_SECONDS = 900
INSTANCE_SECONDS = 3600
"""As an instance the model's time passes as everybody's does: periods are waited out."""

OURS_ALONE = frozenset(
    {"needs-server-access", "needs-second-site", "needs-catalog-control", "needs-admin-token"}
    | {"needs-clock", "needs-disposable", "needs-public-index", "needs-wrong-passwords"}
)
"""Why a check is not run where the services are somebody else's, though the catalog is driven by the suite."""

ENDS = frozenset({0, 1, 6})
"""Exit codes of a run that came to its end."""

RED = frozenset({Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE, Verdict.BLOCKED})


@dataclass(frozen=True)
class Trial:
    """A run that is to be made.

    like: name of the trial whose verdicts it must repeat, check by check; without one it must only be clean.
    code: what it must end with. part_of: it runs only the checks whose id begins so. given: started as an instance that
    somebody else gave.
    """

    name: str
    arguments: tuple[str, ...]
    like: str = ""
    code: int = 0
    part_of: str = ""
    given: bool = False

    @property
    def folder(self) -> str:
        """The name of its folder of reports."""
        return "".join(letter if letter.isalnum() else "-" for letter in self.name)

    @property
    def processes(self) -> str:
        """How many processes run it."""
        return self.arguments[self.arguments.index("-n") + 1] if "-n" in self.arguments else "1"


@dataclass(frozen=True)
class Run:
    """What came out of a trial."""

    trial: Trial
    code: int
    why: str
    seconds: float
    verdicts: Mapping[str, str]
    messages: Mapping[str, str] = field(repr=False)
    commit: str = ""

    def problems(self, other: Run | None) -> list[str]:
        """Say what is not as expected, one text each. other: the run whose verdicts it must repeat."""
        found = [] if self.code == self.trial.code else [f"ended with {self.code}: {self.why}"]
        if other is None:
            reds = {verdict.value for verdict in RED}
            return found + [f"{n}: {v}: {self.messages[n]}" for n, v in sorted(self.verdicts.items()) if v in reds]
        expected = {name: v for name, v in other.verdicts.items() if name.startswith(self.trial.part_of)}
        names = sorted((expected.keys() | self.verdicts.keys()) - self.beyond_reach())
        both = [(name, expected.get(name, "absent"), self.verdicts.get(name, "absent")) for name in names]
        return found + [f"{name}: {seen} instead of {wanted}" for name, wanted, seen in both if seen != wanted]

    @property
    def is_clean(self) -> bool:
        """Tell whether something was judged and nothing is wrong."""
        return bool(self.verdicts) and not {verdict.value for verdict in RED} & set(self.verdicts.values())

    def beyond_reach(self) -> set[str]:
        """Name the checks that a given instance has nothing for: they are not run there, and say why."""
        if not self.trial.given:
            return set()
        return {name for name, text in self.messages.items() if text.partition(":")[0] in OURS_ALONE}


def run(trial: Trial) -> Run:
    """Make a trial in a folder of its own and read its results; one that takes too long has none."""
    reports = REPORTS / trial.folder
    (reports / "results.json").unlink(missing_ok=True)
    started = time.monotonic()
    try:
        code = _as_instance(trial, reports) if trial.given else verify(trial, reports)
    except subprocess.TimeoutExpired as error:
        return Run(trial, 124, f"took longer than {error.timeout:.0f} s", time.monotonic() - started, {}, {})
    return _read(trial, reports, code, time.monotonic() - started)


def made_before(reports: Path) -> Run:
    """Read the results of a run that somebody made before; one that has none has no verdicts."""
    return _read(Trial(str(reports), ()), reports, 0, 0.0)


def _read(trial: Trial, reports: Path, code: int, seconds: float) -> Run:
    results = results_in(reports)
    checks = results["checks"]
    verdicts = {check["id"]: check["verdict"] for check in checks}
    return Run(trial, code, results["why"], seconds, verdicts, {check["id"]: check["message"] for check in checks})


def results_in(reports: Path) -> dict[str, Any]:
    """Read what a run has written; one that died has no checks."""
    file = reports / "results.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {"checks": [], "why": "died"}
    return found


def verify(
    trial: Trial, reports: Path, *more: str, environment: Mapping[str, str] | None = None, seconds: float = RUN_SECONDS
) -> int:
    """Run the suite into a folder of reports, and give its exit code. seconds: after so many it is ended.

    Raises subprocess.TimeoutExpired then.
    """
    reports.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "artifactory_conformance", "verify", f"--reports={reports}"]
    with (reports / "output.txt").open("wb") as output:
        return subprocess.run(
            [*command, *trial.arguments, *more],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        ).returncode


def _as_instance(trial: Trial, reports: Path) -> int:
    """Run against a model and a catalog that were started by somebody else; time passes as it does."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Service("artifactory_conformance.upstream", cwd=Path(folder))
        model = Service("artifactory_conformance.reference", cwd=Path(folder))
        try:
            return verify(
                trial,
                reports,
                *("--target", "instance", "--artifactory-url", model.url, "--level", "mutate", "--set-up-site"),
                *("--catalog-control", catalog.url, "--exclusive", "--requests-per-second", "0", "--connections", "0"),
                environment={"ARTIFACTORY_ADMIN_USER": "admin", "ARTIFACTORY_ADMIN_PASS": "password"},
                seconds=INSTANCE_SECONDS,
            )
        finally:
            model.stop()
            catalog.stop()
