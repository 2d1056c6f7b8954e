"""Ranking, and what a diagnosis never does: depend on order, guess, or be sure without a fact."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.diagnosis import CAUSES, Cause, Certainty, Diagnosis, Owner, Reach, Seen, diagnose
from artifactory_conformance.guide import clauses
from artifactory_conformance.verdicts import Verdict
from tests.diagnosis.made import REMOTE, administrator, check, probes, results

AT_LEISURE = settings(deadline=None)  # a machine that is busy with something else proves nothing about a rule

NAMES = st.sampled_from(
    [
        "remote_repository.url_is_the_catalogs",
        "permissions.the_installing_account_gets_an_uncached_file",
        "virtual_repository.the_sites_virtual_has_what_the_remote_has",
        "package_access.the_site_serves_the_page_of_a_catalog_project",
        "caching.something_of_a_lab",
    ]
)
CHECKS = st.lists(
    st.builds(
        lambda name, verdict, clause, level: check(name, verdict.value, clause, level=level),
        NAMES,
        st.sampled_from(Verdict),
        st.sampled_from(list(clauses())),
        st.sampled_from(["observe", "pull", "mutate"]),
    ),
    unique_by=lambda one: one["id"],
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 500) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FACTS = st.builds(
    lambda stored, more: probes(administrator=administrator(remote={**REMOTE, **stored}), **more),
    st.dictionaries(st.sampled_from(list(REMOTE)), ANY_JSON, max_size=4),
    st.dictionaries(st.sampled_from(["account", "catalog", "upstream", "nobody"]), ANY_JSON, max_size=3),
)


def of(found: dict[str, Any], causes: list[Cause] | None = None) -> Diagnosis:
    return diagnose(Seen.of(found), causes)


@AT_LEISURE
@given(CHECKS, FACTS, st.randoms(use_true_random=False))
def test_the_order_of_checks_changes_nothing(checks: list[Any], facts: dict[str, Any], random: Any):
    shuffled = list(checks)
    random.shuffle(shuffled)
    assert of(results(*checks, probes=facts)) == of(results(*shuffled, probes=facts))


@AT_LEISURE
@given(CHECKS, FACTS)
def test_a_diagnosis_is_made_of_data_and_leaves_it_alone(checks: list[Any], facts: dict[str, Any]):
    found = results(*checks, probes=facts)
    before = repr(found)
    assert of(found).as_data() == of(found).as_data()
    assert repr(found) == before


@AT_LEISURE
@given(CHECKS, FACTS)
def test_every_finding_is_explained_or_named_and_no_other_check_is(checks: list[Any], facts: dict[str, Any]):
    seen = Seen.of(results(*checks, probes=facts))
    diagnosis = diagnose(seen)
    explained = {name for one in diagnosis.findings for name in one.explains}
    assert explained <= {one.id for one in seen.findings}
    assert {one.id for one in seen.findings if one.is_hard} - explained == set(diagnosis.unexplained)
    assert all(one.explains and one.because[0] for one in diagnosis.findings)


@AT_LEISURE
@given(FACTS, CHECKS.map(lambda checks: [{**one, "verdict": "conformant"} for one in checks]))
def test_without_findings_there_are_no_causes_whatever_the_facts(facts: dict[str, Any], checks: list[Any]):
    assert of(results(*checks, probes=facts)) == Diagnosis()


@AT_LEISURE
@given(CHECKS.map(lambda checks: [{**one, "verdict": "inconclusive"} for one in checks]))
def test_without_facts_nothing_is_proved_by_what_is_inconclusive(checks: list[Any]):
    assert all(one.certainty is not Certainty.PROVED for one in of(results(*checks)).findings)


@AT_LEISURE
@given(CHECKS, st.dictionaries(st.text(max_size=10), ANY_JSON, max_size=4))
def test_facts_that_nobody_knows_are_nothing_to_stumble_over(checks: list[Any], facts: dict[str, Any]):
    assert of(results(*checks, probes=facts)).findings == of(results(*checks, probes={})).findings


def test_a_set_up_as_the_guide_has_it_speaks_for_no_cause():
    every = [check(f"any.check_{n}", "nonconformant", name) for n, name in enumerate(clauses())]
    facts = probes(administrator=administrator(), upstream={"asked_with": "right"})
    assert [one.cause.id for one in of(results(*every, probes=facts)).findings] == []


def test_what_nothing_explains_is_called_unknown():
    diagnosis = of(results(check("remote_repository.no_such_thing", "nonconformant", "SUPPORT-01")))
    assert diagnosis.unexplained == ("remote_repository.no_such_thing",)
    assert diagnosis.says.startswith("unknown")


def test_a_contested_warning_needs_no_cause_and_a_recommendation_does():
    assert of(results(check("any.contested", "warning", "TEST-03"))) == Diagnosis()
    assert of(results(check("any.recommended", "warning", "REMOTE-11"))).unexplained == ("any.recommended",)


def cause(name: str, certainty: Certainty, *clauses_: str, reach: Reach = Reach.OWN, **more: str) -> Cause:
    rule = {f"{certainty.value}_when": lambda _: "said"}
    named = {name: (other,) for name, other in more.items()}
    texts = ("title", "looks", "proof", "remedy", Owner.ADMINISTRATOR)
    return Cause(name, *texts, clauses_, reach, **named, **rule)


A, B = check("a.one", "nonconformant", "REMOTE-09"), check("b.two", "nonconformant", "PERM-02")


def test_surer_causes_come_first_then_those_that_explain_more():
    causes = [
        cause("possible", Certainty.POSSIBLE, "REMOTE-09", "PERM-02"),
        cause("narrow", Certainty.PROVED, "REMOTE-09"),
        cause("wide", Certainty.PROVED, "REMOTE-09", "PERM-02"),
    ]
    assert [one.cause.id for one in of(results(A, B), causes).findings] == ["wide", "narrow", "possible"]


def test_two_faults_are_both_told_where_each_explains_something_of_its_own():
    causes = [cause("one", Certainty.PROVED, "REMOTE-09"), cause("two", Certainty.LIKELY, "PERM-02")]
    found = of(results(A, B), causes)
    assert [(one.cause.id, one.certainty) for one in found.findings] == [
        ("one", Certainty.PROVED),
        ("two", Certainty.LIKELY),
    ]
    assert not found.unexplained


def test_what_a_proved_cause_explains_makes_no_other_cause_likely():
    causes = [cause("other", Certainty.LIKELY, "REMOTE-09"), cause("proved", Certainty.PROVED, "REMOTE-09", "PERM-02")]
    first, second = of(results(A, B), causes).findings
    assert (first.cause.id, second.cause.id, second.certainty) == ("proved", "other", Certainty.POSSIBLE)


def test_a_closer_name_that_is_proved_takes_the_place_of_the_general_one():
    causes = [
        cause("general", Certainty.PROVED, "PERM-02"),
        cause("closer", Certainty.PROVED, "PERM-02", refines="general"),
    ]
    assert [one.cause.id for one in of(results(B), causes).findings] == ["closer"]


def test_what_a_cause_brings_along_is_told_after_what_has_another_root():
    causes = [
        cause("brought", Certainty.PROVED, "PERM-02", "REMOTE-09"),
        cause("root", Certainty.PROVED, "PERM-02", brings="brought"),
        cause("another", Certainty.PROVED, "REMOTE-09"),
    ]
    found = of(results(A, B), causes)
    assert [one.cause.id for one in found.findings] == ["another", "root", "brought"]
    assert found.says.startswith("proved: title, and 1 more")


def test_what_is_surer_than_its_root_is_not_put_behind_it():
    causes = [
        cause("brought", Certainty.PROVED, "PERM-02"),
        cause("root", Certainty.LIKELY, "REMOTE-09", brings="brought"),
    ]
    assert [one.cause.id for one in of(results(A, B), causes).findings] == ["brought", "root"]


def test_of_causes_that_bring_each_other_both_stay():
    causes = [
        cause("one", Certainty.PROVED, "PERM-02", brings="two"),
        cause("two", Certainty.PROVED, "PERM-02", brings="one"),
    ]
    assert of(results(B), causes).says.startswith("proved: title, and 1 more")


def test_a_blocked_check_is_explained_by_what_explains_its_base():
    blocked = check("c.three", "blocked", "SUPPORT-01", builds_on=["a.one"])
    found = of(results(A, blocked), [cause("one", Certainty.PROVED, "REMOTE-09")])
    assert found.findings[0].explains == ("a.one", "c.three")
    assert not found.unexplained


def test_what_is_wrong_with_the_site_is_not_behind_what_checks_make_for_themselves():
    lab = check("caching.of_a_lab", "nonconformant", "REMOTE-09", level="mutate")
    assert of(results(lab), [cause("site", Certainty.PROVED, "REMOTE-09", reach=Reach.SITE)]).unexplained == (
        lab["id"],
    )
    assert of(results(lab), [cause("all", Certainty.PROVED, "REMOTE-09", reach=Reach.EVERYTHING)]).unexplained == ()


def test_an_index_has_no_causes_of_an_artifactory():
    found = of({**results(A), "target": {"kind": "index"}})
    assert (found.findings, found.unexplained) == ((), ("a.one",))
    assert found.says.startswith("unknown")


def test_the_first_line_says_how_sure_it_is():
    facts = probes(administrator=administrator(remote={**REMOTE, "storeArtifactsLocally": False}))
    found = of(results(A, probes=facts))
    assert found.says == f"proved: {CAUSES['store-artifacts-locally-off'].title}"
