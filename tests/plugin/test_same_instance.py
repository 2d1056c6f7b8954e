"""Whether all processes met one instance, and that it is said where nobody can tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.plugin.same_instance import Met, difference, doubt


def met(*nodes: str, version: str = "7.84.17") -> Met:
    return Met(frozenset(nodes), version)


UNKNOWN = met("")
some = st.builds(met, st.sampled_from(["", "a:1", "b:2"]), st.sampled_from(["", "a:1", "b:2"]))


@pytest.mark.parametrize(
    "processes",
    [
        (),
        (met(),),
        (met("a:1"),),
        (met("a:1"), met("a:1")),
        (met("a:1"), met()),  # it never got as far as an answer, and says so itself
        (met("a:1", "b:2"), met("b:2", "c:3")),  # nodes behind a balancer
        (met("a:1", ""), met("a:1", "")),
    ],
)
def test_processes_that_met_a_node_in_common_met_one_instance(processes: tuple[Met, ...]) -> None:
    assert difference(processes) == ""


@pytest.mark.parametrize(
    "processes",
    [
        (met("a:1"), met("b:2")),
        (met("a:1"), met("a:1"), met("b:2")),
        (met("a:1"), UNKNOWN),
        (met("a:1", ""), met("b:2", "")),
    ],
)
def test_processes_without_a_node_in_common_met_different_instances(processes: tuple[Met, ...]) -> None:
    assert difference(processes).startswith("the processes of this run met different instances: ")


def test_an_answer_that_names_no_node_is_no_node_in_common() -> None:
    """It is no sign of another one either: a proxy may take the header away."""
    for processes in [(UNKNOWN,), (UNKNOWN, UNKNOWN), (met("a:1", ""), UNKNOWN)]:
        assert difference(processes) == ""
        assert "X-Artifactory-Id" in doubt(processes)
        assert "rests on the version alone" in doubt(processes)


def test_where_nodes_are_named_there_is_no_doubt() -> None:
    assert doubt([]) == doubt([met()]) == doubt([met("a:1"), met("a:1", "b:2")]) == ""


@pytest.mark.parametrize("node", ["", "a:1"])
def test_other_versions_are_other_instances(node: str) -> None:
    told = difference([met(node), met(node, version="7.90.1")])
    assert told == "the processes of this run met different instances: versions 7.84.17, 7.90.1"


@given(st.lists(some, max_size=4), st.randoms(use_true_random=False))
def test_it_does_not_matter_which_process_ended_first(processes: list[Met], order) -> None:
    shuffled = list(processes)
    order.shuffle(shuffled)
    assert difference(shuffled) == difference(processes)
    assert doubt(shuffled) == doubt(processes)


@given(st.lists(some, min_size=2, max_size=4))
def test_whatever_is_taken_for_one_instance_has_a_node_in_common_or_is_doubted(processes: list[Met]) -> None:
    if not difference(processes):
        assert frozenset.intersection(*(process.nodes for process in processes)) - {""} or doubt(processes)
