"""A difference from a good instance gives the facts back that it was made of."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.evidence import Credentials
from artifactory_conformance.guide import PRINTED_EXAMPLE
from artifactory_conformance.isolation import unheard_of
from artifactory_conformance.sites import Site
from tests.diagnosis_matrix.facts import as_results, difference, facts_of, restored
from tests.diagnosis_matrix.world import World

VALUES = st.recursive(
    st.booleans() | st.text("ab", max_size=2) | st.lists(st.integers(0, 2), max_size=2),
    lambda inner: st.dictionaries(st.text("xyz", min_size=1, max_size=1), inner, max_size=3),
    max_leaves=6,
)
CHECKS = st.fixed_dictionaries({name: st.fixed_dictionaries({"verdict": st.sampled_from("pqr")}) for name in "ab"})
FACTS = st.fixed_dictionaries(
    {"probes": st.dictionaries(st.text("xyz", min_size=1, max_size=1), VALUES, max_size=3), "checks": CHECKS}
)
ID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def known(value: Any) -> Any:
    """Give a value without what is None: that is unknown, as what is absent."""
    if isinstance(value, dict):
        return {name: known(inner) for name, inner in value.items() if inner is not None}
    return value


@given(FACTS, FACTS)
def test_facts_come_back(facts: dict[str, Any], good: dict[str, Any]) -> None:
    assert known(restored(difference(facts, good), good)) == known(facts)
    assert difference(facts, facts) == {"checks": {}}


def test_a_check_that_did_not_run_is_as_at_a_good_instance() -> None:
    good = {"probes": {}, "checks": {"a": {"verdict": "conformant"}, "b": {"verdict": "warning"}}}
    some = {"probes": {}, "checks": {"a": {"verdict": "nonconformant"}}}
    assert restored(difference(some, good), good)["checks"] == {**good["checks"], **some["checks"]}


def test_names_of_one_world_become_those_of_all() -> None:
    def made(port: int, organization: str) -> dict[str, Any]:
        world = World(
            f"http://127.0.0.1:{port}",
            "http://127.0.0.1:5000",
            Site("r", organization=organization),
            Credentials(),
            Credentials(),
        )
        check = {"id": "a.b", "verdict": "observed", "reason": "", "clauses": [], "level": "pull", "builds_on": []}
        probes = {
            "url": f"http://127.0.0.1:5000/{organization}/pypi",
            "other": ID,
            "printed": PRINTED_EXAMPLE,
            "who": f"acs-run{port}-user",
            "answer": f"{unheard_of()} is not there",
        }
        results = {"run": f"run{port}", "level": "pull", "target": {"url": world.model}, "checks": [check]}
        return facts_of({**results, "probes": probes, "notes": ["not looked at"]}, world)

    one = made(4000, "11111111-1111-4111-8111-111111111111")
    assert one == made(40001, "22222222-2222-4222-8222-222222222222")
    assert one["probes"]["printed"] == PRINTED_EXAMPLE
    assert len({one["probes"]["url"].split("/")[3], one["probes"]["other"], PRINTED_EXAMPLE}) == 3
    assert as_results(one)["checks"][0]["id"] == "a.b"
