"""The guide's clauses: they load, and a malformed file is refused by name."""

from __future__ import annotations

import re

import pytest
import yaml

from artifactory_conformance.guide import Force, MalformedGuide, clauses, read_clauses

GOOD = {
    "id": "REMOTE-01",
    "section": "2. Create",
    "force": "must",
    "owner": "administrator",
    "says": "It is remote.",
    "fix": "Recreate it.",
}


def file_of(*entries: object, **top: object) -> str:
    return yaml.safe_dump({"clauses": list(entries), **top})


def test_all_91_clauses_of_the_guide_load():
    assert len(clauses()) == 91
    assert all(name == clause.id for name, clause in clauses().items())


def test_ids_keep_the_order_of_the_guide():
    chapters = list(dict.fromkeys(name.partition("-")[0] for name in clauses()))
    grouped = [name.partition("-")[0] for name in clauses()]
    assert grouped == sorted(grouped, key=chapters.index)


def test_the_clauses_cannot_be_changed_by_a_reader():
    with pytest.raises(TypeError):
        clauses()["REMOTE-01"] = None


@pytest.mark.parametrize(
    ("force", "contested", "soft"),
    [("must", "", False), ("claim", "", False), ("should", "", True), ("must", "x", True), ("claim", "x", True)],
)
def test_a_recommendation_or_contested_clause_is_soft(force: str, contested: str, soft: bool):
    entry = {**GOOD, "force": force} | ({"contested": contested} if contested else {})
    assert read_clauses(file_of(entry))["REMOTE-01"].soft is soft


def test_a_caveat_does_not_soften_a_clause():
    assert not read_clauses(file_of({**GOOD, "caveat": "mind this"}))["REMOTE-01"].soft


def test_a_good_entry_is_taken_as_it_stands():
    clause = read_clauses(file_of({**GOOD, "origin": "beyond"}))["REMOTE-01"]
    assert (clause.force, clause.owner, clause.origin, clause.says) == (
        Force.MUST,
        "administrator",
        "beyond",
        "It is remote.",
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (file_of({**GOOD, "colour": "red"}), "clause REMOTE-01: unknown field colour"),
        (file_of({**GOOD, 7: "red"}), "clause REMOTE-01: unknown field 7"),
        *(
            (file_of({k: v for k, v in GOOD.items() if k != field}), f"missing field {field}")
            for field in ("id", "section", "force", "owner", "says", "fix")
        ),
        (file_of({**GOOD, "force": "maybe"}), "clause REMOTE-01: force must be one of claim, must, should"),
        (file_of({**GOOD, "force": True}), "clause REMOTE-01: field force must be a text"),
        (file_of({**GOOD, "owner": "nobody"}), "clause REMOTE-01: owner must be one of"),
        (file_of({**GOOD, "origin": "hearsay"}), "clause REMOTE-01: origin must be one of"),
        (file_of({**GOOD, "says": ""}), "clause REMOTE-01: field says must be a text that is not empty"),
        (file_of({**GOOD, "fix": None}), "clause REMOTE-01: field fix must be a text that is not empty"),
        (file_of({**GOOD, "section": 3}), "clause REMOTE-01: field section must be a text"),
        (file_of({**GOOD, "id": "remote-1"}), "clause remote-1: an id is capitals"),
        (file_of(GOOD, GOOD), "clause REMOTE-01 occurs twice"),
        (file_of("REMOTE-01"), "clause 'REMOTE-01': not a mapping"),
        (file_of(None), "clause None: not a mapping"),
        (file_of(GOOD, extra=[]), "unknown field extra at the top"),
        ("clauses: {}", "no list of clauses"),
        ("without_clause: []", "no list of clauses"),
        ("", "no list of clauses"),
        ("- a", "no list of clauses"),
        ("clauses: [", "no YAML"),
        ("clauses:\n- id: A-01\n  says: one\n  says: two\n", "line 2: field says occurs twice"),
        ("clauses: !!python/object/apply:os.getcwd []", "no YAML"),
    ],
)
def test_a_malformed_file_is_refused_by_the_name_of_what_is_wrong(text: str, named: str):
    with pytest.raises(MalformedGuide, match=re.escape(named)) as refused:
        read_clauses(text)
    assert "\n" not in str(refused.value)
