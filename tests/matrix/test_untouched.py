"""Groups of faults cover every pair of a fault and a check that it does not touch, and a hidden effect is traced."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.matrix.faults import Given
from tests.matrix.untouched import MOST, Group, findings, grouped
from tests.proof.runs import Run, Trial

NODES = [f"suites/a/test_a.py::test_{letter}" for letter in "abcdefgh"]


def fault(name: str, kind: str = "defect") -> Given:
    return Given(kind, name, ("PERM-01",), "It breaks.")


@given(st.dictionaries(st.integers(0, 30), st.sets(st.sampled_from(NODES)), max_size=30))
def test_every_fault_meets_what_it_does_not_touch_and_nothing_else(drawn: dict[int, set[str]]) -> None:
    untouched = {
        fault(f"f{number}", ("defect", "misconfiguration")[number % 2]): nodes for number, nodes in drawn.items()
    }
    groups = grouped(untouched)
    met: dict[Given, set[str]] = {one: set() for one in untouched}
    for group in groups:
        assert len(group.faults) <= MOST
        assert len({one.kind for one in group.faults}) == 1
        for one in group.faults:
            met[one] |= set(group.nodes)
    assert met == untouched


def run(trial: Trial, bad: str = "") -> Run:
    verdicts = {f"a.{letter}": "conformant" for letter in "ab"} | ({bad: "nonconformant"} if bad else {})
    return Run(trial, 1, "why", 1.0, verdicts, dict.fromkeys(verdicts, "said"))


GROUP = Group(tuple(fault(name) for name in ("one", "two", "three", "four")), tuple(NODES[:2]))


def test_a_group_that_changes_nothing_finds_nothing() -> None:
    assert not list(findings(GROUP, run(GROUP.trial), run(GROUP.trial), lambda _: None))


def test_who_changes_a_verdict_is_found_in_smaller_groups() -> None:
    made = []

    def make(trial: Trial) -> Run:
        made.append(trial)
        return run(trial, "a.b" if "three" in trial.arguments else "")

    found = list(findings(GROUP, run(GROUP.trial, "a.b"), run(GROUP.trial), make))
    assert found == ["three was not said to touch a.b: nonconformant: said"]
    assert [trial.arguments[-1] for trial in made] == [NODES[1]] * 4


def test_without_time_it_says_what_is_not_known() -> None:
    found = list(findings(GROUP, run(GROUP.trial, "a.b"), run(GROUP.trial), lambda _: None))
    assert found == ["no time to find out which of 2 faults changes a.b: nonconformant: said"] * 2
