"""The generated accounts of clauses and facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from artifactory_conformance.coverage.clauses_page import clauses_page
from artifactory_conformance.coverage.facts_page import facts_page, uncovered
from artifactory_conformance.coverage.honest import honest, unused
from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.coverage.reasons import MalformedReasons, read_reasons, reasons, relied_on
from artifactory_conformance.guide import clauses
from artifactory_conformance.guide.facts import facts
from artifactory_conformance.verdicts import Reason, unchecked
from tests.coverage.conftest import ROOT
from tests.coverage.made import made

ONE = made("a.one[x]", "PERM-09", facts=("row 44", "P-04"), needs=(Reason.NEEDS_MUTATE,))
OTHER = made("a.one[y]", "PERM-09", facts=("row 44",), needs=(Reason.NEEDS_MUTATE,))
WATCHES = made("a.watches", "PERM-09", facts=("row 44",), observes=True)
GUARDED = made("a.guarded", facts=("row 59",), since="7.108.3")


def paragraph(page: str, name: str) -> str:
    return page.partition(f"\n### {name} ")[2].partition("\n##")[0]


def test_every_clause_has_a_paragraph_even_without_checks():
    page = clauses_page([])
    assert all(paragraph(page, name) for name in clauses())


def test_a_clause_names_its_checks_once_and_where_they_see_it_from():
    text = paragraph(clauses_page([ONE, OTHER, WATCHES]), "PERM-09")
    assert text.count("asserted by `a.one` (client, pull)") == 1
    assert "observed by `a.watches`" in text
    assert "seen from: embedded, mutating, disposable\n" in text
    assert "not run from: user (needs-mutate), administrator (needs-mutate)\n" in text


def test_what_only_observes_is_no_place_to_judge_a_clause_from():
    assert "not run from: user" in paragraph(clauses_page([ONE, WATCHES]), "PERM-09")
    assert "not run from" not in paragraph(clauses_page([WATCHES]), "PERM-09")


def test_a_clause_without_a_check_tells_why_and_what_to_do():
    name, reason = next(iter(unchecked().items()))
    text = paragraph(clauses_page([]), name)
    assert f"* no check: {reason}" in text
    assert "* the report says: " in text


def test_a_fact_tells_how_it_is_covered():
    page = facts_page([ONE, OTHER, WATCHES, GUARDED])
    row = {line.split(" | ")[0].removeprefix("| "): line for line in page.splitlines() if line.startswith("| ")}
    assert row["row 44"].endswith("| asserted by `a.one`; observed by `a.watches` |")
    assert row["row 59"].endswith("| guarded (since 7.108.3) by `a.guarded` |")
    assert row["row 45"].endswith("| no check: open |")
    name, reason = next(iter(reasons().items()))
    assert row[name].endswith(f"| no check: {reason} |")


def test_each_thing_that_is_relied_on_has_a_row():
    page = facts_page([])
    assert all(f"\n| {name} | " in page for name in relied_on())


def test_covered_is_what_a_check_cites_or_a_reason_excuses():
    assert set(uncovered([])) == set(relied_on()) - set(reasons())
    assert set(uncovered([])) - set(uncovered([ONE, GUARDED])) == {"row 44", "row 59"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("P-04: why", "P-04: nothing that has to be covered"),
        ("row 99: why", "row 99: nothing"),
        ("row 1: ''", "row 1: a reason is one line"),
        ("row 1: 7", "row 1: a reason is one line"),
        ("- row 1", "not a mapping"),
        ("row 1: a\nrow 1: b", "row 1 occurs twice"),
        ("row 1: [", "no YAML"),
    ],
)
def test_a_malformed_file_of_reasons_is_refused_by_name(text: str, named: str):
    with pytest.raises(MalformedReasons, match=named):
        read_reasons(text)


def test_every_fact_that_a_check_cites_is_known(listed: tuple[Check, ...]):
    assert not {(check.file, name) for check in listed for name in check.info.facts if name not in facts()}


def test_what_a_check_cites_needs_no_reason_why_none_can(listed: tuple[Check, ...]):
    assert not {name for check in listed for name in check.info.facts} & set(reasons())


def test_every_clause_has_a_check_or_is_listed_as_unchecked(listed: tuple[Check, ...]):
    checked = {name for check in listed for name in check.info.clauses}
    assert checked == set(clauses()) - set(unchecked())


def test_everything_that_is_relied_on_is_covered_or_has_a_reason(listed: tuple[Check, ...]):
    assert uncovered(listed) == ()


NO_SECOND_SITE = {"REPL-01", "REPL-02", "REPL-03", "REPL-04"}
"""Clauses about two sites: a run on an instance cannot be told of a second one yet."""


def test_every_clause_is_judged_from_wherever_it_honestly_can_be(listed: tuple[Check, ...]):
    checks = {name: [check for check in listed if name in check.info.clauses] for name in honest()}
    gaps = {name for name in honest() if name not in unchecked() and unused(name, checks[name])}
    assert gaps == NO_SECOND_SITE


@pytest.mark.parametrize(("name", "page"), [("clauses", clauses_page), ("coverage", facts_page)])
def test_the_pages_are_the_ones_that_the_checks_make(
    listed: tuple[Check, ...], name: str, page: Callable[[Sequence[Check]], str]
):
    assert (ROOT / "docs" / f"{name}.md").read_text("utf-8") == page(listed), "run make docs"
