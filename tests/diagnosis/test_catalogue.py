"""Every cause says all that whoever reads it needs, and every row of the guide's troubleshooting part leads to one."""

from __future__ import annotations

import re

import pytest

from artifactory_conformance.diagnosis import CAUSES, Cause, catalogue_markdown
from artifactory_conformance.diagnosis.causes import PARTS
from artifactory_conformance.guide import clauses
from artifactory_conformance.guide.facts import facts

EACH = pytest.mark.parametrize("cause", CAUSES.values(), ids=list(CAUSES))


def test_there_are_many_causes_and_each_has_an_id_of_its_own():
    every = [cause.id for part in PARTS.values() for cause in part]
    assert len(every) == len(set(every)) == len(CAUSES)
    assert len(every) >= 40


@EACH
def test_a_cause_has_all_fields(cause: Cause):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cause.id)
    for text in (cause.title, cause.looks, cause.proof, cause.remedy, cause.section):
        assert text.strip() == text
        assert text
    assert set(cause.about) <= set(clauses())
    assert cause.clauses


@EACH
def test_a_cause_is_a_closer_name_of_known_ones_and_never_of_itself(cause: Cause):
    assert set(cause.refines) <= set(CAUSES) - {cause.id}
    assert set(cause.brings) <= set(CAUSES) - {cause.id, *cause.refines}
    assert all(cause.id not in CAUSES[general].refines for general in cause.refines)


@EACH
def test_what_a_cause_cites_exists(cause: Cause):
    told = " ".join((cause.title, cause.looks, cause.proof, cause.remedy))
    assert set(re.findall(r"\b[A-Z]+-[0-9]{2}\b", told)) <= set(clauses()) | set(facts())


@pytest.mark.parametrize("row", [name for name in clauses() if name.startswith("TROUBLE-")])
def test_every_row_of_the_troubleshooting_part_leads_to_a_cause(row: str):
    assert [cause.id for cause in CAUSES.values() if row in cause.about]


def test_the_page_has_every_cause_in_its_part():
    page = catalogue_markdown()
    assert [name for name in CAUSES if f"`{name}`" not in page] == []
    assert [part for part in PARTS if f"### {part}\n" not in page] == []
