"""One look at an instance that was made wrong: a run of the suite against it, as somebody at a standpoint starts it."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from artifactory_conformance.artifactory import ArtifactoryRefused, NotSettled
from tests.diagnosis_matrix.facts import Facts, difference, facts_of
from tests.diagnosis_matrix.pairs import Places, places
from tests.diagnosis_matrix.rows import Row, fingerprint
from tests.diagnosis_matrix.standpoints import STANDPOINTS
from tests.diagnosis_matrix.world import world
from tests.proof.parts import commit
from tests.proof.runs import ROOT, Trial, results_in, verify

KEPT = ROOT / "reports" / "diagnosis"
"""Each row is written here as soon as it is made."""


class NoResults(RuntimeError):
    """A run ended without results. The message says how, and where its output is."""


@dataclass(frozen=True)
class Look:
    """A row that is to be made. checks: node ids or files of those that run; all without any."""

    standpoint: str
    mistakes: tuple[str, ...]
    checks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in messages, and that of its folder."""
        return ", ".join([self.standpoint, *(self.mistakes or ["nothing wrong"])])

    @property
    def folder(self) -> Path:
        """Where its reports go, and what is kept of it."""
        return KEPT / self.name.replace(", ", "-").replace(" ", "-")


@dataclass(frozen=True)
class Looked:
    """What came of one. writes: what each of its mistakes writes."""

    look: Look
    facts: Facts
    seconds: float
    writes: Mapping[str, Places]
    unmade: str = ""

    def row(self, good: Facts) -> Row:
        """Give it as a row. good: the facts of a good instance from the same standpoint."""
        what = Row(self.look.standpoint, self.look.mistakes, fingerprint(self.look.mistakes), commit())
        if self.unmade:
            return replace(what, unmade=self.unmade)
        return replace(what, seconds=round(self.seconds), changed=difference(self.facts, good))


def look(one: Look, catalog: str) -> Looked:
    """Make an instance with these mistakes, run the suite there, and read what it leaves. Raises NoResults.

    catalog: the URL of one that many looks share.
    """
    standpoint = STANDPOINTS[one.standpoint]
    one.folder.mkdir(parents=True, exist_ok=True)
    (one.folder / "results.json").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with world(one.mistakes, catalog, Path(scratch)) as there:
                started = time.monotonic()
                trial = Trial(one.name, (*standpoint.arguments(there), *one.checks))
                code = verify(trial, one.folder, environment=standpoint.environment(there))
                seconds = time.monotonic() - started
        except (ArtifactoryRefused, NotSettled) as error:
            return Looked(one, {}, 0.0, {}, unmade=str(error).split("\n")[0][:200])
        except subprocess.TimeoutExpired as error:
            raise NoResults(f"{one.name}: took longer than {error.timeout:.0f} s") from error
    results = results_in(one.folder)
    if not results["checks"]:
        raise NoResults(f"{one.name}: ended with {code} and no results: see {one.folder / 'output.txt'}")
    known = {there.site.organization: "ORGANIZATION", there.user.user: "USER"}
    written = {name: places(done, known) for name, done in zip(one.mistakes, there.writes, strict=True)}
    return Looked(one, facts_of(results, there), seconds, written)


def keep(made: Looked, state: str) -> None:
    """Write it down, so that what was interrupted goes on where it was. state: of all that its outcome depends on."""
    if state:
        told = {**asdict(made), "writes": {name: sorted(done) for name, done in made.writes.items()}, "state": state}
        _file(made.look).write_text(json.dumps(told), encoding="utf-8")


def kept(one: Look, state: str) -> Looked | None:
    """Give what was made before in the same state, with the same checks; None if there is nothing."""
    file = _file(one)
    told = json.loads(file.read_text("utf-8")) if state and file.is_file() else {}
    if told.get("state") != state or tuple(told["look"]["checks"]) != one.checks:
        return None
    writes = {name: frozenset(done) for name, done in told["writes"].items()}
    return Looked(one, told["facts"], told["seconds"], writes, told["unmade"])


def _file(one: Look) -> Path:
    return one.folder.with_suffix(".json")
