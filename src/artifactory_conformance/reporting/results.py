"""A run's results as one value, and as the data of results.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

from artifactory_conformance import __version__
from artifactory_conformance.diagnosis import Diagnosis, Seen, diagnose
from artifactory_conformance.reporting.advice import owner_and_fix
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.verdicts import (
    FILES_COMPARED,
    CheckResult,
    ClauseResult,
    Reason,
    Verdict,
    WaiverResult,
)

SCHEMA_VERSION = 1
"""Raised when a field of results.json changes its meaning or goes away."""


def about_run(settings: Settings, model: str = "") -> str:
    """Say in one line what is under test; a model is called a model, wherever it is met.

    model: the profile of the reference model that answered at a URL that somebody gave.
    """
    what = f"Artifactory at {settings.url}"
    if settings.target is TargetKind.EMBEDDED:
        what = f"reference model {settings.model_profile}{_on_purpose(settings)}, no real Artifactory"
    elif settings.target is TargetKind.INDEX:
        what = f"simple index at {settings.url}"
    if settings.target is TargetKind.CONTAINER:
        what = f"Artifactory in a container, image {image_of(settings)}"
    if model and settings.target is TargetKind.CONTAINER:
        what = f"reference model {model} in a container, image {image_of(settings)}, no real Artifactory"
    elif model and settings.target is not TargetKind.EMBEDDED:
        what = f"reference model {model} at {settings.url}, no real Artifactory"
    return f"{what} (target {settings.target.value}, level {settings.level.value})"


def image_of(settings: Settings) -> str:
    """Name the image that is started, with the version that was asked for."""
    given = settings.containers
    return given.image + "".join(f" in version {version}" for version in given.versions)


def _on_purpose(settings: Settings) -> str:
    """Name the faults and variations that the run has asked for."""
    given = {
        "defect": settings.defect,
        "misconfiguration": settings.misconfiguration,
        "variation": settings.variation,
    }
    return "".join(f" with {kind} {name}" for kind, names in given.items() for name in names)


@dataclass(frozen=True)
class RunResults:
    """Everything that a run found. Times are seconds since the epoch.

    model: the profile of a model that answered. bundle: name of the support bundle in the reports; empty if there is
    none.
    """

    run: str
    settings: Settings
    started: float
    finished: float
    version: Mapping[str, Any] | None
    checks: tuple[CheckResult, ...]
    clauses: tuple[ClauseResult, ...]
    floor: frozenset[str]
    exit_code: int
    why: str
    problems: tuple[str, ...]
    deselected: int
    notes: tuple[str, ...] = ()
    model: str = ""
    waivers: tuple[WaiverResult, ...] = ()
    probes: Mapping[str, Any] = field(default_factory=dict)
    bundle: str = ""

    def ended(self, code: int, why: str, problems: tuple[str, ...]) -> RunResults:
        """Give the same results with another end."""
        return replace(self, exit_code=code, why=why, problems=problems)

    @property
    def about(self) -> str:
        """What was under test, with its version."""
        version = f", version {self.version['version']}, {self.version['edition']}" if self.version else ""
        return about_run(self.settings, self._model) + version

    @property
    def _model(self) -> str:
        """The profile that the reference model plays; empty if an Artifactory answered."""
        return self.settings.model_profile or self.model

    @property
    def partial(self) -> list[str]:
        """Say what the run left out; empty for a complete one."""
        found = []
        left_out = [c.clause.id for c in self.clauses if c.judgement.reason is Reason.NOT_SELECTED]
        if left_out:
            found.append(f"{len(left_out)} clauses have checks that were not selected")
        unseen = [c for c in self.clauses if c.judgement.reason is Reason.NEVER_RAN and c.verdict is Verdict.NOT_RUN]
        if unseen:
            found.append(f"the run ended before any check of {len(unseen)} clauses")
        if self.deselected:
            found.append(f"{self.deselected} checks deselected")
        not_run = Counter(c.judgement.reason.value for c in self.checks if c.verdict is Verdict.NOT_RUN)
        found += [f"{count} checks not run: {reason}" for reason, count in sorted(not_run.items())]
        never = sum(c.judgement.reason is Reason.NEVER_RAN for c in self.checks)
        if never:
            found.append(f"{never} checks never began")
        unconfirmed = sum(c.judgement.reason is Reason.NOT_CONFIRMED for c in self.checks)
        if unconfirmed:
            found.append(f"{unconfirmed} checks ended after the last look at the target")
        return found

    def counted(self) -> str:
        """Count checks and clauses by verdict, in one line."""
        checks = Counter(result.verdict for result in self.checks)
        parts = [f"{checks[verdict]} {verdict.value}" for verdict in Verdict if checks[verdict]]
        judged = sum(result.verdict.says_something for result in self.clauses)
        total = f"{len(self.checks)} check{'s' if len(self.checks) != 1 else ''}"
        return f"{total}: {', '.join(parts)}; {judged} of {len(self.clauses)} clauses judged"

    @property
    def compared(self) -> list[str]:
        """Say of how many files the bytes were compared with what is said of them."""
        return [str(c.observations[FILES_COMPARED]) for c in self.checks if FILES_COMPARED in c.observations]

    def as_data(self) -> dict[str, Any]:
        """Give what results.json holds; docs/results.md explains it, results.schema.json describes it."""
        return {**self._found(), "diagnosis": self.diagnosis.as_data()}

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What is behind the findings."""
        return diagnose(Seen.of(self._found()))

    def _found(self) -> dict[str, Any]:
        """Give everything but what is inferred from it."""
        settings = self.settings
        return {
            "schema_version": SCHEMA_VERSION,
            "suite_version": __version__,
            "run": self.run,
            "started": _iso(self.started),
            "finished": _iso(self.finished),
            "about": self.about,
            "target": {
                "kind": settings.target.value,
                "reference_model": bool(self._model),
                "profile": self._model or None,
                "url": settings.url or None,
                "version": self.version["version"] if self.version else None,
                "revision": self.version["revision"] if self.version else None,
                "edition": self.version["edition"] if self.version else None,
            },
            "level": settings.level.value,
            "complete": not self.partial,
            "partial": self.partial,
            "exit_code": self.exit_code,
            "why": self.why,
            "problems": list(self.problems),
            "notes": list(self.notes),
            "waivers": [_waiver(found) for found in self.waivers],
            "floor": sorted(self.floor),
            "checks": [_check(result) for result in sorted(self.checks, key=lambda result: result.check.id)],
            "clauses": [_clause(result, settings) for result in self.clauses],
            "probes": dict(self.probes),
        }


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")


def _check(result: CheckResult) -> dict[str, Any]:
    check, judgement = result.check, result.judgement
    return {
        "id": check.id,
        "title": check.title,
        "clauses": list(check.clauses),
        "facts": list(check.facts),
        "verdict": judgement.verdict.value,
        "reason": judgement.reason.value,
        "message": judgement.message,
        "vantage": check.vantage,
        "level": check.level,
        "builds_on": list(check.builds_on),
        "seconds": result.seconds,
        "observations": result.observations,
        "evidence": len(result.evidence),
    }


def _waiver(found: WaiverResult) -> dict[str, Any]:
    waiver = found.waiver
    return {
        "clause": waiver.clause or None,
        "check": waiver.check or None,
        "reason": waiver.reason,
        "ticket": waiver.ticket,
        "expires": waiver.expires.isoformat(),
        "state": found.state.value,
        "checks": list(found.checks),
    }


def _clause(result: ClauseResult, settings: Settings) -> dict[str, Any]:
    owner, fix = owner_and_fix(result.clause, settings)
    return {
        "id": result.clause.id,
        "section": result.clause.section,
        "force": result.clause.force.value,
        "says": result.clause.says,
        "owner": owner,
        "fix": fix,
        "verdict": result.verdict.value,
        "reason": result.judgement.reason.value,
        "checks": list(result.checks),
    }
