"""From verdicts of checks to verdicts of clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from artifactory_conformance.guide import Clause
from artifactory_conformance.verdicts.demands import effort
from artifactory_conformance.verdicts.model import CheckResult, Judgement, Reason, Verdict


@dataclass(frozen=True)
class ClauseResult:
    """What became of one clause, and the checks that it comes from."""

    clause: Clause
    judgement: Judgement
    checks: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict alone."""
        return self.judgement.verdict


def worst(judgements: Iterable[Judgement]) -> Judgement:
    """Give the one that counts: the worst, of those that were not run the least demanding, of equals the first.

    Raises ValueError when there is none: silence is not a judgement.
    """
    return min(judgements, key=_rank)


def _rank(judgement: Judgement) -> tuple[int, int]:
    return judgement.verdict.severity, effort(judgement.reason) if judgement.verdict is Verdict.NOT_RUN else 0


_STOPS_OTHERS = {Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE}
_SAY_WHY_THEMSELVES = {Reason.TARGET_LOST, Reason.VERSION_UNCLEAR, Reason.NOT_CONFIRMED, Reason.NEVER_RAN}
_CAN_BE_BLOCKED = {Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE, Verdict.WARNING}


def _failed_bases(result: CheckResult, results: Mapping[str, CheckResult]) -> list[CheckResult]:
    bases = (results[base] for base in result.check.builds_on if base in results and base != result.check.id)
    # A warning explains another warning, never something worse: that would turn a failure into a clean run.
    stops = _STOPS_OTHERS | ({Verdict.WARNING} if result.verdict is Verdict.WARNING else set())
    return [base for base in bases if base.verdict in stops]


def _root(result: CheckResult, results: Mapping[str, CheckResult], seen: set[str]) -> str | None:
    """Name the failed check at the root of what this one builds on, or None.

    A root builds on nothing that failed, so it stays red itself: checks that build on each other in a circle have
    none, and none of them is hidden behind another.
    """
    for base in _failed_bases(result, results):
        if base.check.id in seen:
            continue
        seen.add(base.check.id)
        if not _failed_bases(base, results):
            return base.check.id
        if root := _root(base, results, seen):
            return root
    return None


def block(results: Mapping[str, CheckResult]) -> dict[str, CheckResult]:
    """Turn failures that have their cause in another check's failure into `blocked`: one cause, one red line."""
    blocked: dict[str, CheckResult] = {}
    for check, result in results.items():
        cause = None
        if result.verdict in _CAN_BE_BLOCKED and result.judgement.reason not in _SAY_WHY_THEMSELVES:
            cause = _root(result, results, {check})
        judgement = Judgement(Verdict.BLOCKED, Reason.BUILDS_ON_FAILED, f"see {cause}")
        blocked[check] = replace(result, judgement=judgement) if cause else result
    return blocked


def _seen_from(clause: Clause, judgement: Judgement) -> Judgement:
    """A check may hold to several clauses: what is a failure for one is a warning for a recommendation."""
    if clause.soft and judgement.verdict is Verdict.NONCONFORMANT:
        return replace(judgement, verdict=Verdict.WARNING)
    return judgement


def fold_clauses(
    clauses: Mapping[str, Clause], results: Iterable[CheckResult], *, without_check: frozenset[str] = frozenset()
) -> dict[str, ClauseResult]:
    """Give every clause its verdict: the worst of its checks.

    without_check: ids of clauses that no check of this version looks at; of any other without a result the check was
    left out of the run, or was not reached when some check never ran.
    """
    results = list(results)
    early = any(result.judgement.reason is Reason.NEVER_RAN and not result.check.clauses for result in results)
    found: dict[str, list[CheckResult]] = {name: [] for name in clauses}
    for result in sorted(results, key=lambda result: result.check.id):  # whatever order the processes ended in
        for name in result.check.clauses:
            found[name].append(result)
    folded = {}
    for name, clause in clauses.items():
        if found[name]:
            judgement = worst(_seen_from(clause, result.judgement) for result in found[name])
        elif name in without_check:
            judgement = Judgement(Verdict.NOT_RUN, Reason.NO_CHECK, "this version of the suite has no check of it")
        elif early:
            judgement = Judgement(Verdict.NOT_RUN, Reason.NEVER_RAN, "the run ended before any check of it")
        else:
            judgement = Judgement(Verdict.NOT_RUN, Reason.NOT_SELECTED, "no check of it was selected")
        folded[name] = ClauseResult(clause, judgement, tuple(result.check.id for result in found[name]))
    return folded
