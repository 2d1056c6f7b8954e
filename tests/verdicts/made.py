"""Short ways to write down results of checks and clauses."""

from __future__ import annotations

from artifactory_conformance.guide import Clause, Force
from artifactory_conformance.verdicts import CheckInfo, CheckResult, ClauseResult, Judgement, Reason, Verdict


def result(
    check: str,
    verdict: Verdict,
    *clauses: str,
    builds_on: tuple[str, ...] = (),
    reason: Reason = Reason.NONE,
    message: str = "",
) -> CheckResult:
    return CheckResult(CheckInfo(check, check, clauses, builds_on=builds_on), Judgement(verdict, reason, message))


def clause(name: str, force: Force = Force.MUST, contested: str = "") -> Clause:
    return Clause(name, "1", force, "administrator", "says", "fix", contested=contested)


def clause_result(name: str, verdict: Verdict) -> ClauseResult:
    return ClauseResult(clause(name), Judgement(verdict))
