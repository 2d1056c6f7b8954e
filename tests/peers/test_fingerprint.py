"""A fingerprint is red where a verdict differs, or where nobody has written down why one is not clean."""

from __future__ import annotations

import pytest

from tests.peers.__main__ import PEERS
from tests.peers.fingerprint import Fingerprint, Known, seen_in
from tests.peers.page import OBSERVED
from tests.proof.runs import ROOT

KEPT = Fingerprint(
    "one",
    {
        "a.clean": Known("conformant"),
        "a.wrong": Known("nonconformant", "why"),
        "a.race": Known("conformant", "why", "nonconformant"),
        "a.lacking": Known("not run: needs-tls"),
    },
    {"why": "Because."},
)
SEEN = {name: known.verdict for name, known in KEPT.verdicts.items()}


def test_what_the_page_tabulates_is_recorded_by_some_check():
    suites = "".join(file.read_text("utf-8") for file in (ROOT / "suites").glob("*/test_*.py"))
    assert [value for _, _, value, _ in OBSERVED if f'observe("{value}"' not in suites] == []
    assert [check for _, check, _, _ in OBSERVED if check not in Fingerprint.kept("nginx").verdicts] == []


def test_the_same_verdicts_are_no_difference_and_a_race_may_go_either_way():
    assert KEPT.differences(SEEN) == []
    assert KEPT.differences({**SEEN, "a.race": "nonconformant"}) == []
    assert KEPT.faults_of_its_own() == []


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ({**SEEN, "a.clean": "nonconformant"}, "a.clean: nonconformant instead of conformant"),
        ({**SEEN, "a.wrong": "conformant"}, "a.wrong: conformant instead of nonconformant"),
        ({**SEEN, "a.race": "inconclusive"}, "a.race: inconclusive instead of conformant"),
        ({**SEEN, "a.new": "conformant"}, "a.new: conformant, and nothing is known of it"),
        ({k: v for k, v in SEEN.items() if k != "a.clean"}, "a.clean: conformant is known, and it did not run"),
    ],
)
def test_whatever_else_is_found_is_told(seen: dict[str, str], told: str):
    assert KEPT.differences(seen) == [told]


@pytest.mark.parametrize("verdict", ["nonconformant", "inconclusive", "warning", "blocked"])
def test_a_verdict_that_is_not_clean_needs_a_reason(verdict: str):
    found = Fingerprint("one", {"a.b": Known(verdict)}).faults_of_its_own()
    assert found == [f"a.b: {verdict}, and no reason is written down"]
    race = Fingerprint("one", {"a.b": Known("conformant", or_else=verdict)})
    assert race.faults_of_its_own() == ["a.b: conformant, and no reason is written down"]


def test_a_reason_that_explains_nothing_is_told():
    assert Fingerprint("one", {}, {"why": "Because."}).faults_of_its_own() == ["the reason 'why' explains nothing"]


def test_taking_a_run_keeps_the_reasons_of_what_is_as_before_and_gives_none():
    taken = KEPT.taking({"a.wrong": "nonconformant", "a.clean": "nonconformant"})
    assert taken.verdicts == {"a.wrong": Known("nonconformant", "why"), "a.clean": Known("nonconformant")}
    assert taken.faults_of_its_own() == ["a.clean: nonconformant, and no reason is written down"]


def test_what_no_index_is_asked_is_no_part_of_it():
    checks = [
        {"id": "a.b", "verdict": "not run", "reason": "needs-artifactory"},
        {"id": "a.c", "verdict": "not run", "reason": "needs-tls"},
        {"id": "a.d", "verdict": "conformant", "reason": ""},
    ]
    assert seen_in(checks) == {"a.c": "not run: needs-tls", "a.d": "conformant"}


@pytest.mark.parametrize("name", PEERS)
def test_what_is_kept_of_a_peer_has_its_reasons_and_reads_back(name: str, tmp_path, monkeypatch):
    kept = Fingerprint.kept(name)
    assert kept.verdicts
    assert kept.faults_of_its_own() == []
    monkeypatch.setattr("tests.peers.fingerprint.FOLDER", tmp_path)
    kept.write()
    assert Fingerprint.kept(name) == kept
