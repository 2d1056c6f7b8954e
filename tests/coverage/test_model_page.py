"""The tables of the model's rules agree with its code, its switches and docs/model.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from artifactory_conformance.coverage.model_page import OPEN_QUESTIONS, model_page, switches_about
from artifactory_conformance.guide.facts import facts, facts_cited
from artifactory_conformance.reference.rules import AREAS, LEFT_TO_DEFECTS, NOT_PLAYED
from artifactory_conformance.reference.switches import SWITCHES
from tests.guide.test_citations import PACKAGE, ROOT, prose

RULES = [rule for area in AREAS for rule in area.rules]
MODEL = PACKAGE / "reference"


def cited_in_the_model() -> dict[str, set[str]]:
    """Give every fact that the model cites, tables of rules apart, with the files that do."""
    cited: dict[str, set[str]] = {}
    for file in sorted(MODEL.rglob("*.py")):
        if file.parent != MODEL / "rules":
            for text in prose(file):
                for name in facts_cited(text):
                    cited.setdefault(name, set()).add(file.name)
    for switch in SWITCHES.values():
        for name in facts_cited(switch.fact):
            cited.setdefault(name, set()).add(switch.name)
    return cited


def test_every_fact_that_the_model_cites_is_in_a_rule() -> None:
    told = {name for rule in RULES for name in rule.facts}
    assert not {name: where for name, where in cited_in_the_model().items() if name not in told}


def test_every_fact_of_a_rule_is_cited_where_the_model_does_it() -> None:
    cited = cited_in_the_model()
    assert not [name for rule in RULES for name in rule.facts if name not in cited and not name.startswith("open ")]


def test_every_switch_varies_a_rule_that_cites_its_facts() -> None:
    for name, switch in SWITCHES.items():
        about = {fact for rule in RULES if name in rule.switches for fact in rule.facts}
        assert set(switch.fact.split(", ")) <= about, name
    assert {name for rule in RULES for name in rule.switches} == set(SWITCHES)


@pytest.mark.parametrize("number", range(1, OPEN_QUESTIONS + 1))
def test_every_open_question_has_a_switch(number: int) -> None:
    assert switches_about(f"open {number}")


@pytest.mark.parametrize("absence", [*NOT_PLAYED, *LEFT_TO_DEFECTS], ids=lambda one: one.what)
def test_what_is_not_played_cites_known_facts(absence) -> None:
    assert set(absence.cites.split(", ")) <= set(facts())
    assert re.fullmatch(r"\S.*\S", absence.reason)


def test_every_fact_about_serving_and_administration_is_played_or_has_a_reason() -> None:
    told = {name for rule in RULES for name in rule.facts}
    told |= {name for one in (*NOT_PLAYED, *LEFT_TO_DEFECTS) for name in one.cites.split(", ")}
    sources = ("artifactory-pypi", "core-semantics")
    assert not [
        f.id for f in facts().values() if f.source in sources and not f.id.startswith("pypi ") and f.id not in told
    ]


def test_the_page_tells_of_each_switch_once_and_what_the_profiles_play() -> None:
    rows = [line.split(" | ") for line in model_page().splitlines() if line.startswith("| ")]
    told = [row[0].removeprefix("| ") for row in rows if len(row) == 5]
    assert sorted(name for name in told if name != "switch") == sorted(SWITCHES)
    played = {row[0].removeprefix("| "): row[4].removesuffix(" |") for row in rows if len(row) == 5}
    assert played["json"] == "off"
    assert played["range"] == "200: 7.84-pro, 7.117-pro, 7.146-pro, oss; 206: 7.161-pro"


def test_the_page_is_the_one_that_the_tables_make() -> None:
    assert (Path(ROOT) / "docs" / "model.md").read_text("utf-8") == model_page(), "run make docs"
