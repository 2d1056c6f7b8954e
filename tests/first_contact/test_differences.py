"""Differences between a real one and the model are named by exactly the facts that they stand on."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.first_contact.command import places_of
from artifactory_conformance.first_contact.differences import Comparison, compare, explain
from artifactory_conformance.first_contact.page import as_data, as_markdown
from artifactory_conformance.first_contact.standing import facts_of, other_values, profile_for, switches_about
from artifactory_conformance.reference.profiles import PROFILES
from artifactory_conformance.reference.switches import SWITCHES
from tests.nightly.made import check, results

PLAYED = PROFILES["7.84-pro"]
OPEN = {name: list(other_values(name, PLAYED)) for name in SWITCHES if list(other_values(name, PLAYED))}


def answered(values: Mapping[str, str], only: Sequence[str] = ()) -> dict[str, Any]:
    """What a suite finds that has one check for each switch, which observes its value."""
    checks = (
        check(
            f"folder.{name}", "observed", facts=list(facts_of(name)), clauses=[], observations={"value": values[name]}
        )
        for name in SWITCHES
        if not only or f"folder.{name}" in only
    )
    return with_reasons(results(*checks))


def with_reasons(found: dict[str, Any]) -> dict[str, Any]:
    for one in found["checks"]:
        one.setdefault("reason", "")
    return found


def play(switches: Mapping[str, str], only: Sequence[str]) -> dict[str, Any]:
    return answered(PLAYED.switch_set(switches).values(), only)


def found(real: dict[str, Any]) -> Comparison:
    comparison = compare(real, play({}, ()))
    explain(comparison, PLAYED, play, lambda _: None)
    return comparison


SETTLED = st.dictionaries(st.sampled_from(sorted(OPEN)), st.integers(0, 9), max_size=4).map(
    lambda chosen: {name: OPEN[name][at % len(OPEN[name])] for name, at in chosen.items()}
)


@settings(max_examples=25)
@given(SETTLED)
def test_exactly_the_switches_that_stand_otherwise_are_named(switches: dict[str, str]) -> None:
    comparison = found(answered(PLAYED.switch_set(switches).values()))
    assert comparison.switches == switches
    assert comparison.left == []
    assert {one.check for one in comparison.differences} == {f"folder.{name}" for name in switches}
    told = as_data(comparison, "the real one", PLAYED)
    assert {row["switch"]: row["facts"] for row in told["switches"]} == {
        name: list(facts_of(name)) for name in switches
    }
    page = as_markdown(comparison, "the real one", PLAYED)
    assert all(f"| {name} |" in page for name in switches)


def test_a_switch_about_other_facts_is_found_where_all_are_tried() -> None:
    def cited_elsewhere(switches: Mapping[str, str], only: Sequence[str]) -> dict[str, Any]:
        found = answered(PLAYED.switch_set(switches).values(), only)
        return {**found, "checks": [{**one, "facts": ["U-01"]} for one in found["checks"]]}

    for thorough, expected in ((False, {}), (True, {"range": "206"})):
        comparison = compare(cited_elsewhere({"range": "206"}, ()), cited_elsewhere({}, ()))
        explain(comparison, PLAYED, cited_elsewhere, lambda _: None, thorough=thorough)
        assert comparison.switches == expected


def test_another_profile_is_told_by_what_is_known_of_it() -> None:
    other = PROFILES["7.161-pro"].switch_set({}).values()
    comparison = found(answered(other))
    possible = {name: value for name, value in other.items() if value in OPEN.get(name, ())}
    assert comparison.switches == possible
    assert {one.check for one in comparison.left} == {
        f"folder.{name}" for name, value in other.items() if PLAYED.switch_set({}).value(name) != value
    } - {f"folder.{name}" for name in possible}


def test_what_no_switch_explains_names_the_rules_of_its_facts() -> None:
    real, model = (
        with_reasons(results(check("a", verdict, facts=["U-02"], message="it is 301")))
        for verdict in ("nonconformant", "conformant")
    )
    comparison = compare(real, model)
    explain(comparison, PLAYED, lambda *_: model, lambda _: None)
    (one,) = comparison.differences
    assert (one.model, one.real, one.explained_by) == ("conformant", "nonconformant", [])
    assert comparison.left == [one]
    assert comparison.switches == {}
    page = as_markdown(comparison, "real", PLAYED)
    assert "A page without its final slash" in page
    assert "`nonconformant`: it is 301" in page


def test_what_the_model_does_not_come_to_twice_is_no_finding() -> None:
    counter = itertools.count()

    def unsteady(_switches: Mapping[str, str], _only: Sequence[str]) -> dict[str, Any]:
        return with_reasons(results(check("a", "observed", facts=["U-02"], observations={"v": next(counter)})))

    comparison = compare(
        with_reasons(results(check("a", "observed", facts=["U-02"], observations={"v": 99}))), unsteady({}, ())
    )
    explain(comparison, PLAYED, unsteady, lambda _: None)
    assert [one.steady for one in comparison.differences] == [False]
    assert "The model does not come to the same twice (1)" in as_markdown(comparison, "real", PLAYED)


@pytest.mark.parametrize(
    ("verdict", "reason", "told"),
    [
        ("not run", "needs-clock", "the real one: needs-clock"),
        ("not applicable", "version", "the real one: version"),
        ("not applicable", "edition", "the real one: edition"),
    ],
)
def test_what_one_of_them_was_not_asked_is_counted_and_not_compared(verdict: str, reason: str, told: str) -> None:
    comparison = compare(results(check("a", verdict, reason=reason)), with_reasons(results(check("a"), check("b"))))
    assert comparison.differences == []
    assert comparison.not_compared == {told: 1, "selected in one run alone": 1}


@pytest.mark.parametrize(
    ("version", "serves_pypi", "name"),
    [
        ("7.161.20", True, "7.161-pro"),
        ("7.161.15", True, "7.161-pro"),
        ("7.999.1", True, "7.161-pro"),
        ("7.133.2", True, "7.117-pro"),
        ("7.84.17", True, "7.84-pro"),
        ("7.55.1", True, "7.84-pro"),
        ("", True, "7.161-pro"),
        ("7.161.20", False, "oss"),
    ],
)
def test_the_model_plays_the_version_and_edition_of_the_real_one(version: str, serves_pypi: bool, name: str) -> None:
    assert profile_for(version, serves_pypi=serves_pypi).name == name


def test_every_switch_is_found_by_its_own_facts() -> None:
    for name in SWITCHES:
        assert name in switches_about(facts_of(name))


def test_checks_are_found_where_they_stand() -> None:
    root = Path(__file__).parents[2]
    assert list(places_of(["protocol.head_of_a_page_says_what_get_says", "edition.nowhere[x]"], root)) == [
        "suites/protocol/test_page_headers.py::test_head_of_a_page_says_what_get_says",
        "suites/edition",
    ]


@settings(max_examples=25)
@given(SETTLED)
def test_what_is_told_is_json(switches: dict[str, str]) -> None:
    told = as_data(found(answered(PLAYED.switch_set(switches).values())), "real", PLAYED)
    assert json.loads(json.dumps(told)) == told
