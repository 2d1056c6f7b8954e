"""The exit code: 0 only if everything that had to be shown is shown."""

from __future__ import annotations

import itertools

import pytest

from artifactory_conformance.verdicts import ExitCode, Verdict, exit_code
from tests.verdicts.made import clause_result, result

FOLDED_FROM = [
    combination for size in range(3) for combination in itertools.combinations_with_replacement(list(Verdict), size)
]
EVERYTHING = list(
    itertools.product(
        (0, 1, 2, 3, 4, 5, 6, 9, 130),
        FOLDED_FROM,
        ((), ("A-00",), ("A-00", "A-01"), ("Z-99",)),
        (False, True),  # fail_on_warning
        ((), ("target lost",)),
        (False, True),  # other_failures
    )
)


def decide(case) -> tuple[int, str]:
    status, verdicts, floor, fail_on_warning, problems, other = case
    return exit_code(
        status,
        [result(f"c.{n}", verdict, f"A-0{n}") for n, verdict in enumerate(verdicts)],
        [clause_result(f"A-0{n}", verdict) for n, verdict in enumerate(verdicts)],
        set(floor),
        fail_on_warning=fail_on_warning,
        problems=problems,
        other_failures=other,
    )


@pytest.fixture(scope="module")
def decided():
    return [(case, *decide(case)) for case in EVERYTHING]


def test_what_pytest_ends_with_of_its_own_is_never_replaced(decided):
    for (status, *_), code, why in decided:
        if status not in {0, 1}:
            assert (code, why) == (status, "")


def test_of_its_own_it_gives_0_1_or_6(decided):
    assert {code for (status, *_), code, _ in decided if status in {0, 1}} == {0, 1, 6}


def test_only_0_has_nothing_to_say(decided):
    for (status, *_), code, why in decided:
        if status in {0, 1}:
            assert bool(why) == (code != 0)
            assert "\n" not in why


def test_clean_means_that_nothing_is_wrong_unclear_or_missing(decided):
    seen = 0
    for (status, verdicts, floor, fail_on_warning, problems, other), code, _ in decided:
        if code != 0:
            continue
        seen += 1
        assert not {Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE, Verdict.BLOCKED} & set(verdicts)
        assert not (fail_on_warning and Verdict.WARNING in verdicts)
        assert not problems
        assert not other
        judged = {f"A-0{n}" for n, v in enumerate(verdicts) if v in {Verdict.CONFORMANT, Verdict.WARNING}}
        assert judged
        assert set(floor) <= judged
        assert status == 0 or {Verdict.WARNING, Verdict.WAIVED} & set(verdicts)
    assert seen


def test_a_nonconformant_check_gives_1_whatever_else_happened(decided):
    for (status, verdicts, *_), code, _ in decided:
        if status in {0, 1} and Verdict.NONCONFORMANT in verdicts:
            assert code == ExitCode.NONCONFORMANT


def test_1_always_has_something_that_failed(decided):
    for (status, verdicts, _, fail_on_warning, _, other), code, _ in decided:
        if code == 1 and status == 0:
            assert Verdict.NONCONFORMANT in verdicts or other or (fail_on_warning and Verdict.WARNING in verdicts)


def test_a_floor_clause_that_is_not_even_among_the_clauses_is_missing():
    code, why = exit_code(0, [result("c", Verdict.CONFORMANT, "A-01")], [], {"Z-99"})
    assert code == ExitCode.NOT_SHOWN
    assert "Z-99" in why


@pytest.mark.parametrize("verdict", [Verdict.NOT_RUN, Verdict.NOT_APPLICABLE, Verdict.OBSERVED, Verdict.WAIVED])
def test_a_run_in_which_nothing_was_judged_is_not_green_even_with_an_empty_floor(verdict: Verdict):
    code, _ = exit_code(0, [result("c", verdict, "A-01")], [clause_result("A-01", verdict)], set())
    assert code == ExitCode.NOT_SHOWN


def test_a_failure_of_pytest_that_no_check_accounts_for_is_not_green():
    good = Verdict.CONFORMANT
    code, why = exit_code(1, [result("c", good, "A-01")], [clause_result("A-01", good)], {"A-01"})
    assert code == ExitCode.NONCONFORMANT
    assert "no check accounts for" in why


def test_the_line_names_the_first_few_and_counts_the_rest():
    failed = [result(f"c.{n}", Verdict.NONCONFORMANT, "A-01") for n in range(9)]
    _, why = exit_code(1, failed, [], set())
    assert why.endswith("c.0, c.1, c.2, c.3 and 5 more")
