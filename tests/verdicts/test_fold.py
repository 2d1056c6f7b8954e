"""From checks to clauses: the worst counts, in whatever order; one cause is one red line."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.guide import Force
from artifactory_conformance.verdicts import Judgement, Reason, Verdict, block, fold_clauses, worst
from tests.verdicts.made import clause, result

CLAUSES = {"A-01": clause("A-01"), "A-02": clause("A-02", Force.SHOULD), "A-03": clause("A-03", contested="x")}
FAILURES = {Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE, Verdict.WARNING}
WORST_FIRST = [Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE, Verdict.BLOCKED, Verdict.WAIVED]
WORST_FIRST += [Verdict.WARNING, Verdict.CONFORMANT]


@pytest.mark.parametrize(("worse", "better"), list(itertools.combinations(WORST_FIRST, 2)))
def test_the_worse_of_two_verdicts_counts_in_either_order(worse: Verdict, better: Verdict):
    one, other = Judgement(worse), Judgement(better)
    assert worst([one, other]) == worst([other, one]) == one


@pytest.mark.parametrize("verdict", Verdict)
def test_a_pass_never_hides_another_verdict_that_was_given(verdict: Verdict):
    folded = worst([Judgement(Verdict.CONFORMANT), Judgement(verdict)]).verdict
    silent = {Verdict.NOT_RUN, Verdict.NOT_APPLICABLE, Verdict.OBSERVED}
    assert folded is (Verdict.CONFORMANT if verdict in silent else verdict)


def test_silence_is_no_judgement():
    with pytest.raises(ValueError, match="empty"):
        worst([])


@given(st.lists(st.sampled_from(Verdict), min_size=1, max_size=6))
def test_the_worst_is_one_of_them_and_folding_again_changes_nothing(verdicts: list[Verdict]):
    judgements = [Judgement(verdict) for verdict in verdicts]
    found = worst(judgements)
    assert found in judgements
    assert worst([found, found]) == found
    assert all(found.verdict.severity <= judgement.verdict.severity for judgement in judgements)


some_results = st.lists(
    st.tuples(
        st.sampled_from(Verdict),
        st.sampled_from([("A-01",), ("A-02",), ("A-03",), ("A-01", "A-02")]),
        st.sampled_from([Reason.NONE, Reason.NEEDS_PULL, Reason.NEEDS_MUTATE, Reason.BROKE]),
    ),
    max_size=6,
).map(lambda drawn: [result(f"c.{n}", v, *names, reason=r) for n, (v, names, r) in enumerate(drawn)])


@given(some_results, st.randoms(use_true_random=False))
def test_the_fold_does_not_depend_on_the_order_in_which_checks_ended(results, order: random.Random):
    shuffled = list(results)
    order.shuffle(shuffled)
    assert fold_clauses(CLAUSES, results) == fold_clauses(CLAUSES, shuffled)


@given(some_results)
def test_every_clause_gets_a_verdict_that_one_of_its_checks_has(results):
    for name, folded in fold_clauses(CLAUSES, results).items():
        own = {r.verdict for r in results if name in r.check.clauses}
        soft = {Verdict.WARNING if v is Verdict.NONCONFORMANT and CLAUSES[name].soft else v for v in own}
        assert folded.verdict in (soft or {Verdict.NOT_RUN})
        assert sorted(folded.checks) == sorted(r.check.id for r in results if name in r.check.clauses)


def test_one_failed_check_is_red_for_a_must_and_a_warning_for_a_recommendation():
    folded = fold_clauses(CLAUSES, [result("c.one", Verdict.NONCONFORMANT, "A-01", "A-02", "A-03")])
    assert [folded[name].verdict for name in CLAUSES] == [Verdict.NONCONFORMANT, Verdict.WARNING, Verdict.WARNING]


def test_a_soft_clause_does_not_soften_what_is_unknown():
    folded = fold_clauses(CLAUSES, [result("c.one", Verdict.INCONCLUSIVE, "A-02")])
    assert folded["A-02"].verdict is Verdict.INCONCLUSIVE


def test_a_clause_without_result_says_whether_a_check_exists():
    folded = fold_clauses(CLAUSES, [], without_check=frozenset({"A-02"}))
    assert folded["A-01"].judgement.reason is Reason.NOT_SELECTED
    assert folded["A-02"].judgement.reason is Reason.NO_CHECK
    assert {c.verdict for c in folded.values()} == {Verdict.NOT_RUN}


# ---------------------------------------------------------------- blocked


def blocked(*results):
    return block({r.check.id: r for r in results})


@pytest.mark.parametrize(("base", "check"), list(itertools.product(Verdict, Verdict)))
def test_a_check_is_blocked_only_if_it_failed_and_its_base_failed(base: Verdict, check: Verdict):
    found = blocked(result("b", base), result("c", check, builds_on=("b",)))
    warning = base is Verdict.WARNING and check is not Verdict.WARNING  # a warning explains nothing worse
    stopped = check in FAILURES and base in FAILURES and not warning
    assert found["c"].verdict is (Verdict.BLOCKED if stopped else check)
    assert found["b"].verdict is base


def test_the_blocked_one_names_the_root_and_not_the_next_one():
    bad = Verdict.NONCONFORMANT
    found = blocked(result("a", bad), result("b", bad, builds_on=("a",)), result("c", bad, builds_on=("b",)))
    assert [found[name].verdict for name in "abc"] == [bad, Verdict.BLOCKED, Verdict.BLOCKED]
    assert found["c"].judgement.message == "see a"


def test_a_base_that_passed_in_between_breaks_the_chain():
    bad = Verdict.NONCONFORMANT
    found = blocked(
        result("a", bad), result("b", Verdict.CONFORMANT, builds_on=("a",)), result("c", bad, builds_on=("b",))
    )
    assert found["c"].verdict is bad


def test_a_base_that_was_not_selected_blocks_nothing():
    assert blocked(result("c", Verdict.NONCONFORMANT, builds_on=("b",)))["c"].verdict is Verdict.NONCONFORMANT


@pytest.mark.parametrize("reason", [Reason.TARGET_LOST, Reason.VERSION_UNCLEAR])
def test_a_check_that_never_came_to_its_subject_keeps_that_reason(reason: Reason):
    lost = result("c", Verdict.INCONCLUSIVE, builds_on=("b",), reason=reason)
    assert blocked(result("b", Verdict.NONCONFORMANT), lost)["c"] == lost


@pytest.mark.parametrize("circle", [1, 2, 3, 7])
def test_checks_that_build_on_each_other_in_a_circle_hide_nothing(circle: int):
    bad = Verdict.NONCONFORMANT
    found = blocked(*(result(f"c{n}", bad, builds_on=(f"c{(n + 1) % circle}",)) for n in range(circle)))
    assert {r.verdict for r in found.values()} == {bad}


def test_a_circle_with_a_failed_base_outside_has_that_as_its_cause():
    bad = Verdict.NONCONFORMANT
    found = blocked(result("r", bad), result("a", bad, builds_on=("b",)), result("b", bad, builds_on=("a", "r")))
    assert found["a"].judgement.message == found["b"].judgement.message == "see r"
    assert found["r"].verdict is bad


def test_a_wide_and_deep_net_of_bases_is_walked_once():
    layers = [[f"l{depth}-{n}" for n in range(6)] for depth in range(30)]
    results = [result(name, Verdict.NONCONFORMANT) for name in layers[0]]
    for above, below in itertools.pairwise(layers):
        results += [result(name, Verdict.NONCONFORMANT, builds_on=tuple(above)) for name in below]
    found = blocked(*results)
    assert sum(r.verdict is Verdict.BLOCKED for r in found.values()) == 29 * 6


nets = st.lists(
    st.tuples(st.sampled_from(Verdict), st.lists(st.integers(0, 6), max_size=3)), min_size=1, max_size=7
).map(lambda drawn: [result(f"c{n}", v, builds_on=tuple(f"c{b}" for b in bases)) for n, (v, bases) in enumerate(drawn)])


@given(nets)
def test_blocking_ends_is_idempotent_and_leaves_a_red_line_for_every_blocked_one(results):
    before = {r.check.id: r for r in results}
    after = block(before)
    assert after.keys() == before.keys()
    for name, found in after.items():
        if found != before[name]:
            root = after[found.judgement.message.removeprefix("see ")]
            assert before[name].verdict in FAILURES
            assert root.verdict in FAILURES
            assert root == before[root.check.id]
    assert block(after) == after


@given(nets)
def test_blocking_never_makes_a_run_clean(results):
    before = {r.check.id: r for r in results}
    red = {Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE}
    if any(r.verdict in red for r in before.values()):
        assert any(r.verdict in red for r in block(before).values())
