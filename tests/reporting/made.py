"""Runs to report on."""

from __future__ import annotations

from pathlib import Path

from artifactory_conformance.guide import clauses
from artifactory_conformance.reporting import RunResults
from artifactory_conformance.settings import resolve
from artifactory_conformance.verdicts import CheckInfo, CheckResult, Judgement, Reason, Verdict, fold_clauses

VERSION = {"version": "7.84.17", "revision": "78417900", "addons": ["a"], "edition": "Pro or above"}


def check(
    name: str,
    verdict: Verdict = Verdict.CONFORMANT,
    reason: Reason = Reason.NONE,
    message: str = "",
    *,
    clauses: tuple[str, ...] = ("REMOTE-01",),
    title: str = "It holds.",
    seconds: float = 0.25,
    observations: dict[str, object] | None = None,
    evidence: tuple[dict[str, object], ...] = (),
) -> CheckResult:
    info = CheckInfo(name, title, clauses, "client", "pull", ("remote.other",))
    return CheckResult(info, Judgement(verdict, reason, message), seconds, observations or {}, evidence)


def run_of(*checks: CheckResult, reports: Path = Path("reports"), **options: object) -> RunResults:
    known = {
        name: options.pop(name)
        for name in ("version", "problems", "notes", "exit_code", "why", "deselected", "waivers", "probes", "bundle")
        if name in options
    }
    settings = resolve({"reports": str(reports), **options}, {})
    return RunResults(
        run="a1b2c3",
        settings=settings,
        started=1_700_000_000.0,
        finished=1_700_000_001.5,
        version=known.get("version", VERSION),
        checks=checks,
        clauses=tuple(fold_clauses(clauses(), checks).values()),
        floor=frozenset({"REMOTE-01"}),
        exit_code=known.get("exit_code", 0),
        why=known.get("why", ""),
        problems=known.get("problems", ()),
        deselected=known.get("deselected", 0),
        notes=known.get("notes", ()),
        waivers=known.get("waivers", ()),
        probes=known.get("probes", {}),
        bundle=known.get("bundle", ""),
    )
