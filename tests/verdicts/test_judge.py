"""One attempt to one verdict: the whole product of small domains, against rules that are stated independently."""

from __future__ import annotations

import itertools

import pytest

from artifactory_conformance.verdicts import Attempt, Outcome, OutcomeKind, Pulse, Reason, Verdict, judge

PHASES = (None, *(Outcome(kind, f"seen {kind.value}", Reason.NEEDS_PULL) for kind in OutcomeKind))
ENDS = (OutcomeKind.PASSED, OutcomeKind.BROKE, OutcomeKind.CLAIM_FAILED)
CLEAN_UPS = (None, *(Outcome(kind, "seen") for kind in ENDS))
PULSES = (
    None,
    Pulse(20.0),
    Pulse(10.0),
    Pulse(9.0),
    Pulse(9.0, "refused"),
    Pulse(0.0, "never there"),
)
ENDED = 10.0
JUDGED = {Verdict.CONFORMANT, Verdict.NONCONFORMANT, Verdict.WARNING, Verdict.OBSERVED}


def kind(phase: Outcome | None) -> OutcomeKind | None:
    return phase.kind if phase else None


EVERYTHING = [
    (
        Attempt(setup, call, teardown, exchanges, assertions, {"seen": 1} if observed else {}, ENDED, "main"),
        soft,
        observes,
        pulse,
    )
    for setup, call, teardown in itertools.product(PHASES, PHASES, CLEAN_UPS)
    for exchanges, assertions, observed, soft, observes in itertools.product(
        (0, 2), (0, 1), (False, True), (False, True), (False, True)
    )
    for pulse in PULSES
]


@pytest.fixture(scope="module")
def judged():
    return [(case, judge(case[0], soft=case[1], observes=case[2], pulse=case[3])) for case in EVERYTHING]


def rows(judged, *verdicts: Verdict):
    found = [(case, judgement) for case, judgement in judged if judgement.verdict in verdicts]
    assert found, "a rule about nothing proves nothing"
    return found


def test_conformant_needs_three_good_phases_an_exchange_and_an_assertion(judged):
    for (attempt, _, observes, _), _ in rows(judged, Verdict.CONFORMANT):
        assert [kind(p) for p in (attempt.setup, attempt.call, attempt.teardown)] == [OutcomeKind.PASSED] * 3
        assert attempt.exchanges
        assert attempt.assertions
        assert not observes


def test_nonconformant_comes_from_nothing_but_a_failed_claim_with_evidence(judged):
    for (attempt, soft, _, _), judgement in rows(judged, Verdict.NONCONFORMANT):
        assert kind(attempt.setup) is OutcomeKind.PASSED
        assert kind(attempt.call) is OutcomeKind.CLAIM_FAILED
        assert attempt.exchanges
        assert not soft
        assert judgement.reason is Reason.CLAIM_FAILED


def test_warning_is_what_nonconformant_is_for_a_soft_check(judged):
    hard = {(attempt, observes, pulse) for (attempt, _, observes, pulse), _ in _hashable(judged, Verdict.NONCONFORMANT)}
    soft = {(attempt, observes, pulse) for (attempt, _, observes, pulse), _ in _hashable(judged, Verdict.WARNING)}
    assert hard == soft


def _hashable(judged, verdict: Verdict):
    for (attempt, soft, observes, pulse), judgement in rows(judged, verdict):
        yield (repr(attempt), soft, observes, pulse), judgement


def test_observed_needs_a_value_and_an_exchange_and_a_check_that_observes(judged):
    for (attempt, _, observes, _), _ in rows(judged, Verdict.OBSERVED):
        assert observes
        assert attempt.observations
        assert attempt.exchanges
        assert [kind(p) for p in (attempt.setup, attempt.call, attempt.teardown)] == [OutcomeKind.PASSED] * 3


def test_only_the_set_up_can_say_that_a_check_does_not_run_or_apply(judged):
    for (attempt, *_), judgement in rows(judged, Verdict.NOT_RUN):
        assert kind(attempt.setup) is OutcomeKind.GATED
        assert judgement.reason is Reason.NEEDS_PULL
    for (attempt, *_), _ in rows(judged, Verdict.NOT_APPLICABLE):
        assert kind(attempt.setup) is OutcomeKind.NOT_APPLICABLE


def test_a_single_attempt_is_never_blocked(judged):
    assert Verdict.BLOCKED not in {judgement.verdict for _, judgement in judged}


def test_what_rests_on_the_target_needs_a_good_pulse_after_its_end(judged):
    for (attempt, _, _, pulse), _ in rows(judged, *JUDGED):
        assert pulse is None or pulse.last_good >= attempt.finished


def test_without_a_good_pulse_the_target_is_lost_and_the_pulse_says_why(judged):
    lost = [
        (case, judgement)
        for case, judgement in judged
        if case[3] is not None
        and case[3].last_good < ENDED
        and judge(case[0], soft=case[1], observes=case[2], pulse=None).verdict in JUDGED
    ]
    assert lost
    for (_, _, _, pulse), judgement in lost:
        reason = Reason.TARGET_LOST if pulse.problem else Reason.NOT_CONFIRMED
        assert (judgement.verdict, judgement.reason) == (Verdict.INCONCLUSIVE, reason)
        assert pulse.problem in judgement.message
        assert judgement.message


def test_a_good_pulse_changes_nothing(judged):
    for (attempt, soft, observes, pulse), judgement in judged:
        if pulse is None or pulse.last_good >= ENDED:
            assert judgement == judge(attempt, soft=soft, observes=observes, pulse=None)


def test_every_inconclusive_verdict_has_a_reason_of_its_own(judged):
    plain = {Reason.NONE, Reason.CLAIM_FAILED, Reason.NEEDS_PULL, Reason.BUILDS_ON_FAILED}
    for _, judgement in rows(judged, Verdict.INCONCLUSIVE):
        assert judgement.reason not in plain
        assert judgement.message


def test_a_failure_outside_the_claim_is_inconclusive_whatever_was_counted(judged):
    outside = set(OutcomeKind) - {OutcomeKind.PASSED, OutcomeKind.CLAIM_FAILED}
    seen = {
        judgement.verdict
        for (attempt, *_), judgement in judged
        if kind(attempt.setup) is OutcomeKind.PASSED and kind(attempt.call) in outside
    }
    assert seen == {Verdict.INCONCLUSIVE}


@pytest.mark.parametrize(
    ("setup", "call", "reason"),
    [
        (OutcomeKind.CLAIM_FAILED, None, Reason.SET_UP_FAILED),
        (OutcomeKind.CONTROL_FAILED, None, Reason.SET_UP_FAILED),
        (OutcomeKind.BROKE, None, Reason.SET_UP_FAILED),
        (OutcomeKind.TIMED_OUT, None, Reason.TIMED_OUT),
        (OutcomeKind.SKIPPED, None, Reason.UNDECLARED_SKIP),
        (OutcomeKind.XFAILED, None, Reason.XFAIL),
        (OutcomeKind.TARGET_LOST, None, Reason.TARGET_LOST),
        (OutcomeKind.VERSION_UNCLEAR, None, Reason.VERSION_UNCLEAR),
        (OutcomeKind.PASSED, None, Reason.CRASHED),
        (OutcomeKind.PASSED, OutcomeKind.CONTROL_FAILED, Reason.CONTROL_FAILED),
        (OutcomeKind.PASSED, OutcomeKind.BROKE, Reason.BROKE),
        (OutcomeKind.PASSED, OutcomeKind.TIMED_OUT, Reason.TIMED_OUT),
        (OutcomeKind.PASSED, OutcomeKind.SKIPPED, Reason.UNDECLARED_SKIP),
        (OutcomeKind.PASSED, OutcomeKind.XFAILED, Reason.XFAIL),
        (OutcomeKind.PASSED, OutcomeKind.TARGET_LOST, Reason.TARGET_LOST),
        (OutcomeKind.PASSED, OutcomeKind.GATED, Reason.BROKE),
        (OutcomeKind.PASSED, OutcomeKind.NOT_APPLICABLE, Reason.BROKE),
    ],
)
def test_the_reason_names_what_failed(setup: OutcomeKind, call: OutcomeKind | None, reason: Reason):
    attempt = Attempt(Outcome(setup, "why"), Outcome(call, "why") if call else None, exchanges=1, assertions=1)
    assert judge(attempt, soft=False, observes=False, pulse=None).reason is reason


PASSED = Outcome(OutcomeKind.PASSED)


@pytest.mark.parametrize(
    ("attempt", "observes", "reason"),
    [
        (Attempt(), False, Reason.CRASHED),
        (Attempt(PASSED, PASSED, PASSED, 0, 1), False, Reason.NO_EVIDENCE),
        (Attempt(PASSED, Outcome(OutcomeKind.CLAIM_FAILED), PASSED, 0, 1), False, Reason.NO_EVIDENCE),
        (Attempt(PASSED, PASSED, PASSED, 1, 0), False, Reason.NO_ASSERTION),
        (Attempt(PASSED, PASSED, PASSED, 1, 1), True, Reason.NO_OBSERVATION),
        (Attempt(PASSED, PASSED, Outcome(OutcomeKind.BROKE, "left"), 1, 1), False, Reason.CLEAN_UP_FAILED),
        (Attempt(PASSED, PASSED, None, 1, 1), False, Reason.CRASHED),
    ],
)
def test_a_pass_that_lacks_something_is_inconclusive_and_says_what(attempt: Attempt, observes: bool, reason: Reason):
    judgement = judge(attempt, soft=False, observes=observes, pulse=None)
    assert (judgement.verdict, judgement.reason) == (Verdict.INCONCLUSIVE, reason)


def test_a_failed_claim_stands_although_the_clean_up_failed_too():
    failed = Outcome(OutcomeKind.CLAIM_FAILED, "no")
    for teardown in (None, PASSED, Outcome(OutcomeKind.BROKE)):
        attempt = Attempt(PASSED, failed, teardown, exchanges=1)
        assert judge(attempt, soft=False, observes=False, pulse=None).verdict is Verdict.NONCONFORMANT
