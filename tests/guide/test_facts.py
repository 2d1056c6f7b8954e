"""What is known, as data: it loads, a malformed file is refused by name, and prose cites it exactly."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.guide.facts import (
    SOURCES,
    Confidence,
    MalformedFacts,
    facts,
    facts_cited,
    read_facts,
)

GOOD = {"confidence": ["DOC", "OBS"], "says": "It is so."}


def file_of(**entries: object) -> str:
    return yaml.safe_dump({"facts": {name.replace("_", "-"): entry for name, entry in entries.items()}})


def numbered(form: str, last: int) -> set[str]:
    return {form.format(number) for number in range(1, last + 1)}


def test_every_fact_of_the_four_fields_of_knowledge_is_there():
    wanted = numbered("B-{:02}", 57) | numbered("row {}", 65) | numbered("open {}", 30)
    wanted |= numbered("client C{}", 24) | numbered("T{:02}", 40) | numbered("U{}", 19)
    wanted |= numbered("ladder E{}", 10) | numbered("release {}", 32) | numbered("admin 11.{}", 17)
    last = {
        "U": 20,
        "N": 4,
        "R": 12,
        "H": 12,
        "J": 7,
        "I": 7,
        "F": 10,
        "E": 4,
        "C": 12,
        "M": 19,
        "V": 11,
        "T": 8,
        "P": 15,
    }
    for letter, number in last.items():
        wanted |= numbered(letter + "-{:02}", number)
    assert not wanted - set(facts())
    assert {fact.source for fact in facts().values()} == set(SOURCES)


def test_a_fact_says_one_short_line():
    assert not [name for name, fact in facts().items() if len(fact.says) > 130]


def test_facts_cannot_be_changed_by_a_reader():
    with pytest.raises(TypeError):
        facts()["U-01"] = None


def test_a_good_entry_is_taken_as_it_stands():
    text = file_of(U_02={**GOOD, "versions": "7.161.20", "worth_testing": True})
    fact = read_facts(text, "some-file")["U-02"]
    assert (fact.id, fact.source, fact.versions, fact.worth_testing) == ("U-02", "some-file", "7.161.20", True)
    assert fact.confidence == (Confidence.DOC, Confidence.OBS)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (file_of(U_02={**GOOD, "colour": "red"}), "fact U-02: unknown field colour"),
        (file_of(U_02={"says": "x"}), "fact U-02: missing field confidence"),
        (file_of(U_02={"confidence": ["DOC"]}), "fact U-02: missing field says"),
        (file_of(U_02={**GOOD, "says": ""}), "fact U-02: field says must be one line"),
        (file_of(U_02={**GOOD, "says": "two\nlines"}), "fact U-02: field says must be one line"),
        (file_of(U_02={**GOOD, "versions": 7.84}), "fact U-02: field versions must be one line"),
        (file_of(U_02={**GOOD, "confidence": "DOC"}), "fact U-02: confidence must be a list of CLAIM, CLI"),
        (file_of(U_02={**GOOD, "confidence": []}), "fact U-02: confidence must be a list of"),
        (file_of(U_02={**GOOD, "confidence": ["HEARSAY"]}), "fact U-02: confidence must be a list of"),
        (file_of(U_02={**GOOD, "confidence": [["DOC"]]}), "fact U-02: confidence must be a list of"),
        (file_of(U_02={**GOOD, "worth_testing": "yes"}), "fact U-02: worth_testing must be true or false"),
        (file_of(U_2=GOOD), "fact U-2: no id of a fact"),
        (file_of(S_01=GOOD), "fact S-01: no id of a fact"),
        (yaml.safe_dump({"facts": {7: GOOD}}), "fact 7: no id of a fact"),
        (file_of(U_02="It is so."), "fact U-02: not a mapping"),
        (yaml.safe_dump({"facts": {}, "more": {}}), "not a mapping of facts alone"),
        (yaml.safe_dump({"facts": [GOOD]}), "not a mapping of facts alone"),
        ("", "not a mapping of facts alone"),
        ("facts: [", "no YAML"),
        ("facts:\n  U-02: {confidence: [DOC], says: a}\n  U-02: {confidence: [DOC], says: b}\n", "occurs twice"),
    ],
)
def test_a_malformed_file_is_refused_by_the_name_of_what_is_wrong(text: str, named: str):
    with pytest.raises(MalformedFacts, match=re.escape(named)) as refused:
        read_facts(text, "some-file")
    assert str(refused.value).startswith("some-file: ")
    assert "\n" not in str(refused.value)


prose = st.sampled_from(["as", "the page of 7.84", "UTF-8", "SHA-1", "PEP 691", "PERM-09", "x-c-03", "HTTP/1.1", "S3"])
between = st.sampled_from([", ", " and ", " (", "; ", ").\n", " to ", ": "])
cited = st.tuples(prose, between, st.sampled_from(sorted(facts())), between)


@given(st.lists(cited, max_size=4), prose)
def test_prose_cites_exactly_the_ids_in_it_in_their_order(parts: list[tuple[str, ...]], end: str):
    text = "".join(piece for part in parts for piece in part) + end
    assert facts_cited(text) == tuple(dict.fromkeys(name for _, _, name, _ in parts))


@given(st.sampled_from(sorted(facts())))
def test_a_citation_that_is_broken_over_two_lines_is_the_same(name: str):
    assert facts_cited(f"see {name.replace(' ', chr(10) + '    ')}.") == (name,)


@given(st.sampled_from(sorted(facts())), st.sampled_from(["0", "a", ".7", "-", "-x"]))
def test_an_id_with_something_behind_it_is_another_id(name: str, more: str):
    given_back = facts_cited(f"({name}{more})")
    assert given_back == ((name,) if more == "-" else (name + more,))


@pytest.mark.parametrize(
    "typo", ["C-3", "C-033", "U-1", "A40b", "row 66", "row 0", "admin 3.99", "client C25", "T-1", "F06"]
)
def test_a_typo_is_a_citation_of_nothing_known(typo: str):
    assert facts_cited(f"see {typo}, for instance") == (typo,)
    assert typo not in facts()
