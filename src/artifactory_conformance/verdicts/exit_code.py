"""From everything that a run found to its exit code."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import IntEnum

from artifactory_conformance.verdicts.fold import ClauseResult
from artifactory_conformance.verdicts.model import CheckResult, Reason, Verdict


class ExitCode(IntEnum):
    """What a run ends with; 2, 3 and 5 are pytest's own and never replaced."""

    CLEAN = 0
    NONCONFORMANT = 1
    INTERRUPTED = 2
    INTERNAL_ERROR = 3
    MALFORMED_SETTINGS = 4
    NOTHING_COLLECTED = 5
    NOT_SHOWN = 6  # nothing nonconformant, but the floor is not met or something is inconclusive


def exit_code(
    pytest_status: int,
    checks: Iterable[CheckResult],
    clauses: Iterable[ClauseResult],
    floor: Collection[str],
    *,
    fail_on_warning: bool = False,
    problems: Collection[str] = (),
    other_failures: bool = False,
    collection_errors: bool = False,
) -> tuple[int, str]:
    """Give the exit code and one line that says why it is not 0 (empty for 0).

    pytest_status: what pytest itself would end with.
    floor: ids of the clauses that must have a verdict.
    problems: what was wrong with the run as a whole (target lost, a secret in the output).
    other_failures: something failed that is no check of ours.
    collection_errors: something could not be collected, for which pytest itself says 1 when it runs the rest.
    """
    if collection_errors and pytest_status in (ExitCode.CLEAN, ExitCode.NONCONFORMANT, ExitCode.INTERRUPTED):
        return ExitCode.INTERRUPTED, "something could not be collected"
    if pytest_status not in (ExitCode.CLEAN, ExitCode.NONCONFORMANT):
        return pytest_status, ""
    results, folded = list(checks), list(clauses)
    failing = {Verdict.NONCONFORMANT} | ({Verdict.WARNING} if fail_on_warning else set())
    if failed := [r.check for r in results if r.verdict in failing]:
        what = "as the guide says" if any(check.clauses for check in failed) else "what clients rely on"
        return ExitCode.NONCONFORMANT, f"not {what}: {_names([check.id for check in failed])}"
    if other_failures:
        return ExitCode.NONCONFORMANT, "something failed that is no check"
    if problems:
        return ExitCode.NOT_SHOWN, "; ".join(problems)
    unknown = {Verdict.INCONCLUSIVE, Verdict.BLOCKED}
    if unclear := [r.check.id for r in results if r.verdict in unknown]:
        return ExitCode.NOT_SHOWN, f"not shown either way: {_names(unclear)}"
    if silence := _silence(folded, floor):
        return ExitCode.NOT_SHOWN, silence
    accounted = {Verdict.WARNING, Verdict.WAIVED}
    if pytest_status != ExitCode.CLEAN and not any(r.verdict in accounted for r in results):
        return ExitCode.NONCONFORMANT, "pytest reports a failure that no check accounts for"
    return ExitCode.CLEAN, ""


def _silence(folded: Collection[ClauseResult], floor: Collection[str]) -> str:
    """Say on what there is no verdict although there has to be one; empty if there is nothing."""
    judged = {c.clause.id for c in folded if c.verdict.says_something}
    missing = sorted(set(floor) - judged)
    if by_edition := [c.clause.id for c in folded if c.clause.id in missing and c.judgement.reason is Reason.EDITION]:
        return f"PyPI not shown: edition (so there is no verdict on {_names(by_edition)})"
    if waived := [c.clause.id for c in folded if c.clause.id in missing and c.verdict is Verdict.WAIVED]:
        return f"waived, which is no evidence, although a run like this must show it: {_names(waived)}"
    if missing:
        return f"no verdict on what a run like this must show: {_names(missing)}"
    return "" if judged else "no clause has a verdict"


def _names(names: list[str], shown: int = 4) -> str:
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more
