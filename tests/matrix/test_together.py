"""Groups of faults cover every pair of a fault and a check of another subject, and what changes one is traced."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.matrix.faults import Given
from tests.matrix.test_outcome import CHECKS, PLAIN
from tests.matrix.together import MOST, Group, findings, grouped
from tests.proof.runs import Run, Trial

NODES = [f"suites/a/test_a.py::test_{letter}" for letter in "abcdefgh"]


def fault(name: str, kind: str = "defect") -> Given:
    return Given(kind, name, ("PERM-01",), "It breaks.")


@given(st.dictionaries(st.integers(0, 30), st.sets(st.sampled_from(NODES)), max_size=30))
def test_every_fault_meets_what_is_of_another_subject_and_nothing_else(drawn: dict[int, set[str]]) -> None:
    elsewhere = {fault(f"f{number}", list(MOST)[number % 2]): nodes for number, nodes in drawn.items()}
    met: dict[Given, set[str]] = {one: set() for one in elsewhere}
    for group in grouped(elsewhere):
        kind = group.faults[0].kind
        assert len(group.faults) <= MOST[kind]
        assert {one.kind for one in group.faults} == {kind}
        for one in group.faults:
            met[one] |= set(group.nodes)
    assert met == elsewhere


def run(trial: Trial, *bad: str) -> Run:
    verdicts = PLAIN | dict.fromkeys(bad, "nonconformant")
    return Run(trial, 1, "why", 1.0, verdicts, dict.fromkeys(verdicts, "said"))


GROUP = Group(tuple(fault(name) for name in ("one", "two", "three", "four")), ("suites/b.py::test_other",))
TRIAL = GROUP.trial(CHECKS)
SOUND = run(TRIAL)


def test_a_group_that_changes_nothing_finds_nothing() -> None:
    assert not list(findings(GROUP, SOUND, SOUND, CHECKS, lambda _: None))


def test_who_changes_a_verdict_is_found_in_smaller_groups() -> None:
    made = []

    def make(trial: Trial) -> Run:
        made.append(trial)
        return run(trial, "b.other[x]") if "three" in trial.arguments else run(trial)

    found = list(findings(GROUP, run(TRIAL, "b.other[x]"), SOUND, CHECKS, make))
    assert found == ["three: b.other[x]: nonconformant: said"]
    assert len(made) == 4


def test_a_run_that_dies_is_traced_as_well() -> None:
    def dead(trial: Trial) -> Run:
        return Run(trial, 4, "why", 1.0, {}, {})

    found = list(findings(GROUP, dead(TRIAL), SOUND, CHECKS, dead))
    assert found[0] == "one: the run: ended with 4: why"
    assert len(found) == 4


def test_without_time_it_says_what_is_not_known() -> None:
    found = list(findings(GROUP, run(TRIAL, "b.other[x]"), SOUND, CHECKS, lambda _: None))
    told = "b.other[x]: nonconformant: said"
    assert found == [f"no time to find out which of 2 faults from {name} changes {told}" for name in ("one", "three")]
