"""Groups of faults cover every pair of a fault and a check of another subject, and what changes one is traced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matrix.faults import Given
from tests.matrix.rows import Together
from tests.matrix.test_outcome import CHECKS, PLAIN
from tests.matrix.together import MOST, Found, Group, OutOfTime, Pairs, Part, findings
from tests.proof.runs import Run, Trial

NODES = [f"suites/a/test_a.py::test_{letter}" for letter in "abcdefgh"]


def fault(name: str, kind: str = "defect") -> Given:
    return Given(kind, name, ("PERM-01",), "It breaks.")


def test_what_was_mended_takes_the_place_of_what_was_found() -> None:
    found = ("f1: a.one: warning", "f2: a.one[x]: warning", "f2: a.two: blocked", "f3: a.three: warning")
    before = Together(300, 9000, 20, 12, found, "abc")
    now = Together(300, 400, 1, 2, ("f4: a.one: warning",), "def")
    both = Part(frozenset({"f3"}), frozenset({"a.one"})).into(before, now)
    assert both.findings == ("f2: a.two: blocked", "f4: a.one: warning")
    assert (both.pairs, both.runs, both.commit) == (9000, 14, "abc; what was mended: def")


DRAWN = st.dictionaries(st.integers(0, 30), st.sets(st.sampled_from(NODES), min_size=1), max_size=30)


def drawn_faults(drawn: dict[int, set[str]]) -> dict[Given, set[str]]:
    return {fault(f"f{number}", list(MOST)[number % 2]): nodes for number, nodes in drawn.items()}


@given(DRAWN)
def test_every_fault_meets_what_is_of_another_subject_and_nothing_else(drawn: dict[int, set[str]]) -> None:
    elsewhere = drawn_faults(drawn)
    pairs, met = Pairs(elsewhere), {one: set[str]() for one in elsewhere}
    while groups := pairs.groups(2):
        for group in groups:
            kind = group.faults[0].kind
            assert len(group.faults) <= MOST[kind]
            assert {one.kind for one in group.faults} == {kind}
            for one in group.faults:
                met[one] |= set(group.nodes)
            pairs.met(group, [])
    assert met == elsewhere
    assert pairs.count() == 0


@given(DRAWN, st.data())
def test_what_one_changes_is_shown_of_the_others_without_it(drawn: dict[int, set[str]], data: st.DataObject) -> None:
    elsewhere = drawn_faults(drawn)
    bad = {one: data.draw(st.sampled_from(["", *sorted(nodes)])) for one, nodes in elsewhere.items()}
    pairs, met = Pairs(elsewhere), {one: set[str]() for one in elsewhere}
    while groups := pairs.groups(1):
        (group,) = groups
        found = [Found(one, bad[one], "told") for one in group.faults if bad[one] in group.nodes]
        for one in group.faults:
            met[one] |= set(group.nodes) - {each.node for each in found}
        pairs.met(group, found)
    assert met == {one: nodes - {bad[one]} for one, nodes in elsewhere.items()}


def test_of_a_fault_that_ends_runs_nothing_else_is_asked() -> None:
    one, other = fault("one"), fault("other")
    pairs = Pairs({one: set(NODES), other: set(NODES)})
    (group,) = pairs.groups(2)
    pairs.met(group, [Found(one, "", "the run: ended with 4")])
    assert pairs.groups(2) == [Group((other,), tuple(NODES))]


def run(trial: Trial, *bad: str) -> Run:
    verdicts = PLAIN | dict.fromkeys(bad, "nonconformant")
    return Run(trial, 1, "why", 1.0, verdicts, dict.fromkeys(verdicts, "said"))


GROUP = Group(tuple(fault(name) for name in ("one", "two", "three", "four")), ("suites/b/test_file.py::test_other",))
TRIAL = GROUP.trial(CHECKS)
SOUND = run(TRIAL)


def test_a_group_that_changes_nothing_finds_nothing() -> None:
    assert not list(findings(GROUP, SOUND, SOUND, CHECKS, lambda _: iter(())))


def test_who_changes_a_verdict_is_found_in_smaller_groups() -> None:
    made: list[Trial] = []

    def make(trials: Sequence[Trial]) -> Iterator[Run]:
        made.extend(trials)
        for trial in trials:
            yield run(trial, "b.other[x]") if "three" in trial.arguments else run(trial)

    found = list(findings(GROUP, run(TRIAL, "b.other[x]"), SOUND, CHECKS, make))
    assert [str(one) for one in found] == ["three: b.other[x]: nonconformant: said"]
    assert found[0].node == "suites/b/test_file.py::test_other"
    assert len(made) == 4


def test_a_run_that_dies_is_traced_as_well() -> None:
    def dead(trials: Sequence[Trial]) -> Iterator[Run]:
        yield from (Run(trial, 4, "why", 1.0, {}, {}) for trial in trials)

    found = list(findings(GROUP, next(dead([TRIAL])), SOUND, CHECKS, dead))
    assert str(found[0]) == "one: the run: ended with 4: why"
    assert [one.node for one in found] == [""] * 4


def test_without_time_nothing_is_called_known() -> None:
    with pytest.raises(OutOfTime):
        list(findings(GROUP, run(TRIAL, "b.other[x]"), SOUND, CHECKS, lambda _: iter(())))
