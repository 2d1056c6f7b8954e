"""Who has to do what: in the guide's words at an Artifactory, in general terms at an index, which need not be one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from artifactory_conformance.guide import Clause
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.verdicts import CheckResult, ClauseResult, ExitCode, Reason, Verdict

OPERATOR = "operator"
"""Who runs an index, whatever it is."""

AT_AN_INDEX = "Compare what the index answers with what its catalog has; evidence.jsonl has the exchanges of the check."
"""The guide's advice is made of the settings of an Artifactory, and whoever runs another index has none of them."""


def owner_and_fix(clause: Clause, settings: Settings) -> tuple[str, str]:
    """Say who acts when a clause does not hold, and what is to be done."""
    return (OPERATOR, AT_AN_INDEX) if settings.target is TargetKind.INDEX else (clause.owner, clause.fix)


def next_step(code: int, checks: Collection[CheckResult], settings: Settings) -> str:
    """Say what to do about the end of a run; empty where that is told already, or there is nothing."""
    if any(check.judgement.reason is Reason.TARGET_LOST for check in checks):
        return (
            f"see that {settings.url or 'the target'} runs, is reached from here, and is what you mean; then run again"
        )
    shown = {Verdict.NONCONFORMANT, Verdict.WARNING, Verdict.WAIVED, Verdict.INCONCLUSIVE}
    found = shown & {check.verdict for check in checks}
    if code in {ExitCode.NONCONFORMANT, ExitCode.NOT_SHOWN} and found:
        return f"see what was found above; the exchanges are in {settings.reports / 'evidence.jsonl'}"
    if code == ExitCode.NOT_SHOWN:
        return "give what the lines above name, or leave out no check"
    return ""


_LICENSED = {
    TargetKind.CONTAINER: "start an image of Pro, with ARTIFACTORY_LICENSE or --artifactory-license",
    TargetKind.INSTANCE: "give it a licence of Pro or above, or run against an instance that has one",
    TargetKind.EMBEDDED: "play another profile by --model-profile",
}


def what_a_licence_adds(
    checks: Collection[CheckResult],
    clauses: Collection[ClauseResult],
    version: Mapping[str, Any] | None,
    settings: Settings,
) -> str:
    """Say what a free edition leaves out, and how to have it; empty where the edition has everything."""
    if version is None or version.get("serves_pypi", True):
        return ""
    lacking = sum(found.judgement.reason is Reason.EDITION for found in checks)
    unjudged = sum(found.judgement.reason is Reason.EDITION for found in clauses)
    if not lacking:
        return ""
    adds = f"{_counted(lacking, 'check')}, and verdicts on {_counted(unjudged, 'clause')}"
    return f"a licence would add {adds}: {_LICENSED[settings.target]}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
