"""A waiver hides a finding by name until a day; it supplies no evidence, and a wrong one is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.verdicts import (
    CheckResult,
    ExitCode,
    Reason,
    Verdict,
    Waiver,
    WaiverState,
    block,
    exit_code,
    fold_clauses,
    waive,
)
from tests.verdicts.made import clause, result

TODAY = date(2026, 5, 1)
CLAUSES = {name: clause(name) for name in ("A-01", "A-02", "A-03")}
FAILED = result("c.failed", Verdict.NONCONFORMANT, "A-01", reason=Reason.CLAIM_FAILED, message="seen")
GOOD = result("c.good", Verdict.CONFORMANT, "A-02")


def waiver(clause: str = "", check: str = "", expires: date = TODAY) -> Waiver:
    return Waiver("known", "OPS-1", expires, clause, check)


def waived(*results: CheckResult, by: list[Waiver], complete: bool = True, known: tuple[str, ...] = (), **more: bool):
    given = {one.check.id: one for one in results}
    names = {*known, *(one.partition("[")[0] for one in given)}
    return waive(given, by, TODAY, known=names, complete=complete, **more)


def ended(*results: CheckResult, by: list[Waiver], floor: tuple[str, ...] = ()) -> tuple[int, str]:
    """Fold as a run does: waived, blocked, folded, and every wrong waiver a problem."""
    found, told = waived(*results, by=by)
    every = block(found)
    folded = fold_clauses(CLAUSES, every.values())
    status = int(any(one.verdict in {Verdict.NONCONFORMANT, Verdict.WARNING} for one in results))
    problems = [one.problem for one in told if one.problem]
    return exit_code(status, every.values(), folded.values(), floor, problems=problems)


@pytest.mark.parametrize("by", [waiver("A-01"), waiver(check="c.failed")], ids=["clause", "check"])
def test_a_finding_that_is_waived_is_called_so_and_keeps_what_was_seen(by: Waiver):
    found, told = waived(FAILED, GOOD, by=[by])
    judgement = found["c.failed"].judgement
    assert (judgement.verdict, judgement.reason, judgement.message) == (Verdict.WAIVED, Reason.CLAIM_FAILED, "seen")
    assert found["c.good"] == GOOD
    assert [(one.state, one.checks, one.problem) for one in told] == [(WaiverState.APPLIED, ("c.failed",), "")]
    assert fold_clauses(CLAUSES, found.values())["A-01"].verdict is Verdict.WAIVED
    assert ended(FAILED, GOOD, by=[by], floor=("A-02",)) == (0, "")


def test_a_clause_that_a_run_must_show_is_not_shown_by_a_finding_that_is_hidden():
    code, why = ended(FAILED, GOOD, by=[waiver("A-01")], floor=("A-01", "A-02"))
    assert code == ExitCode.NOT_SHOWN
    assert "waived, which is no evidence" in why
    assert "A-01" in why


def test_a_run_of_which_everything_is_waived_is_not_green():
    assert ended(FAILED, by=[waiver("A-01")]) == (ExitCode.NOT_SHOWN, "no clause has a verdict")


def test_a_check_of_several_clauses_is_waived_by_its_own_name_or_all_of_them():
    both = result("c.both", Verdict.NONCONFORMANT, "A-01", "A-02")
    found, told = waived(both, by=[waiver("A-01")])
    assert found["c.both"].verdict is Verdict.NONCONFORMANT
    assert told[0].state is WaiverState.UNUSED
    assert waived(both, by=[waiver("A-01"), waiver("A-02")])[0]["c.both"].verdict is Verdict.WAIVED
    assert waived(both, by=[waiver(check="c.both")])[0]["c.both"].verdict is Verdict.WAIVED


def test_a_check_without_parameters_stands_for_all_of_them():
    one, other = (result(f"c.many[{name}]", Verdict.NONCONFORMANT, "A-01") for name in "ab")
    assert {r.verdict for r in waived(one, other, by=[waiver(check="c.many")])[0].values()} == {Verdict.WAIVED}
    found, _ = waived(one, other, by=[waiver(check="c.many[a]")])
    assert [r.verdict for r in found.values()] == [Verdict.WAIVED, Verdict.NONCONFORMANT]


@pytest.mark.parametrize("verdict", sorted(set(Verdict) - {Verdict.NONCONFORMANT, Verdict.WAIVED}))
def test_what_is_no_finding_stays_what_it_is(verdict: Verdict):
    found, told = waived(result("c.x", verdict, "A-01"), by=[waiver("A-01")])
    assert found["c.x"].verdict is verdict
    shown = verdict is Verdict.CONFORMANT
    assert told[0].state is (WaiverState.NO_LONGER_NEEDED if shown else WaiverState.UNUSED)


def test_a_warning_is_a_finding_where_it_fails_the_run():
    soft = result("c.soft", Verdict.WARNING, "A-01")
    assert waived(soft, by=[waiver("A-01")])[0]["c.soft"].verdict is Verdict.WARNING
    assert waived(soft, by=[waiver("A-01")], fail_on_warning=True)[0]["c.soft"].verdict is Verdict.WAIVED


def test_one_that_has_expired_hides_nothing_and_is_told():
    late = waiver("A-01", expires=TODAY - timedelta(days=1))
    found, told = waived(FAILED, GOOD, by=[late])
    assert found["c.failed"].verdict is Verdict.NONCONFORMANT
    assert told[0].problem == "waiver of A-01 (OPS-1) has expired on 2026-04-30: decide again, or remove it"
    assert ended(FAILED, GOOD, by=[late])[0] == ExitCode.NONCONFORMANT
    assert ended(GOOD, by=[late]) == (ExitCode.NOT_SHOWN, told[0].problem)


@pytest.mark.parametrize("by", [waiver("A-03"), waiver(check="c.unheard_of"), waiver(check="c.good[x]x")])
def test_one_that_matches_nothing_is_told(by: Waiver):
    _, (told,) = waived(GOOD, by=[by])
    expected = WaiverState.UNUSED if by.check.startswith("c.good") else WaiverState.MATCHES_NOTHING
    assert told.state is expected


def test_one_of_what_is_conformant_is_told():
    code, why = ended(GOOD, by=[waiver("A-02")])
    assert code == ExitCode.NOT_SHOWN
    assert "is no longer needed" in why


def test_a_run_that_left_checks_out_does_not_tell_what_it_cannot_know():
    assert waived(GOOD, by=[waiver("A-02")], complete=False)[1][0].state is WaiverState.UNUSED
    assert waived(GOOD, by=[waiver("A-03")], complete=False)[1][0].state is WaiverState.UNUSED
    assert waived(GOOD, by=[waiver(check="c.other")], known=("c.other",))[1][0].state is WaiverState.UNUSED
    assert waived(GOOD, by=[waiver(check="c.good")], complete=False)[1][0].state is WaiverState.NO_LONGER_NEEDED


def test_a_check_that_builds_on_a_waived_one_shows_what_it_found_itself():
    above = result("c.above", Verdict.NONCONFORMANT, "A-02", builds_on=("c.failed",))
    found, _ = waived(FAILED, above, by=[waiver("A-01")])
    assert block(found)["c.above"].verdict is Verdict.NONCONFORMANT


some_waivers = st.lists(
    st.builds(
        lambda name, late: (
            waiver(name, expires=TODAY - timedelta(days=int(late)))
            if name.startswith("A-")
            else waiver(check=name, expires=TODAY - timedelta(days=int(late)))
        ),
        st.sampled_from(["A-01", "A-02", "A-03", "c.0", "c.1", "c.2", "c.9"]),
        st.booleans(),
    ),
    max_size=4,
)
some_results = st.lists(
    st.tuples(st.sampled_from(sorted(set(Verdict) - {Verdict.WAIVED})), st.sets(st.sampled_from(sorted(CLAUSES)))),
    max_size=4,
).map(lambda drawn: [result(f"c.{n}", verdict, *sorted(names)) for n, (verdict, names) in enumerate(drawn)])


@given(some_results, some_waivers, st.sets(st.sampled_from(sorted(CLAUSES))))
def test_no_waiver_makes_a_run_green_that_has_not_shown_what_it_must(results, waivers, floor):
    code, why = ended(*results, by=waivers, floor=tuple(floor))
    shown = {
        name
        for name, folded in fold_clauses(CLAUSES, block({one.check.id: one for one in results}).values()).items()
        if folded.verdict in {Verdict.CONFORMANT, Verdict.WARNING}
    }
    if code == 0:
        assert floor <= shown, "what must be shown is shown by checks that did not fail"
        assert shown
    assert bool(why) == (code != 0)


@given(some_results, some_waivers)
def test_waivers_change_findings_into_waived_and_nothing_else(results, waivers):
    found, told = waived(*results, by=waivers)
    for one in results:
        after = found[one.check.id]
        assert after == one or (one.verdict, after.verdict) == (Verdict.NONCONFORMANT, Verdict.WAIVED)
    assert [one.waiver for one in told] == waivers
    hidden = {check for one in told for check in one.checks}
    assert hidden == {name for name, one in found.items() if one.verdict is Verdict.WAIVED}
    assert all(bool(one.problem) == one.state.is_error for one in told)
