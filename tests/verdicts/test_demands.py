"""Of several checks that were not run, the clause tells what is easiest to give, whichever of them comes first."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.verdicts import Reason, Verdict, fold_clauses
from artifactory_conformance.verdicts.demands import MalformedDemands, demands, read_demands
from tests.verdicts.made import clause, result

CLAUSES = {"A-01": clause("A-01")}
LACKING = [reason for reason in Reason if reason.value.startswith("needs-")]


def told(*reasons: Reason) -> Reason:
    """Fold checks that were not run for these reasons, and give the one that their clause shows."""
    not_run = [result(f"c.{n}", Verdict.NOT_RUN, "A-01", reason=reason) for n, reason in enumerate(reasons)]
    return fold_clauses(CLAUSES, not_run)["A-01"].judgement.reason


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        (Reason.NEEDS_USER, Reason.NEEDS_ADMIN),
        (Reason.NEEDS_ADMIN, Reason.NEEDS_MUTATE),
        (Reason.NEEDS_PULL, Reason.NEEDS_MUTATE),
        (Reason.NEEDS_VIRTUAL, Reason.NEEDS_PULL),
        (Reason.NEEDS_MUTATE, Reason.NEEDS_CATALOG),
        (Reason.NEEDS_CATALOG, Reason.NEEDS_CLOCK),
    ],
)
def test_the_easier_of_two_is_told(easier: Reason, harder: Reason):
    assert told(easier, harder) is told(harder, easier) is easier


@given(st.lists(st.sampled_from(LACKING), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_what_is_told_does_not_depend_on_the_order_of_the_checks(reasons: list[Reason], order: random.Random):
    shuffled = list(reasons)
    order.shuffle(shuffled)
    assert told(*shuffled) is told(*reasons)
    assert told(*reasons) in reasons


@given(st.lists(st.sampled_from(LACKING), min_size=1, max_size=8), st.sampled_from(LACKING))
def test_one_more_check_never_makes_it_harder(reasons: list[Reason], another: Reason):
    assert demands().index(told(*reasons, another)) <= demands().index(told(*reasons))


@given(st.lists(st.sampled_from(LACKING), min_size=1, max_size=8))
def test_a_check_that_ran_counts_before_all_that_did_not(reasons: list[Reason]):
    not_run = [result(f"c.{n}", Verdict.NOT_RUN, "A-01", reason=reason) for n, reason in enumerate(reasons)]
    folded = fold_clauses(CLAUSES, [*not_run, result("c.ran", Verdict.CONFORMANT, "A-01")])
    assert folded["A-01"].verdict is Verdict.CONFORMANT


def test_everything_that_a_run_can_lack_has_a_place():
    assert sorted(demands()) == sorted(LACKING)


WRITTEN = {reason.value: "why it is there" for reason in LACKING}


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({**WRITTEN, "needs-luck": "who does not"}, "needs-luck"),
        ({name: why for name, why in WRITTEN.items() if name != "needs-user"}, "needs-user"),
        ({**WRITTEN, "needs-pull": ""}, "without a reason: needs-pull"),
        ({**WRITTEN, "needs-pull": " "}, "without a reason: needs-pull"),
    ],
)
def test_an_order_with_a_gap_or_without_a_reason_is_refused(data: dict[str, str], named: str):
    with pytest.raises(MalformedDemands, match=named):
        read_demands("\n".join(f'{name}: "{why}"' for name, why in data.items()))


@pytest.mark.parametrize("text", ["", "- needs-user", "needs-user: ["])
def test_what_is_no_order_is_refused(text: str):
    with pytest.raises(MalformedDemands):
        read_demands(text)
