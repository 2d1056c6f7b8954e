"""From what happened in one check to its verdict: one pure function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from artifactory_conformance.verdicts.model import Judgement, Reason, Verdict


class OutcomeKind(str, Enum):
    """How a phase of a check (set-up, call, clean-up) ended."""

    PASSED = "passed"
    CLAIM_FAILED = "claim-failed"  # an assertion of the check itself
    CONTROL_FAILED = "control-failed"  # anything inside `control(...)`
    BROKE = "broke"  # any other exception: a factory, a wait, the network
    TIMED_OUT = "timed-out"
    GATED = "gated"  # the plugin did not let it run; the reason says why
    NOT_APPLICABLE = "not-applicable"
    SKIPPED = "skipped"  # a skip that nobody declared
    XFAILED = "xfailed"
    TARGET_LOST = "target-lost"  # found dead or changed before the check began
    BUDGET_USED_UP = "budget-used-up"  # the run may ask for nothing more
    VERSION_UNCLEAR = "version-unclear"  # nobody can say whether the check is about this version


@dataclass(frozen=True)
class Outcome:
    """How one phase ended, with a readable line and, for a gated one, the reason."""

    kind: OutcomeKind
    message: str = ""
    reason: Reason = Reason.NONE


@dataclass(frozen=True)
class Attempt:
    """One execution of one check: its phases as far as they came, and what was counted meanwhile."""

    setup: Outcome | None = None
    call: Outcome | None = None
    teardown: Outcome | None = None
    exchanges: int = 0
    assertions: int = 0
    observations: Mapping[str, Any] = field(default_factory=dict)
    finished: float = 0.0
    process: str = ""


@dataclass(frozen=True)
class Pulse:
    """What one process knows of its target: when it was last seen well, and what was wrong since, if anything.

    Times are seconds since the epoch.
    """

    last_good: float
    problem: str = ""


_FAILED = {
    OutcomeKind.CONTROL_FAILED: Reason.CONTROL_FAILED,
    OutcomeKind.BROKE: Reason.BROKE,
    OutcomeKind.TIMED_OUT: Reason.TIMED_OUT,
    OutcomeKind.SKIPPED: Reason.UNDECLARED_SKIP,
    OutcomeKind.XFAILED: Reason.XFAIL,
    OutcomeKind.TARGET_LOST: Reason.TARGET_LOST,
    OutcomeKind.VERSION_UNCLEAR: Reason.VERSION_UNCLEAR,
    OutcomeKind.BUDGET_USED_UP: Reason.BUDGET_USED_UP,
}
_TELL_OF_SET_UP = frozenset(
    {OutcomeKind.TARGET_LOST, OutcomeKind.VERSION_UNCLEAR, OutcomeKind.SKIPPED, OutcomeKind.XFAILED}
    | {OutcomeKind.TIMED_OUT, OutcomeKind.BUDGET_USED_UP}
)
"""How a set-up ends that says more than that it failed."""


def judge(attempt: Attempt, *, soft: bool, observes: bool, pulse: Pulse | None) -> Judgement:
    """Give the verdict of one attempt.

    soft: every clause of the check is a recommendation or contested, so a failed claim is a warning.
    observes: the check records values instead of asserting.
    pulse: what the attempt's process knew of the target at its end; None while it is still running.
    """
    found = _judge_phases(attempt, soft=soft, observes=observes)
    if pulse is not None and found.verdict.rests_on_target and attempt.finished > pulse.last_good:
        if pulse.problem:
            return Judgement(Verdict.INCONCLUSIVE, Reason.TARGET_LOST, pulse.problem)
        early = "the run ended before it was seen that the target was still there after this check"
        return Judgement(Verdict.INCONCLUSIVE, Reason.NOT_CONFIRMED, early)
    return found


def _judge_phases(attempt: Attempt, *, soft: bool, observes: bool) -> Judgement:
    setup, call, teardown = attempt.setup, attempt.call, attempt.teardown
    if setup is not None and setup.kind is OutcomeKind.GATED:
        return Judgement(Verdict.NOT_RUN, setup.reason, setup.message)
    if setup is not None and setup.kind is OutcomeKind.NOT_APPLICABLE:
        return Judgement(Verdict.NOT_APPLICABLE, setup.reason, setup.message)
    if setup is None:
        return Judgement(
            Verdict.INCONCLUSIVE, Reason.CRASHED, "the process that ran it ended before its set-up was done"
        )
    if setup.kind is not OutcomeKind.PASSED:
        reason = _FAILED[setup.kind] if setup.kind in _TELL_OF_SET_UP else Reason.SET_UP_FAILED
        return Judgement(Verdict.INCONCLUSIVE, reason, setup.message)
    if call is None:
        return Judgement(Verdict.INCONCLUSIVE, Reason.CRASHED, "the process that ran it ended before the check did")
    if call.kind in _FAILED:
        return Judgement(Verdict.INCONCLUSIVE, _FAILED[call.kind], call.message)
    if call.kind not in {OutcomeKind.PASSED, OutcomeKind.CLAIM_FAILED}:
        return Judgement(Verdict.INCONCLUSIVE, Reason.BROKE, call.message)
    if attempt.exchanges == 0:
        return Judgement(Verdict.INCONCLUSIVE, Reason.NO_EVIDENCE, "it never exchanged anything with the target")
    if call.kind is OutcomeKind.CLAIM_FAILED:
        verdict = Verdict.WARNING if soft else Verdict.NONCONFORMANT
        return Judgement(verdict, Reason.CLAIM_FAILED, call.message)
    return _judge_passed(attempt, teardown, observes=observes)


def _judge_passed(attempt: Attempt, teardown: Outcome | None, *, observes: bool) -> Judgement:
    if teardown is None:
        return Judgement(
            Verdict.INCONCLUSIVE, Reason.CRASHED, "the process that ran it ended before its clean-up was done"
        )
    if teardown.kind is not OutcomeKind.PASSED:
        return Judgement(Verdict.INCONCLUSIVE, Reason.CLEAN_UP_FAILED, teardown.message)
    if observes:
        if not attempt.observations:
            return Judgement(Verdict.INCONCLUSIVE, Reason.NO_OBSERVATION, "it recorded no value")
        return Judgement(Verdict.OBSERVED)
    if attempt.assertions == 0:
        return Judgement(Verdict.INCONCLUSIVE, Reason.NO_ASSERTION, "no assertion of its own was executed")
    return Judgement(Verdict.CONFORMANT)
