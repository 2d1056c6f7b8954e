"""junit.xml keeps to the common form that CI systems read (junit.xsd here describes it), whatever the texts hold."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import example, given, settings
from hypothesis import strategies as st

from artifactory_conformance.reporting.junit import junit_xml
from artifactory_conformance.verdicts import Reason, Verdict
from tests.reporting.made import check, run_of

FORM = xmlschema.XMLSchema(Path(__file__).parent / "junit.xsd")
anything = st.text(st.characters(), max_size=40)


def read(*checks, **options) -> ElementTree.Element:
    text = junit_xml(run_of(*checks, **options))
    root = ElementTree.fromstring(text.encode())  # noqa: S314 - our own
    FORM.validate(root)
    return root


@pytest.mark.parametrize(
    ("verdict", "strict", "element"),
    [
        (Verdict.NONCONFORMANT, False, "failure"),
        (Verdict.WARNING, True, "failure"),
        (Verdict.WARNING, False, "system-out"),
        (Verdict.INCONCLUSIVE, False, "error"),
        (Verdict.BLOCKED, False, "error"),
        (Verdict.WAIVED, False, "skipped"),
        (Verdict.NOT_RUN, False, "skipped"),
        (Verdict.NOT_APPLICABLE, False, "skipped"),
        (Verdict.CONFORMANT, False, None),
        (Verdict.OBSERVED, False, None),
    ],
)
def test_each_verdict_becomes_what_a_ci_system_shows(verdict: Verdict, strict: bool, element: str | None):
    root = read(check("remote.x", verdict, Reason.BROKE, "seen this"), fail_on_warning=strict)
    (case,) = root.iter("testcase")
    assert [child.tag for child in case] == ([element] if element else [])
    for child in case:
        assert "seen this" in (child.get("message") or child.text)
        assert child.get("type") in {"broke", None}
    counts = {"failure": "failures", "error": "errors", "skipped": "skipped"}
    for name, attribute in counts.items():
        assert root.get(attribute) == ("1" if name == element else "0")


def test_every_verdict_has_a_place():
    root = read(*(check(f"remote.{n}", verdict) for n, verdict in enumerate(Verdict)))
    assert root.get("tests") == str(len(Verdict))
    assert (root.get("failures"), root.get("errors"), root.get("skipped")) == ("1", "2", "3")


def test_classnames_with_names_are_unique_and_sorted():
    names = ["b.x", "a.x", "a.y[1.5-z]", "a.y[1.5-y]", "a.x[b.x]"]
    root = read(*(check(name) for name in names), check("a.none", clauses=()))
    found = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(found)) == len(names) + 1
    assert [suite.get("name") for suite in root] == ["a", "b"]
    assert ("a.REMOTE-01", "y[1.5-y]") in found
    assert ("a.none", "none") in found
    assert [name for classname, name in found if classname == "a.REMOTE-01"] == sorted(
        ["x", "x[b.x]", "y[1.5-y]", "y[1.5-z]"]
    )


def test_the_order_in_which_checks_ended_changes_nothing():
    checks = [check(f"a.{n}") for n in range(4)]
    assert junit_xml(run_of(*checks)) == junit_xml(run_of(*reversed(checks)))


def test_each_suite_says_what_was_under_test():
    root = read(check("remote.x"), exit_code=6)
    properties = {entry.get("name"): entry.get("value") for entry in root.iter("property")}
    assert properties["about"].startswith("reference model")
    assert properties["exit_code"] == "6"


@pytest.mark.parametrize("seconds", [0.0, 1e-7, 0.0004, 12.3456789, 86_400.5])
def test_a_time_is_a_decimal(seconds: float):
    (case,) = read(check("remote.x", seconds=seconds)).iter("testcase")
    assert float(case.get("time")) == pytest.approx(seconds, abs=0.001)


def test_a_run_without_checks_is_an_empty_report():
    assert list(read()) == []


@settings(max_examples=100)
@given(message=anything, title=anything, name=anything)
@example(message="\0\x0b\x1b[31m\ud800\ufffe]]>&<\"'😀\r\n", title="", name="x[\x00\x7f\ud83d]")
def test_any_text_stays_valid_xml(message: str, title: str, name: str):
    verdicts = (Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE, Verdict.NOT_RUN, Verdict.WARNING)
    root = read(
        *(check(f"remote.{n}{name}", verdict, Reason.NONE, message, title=title) for n, verdict in enumerate(verdicts))
    )
    assert len(list(root.iter("testcase"))) == len(verdicts)


def test_an_emoji_stays_itself():
    (case,) = read(check("remote.x", Verdict.NONCONFORMANT, message="seen 😀 é")).iter("testcase")
    assert case[0].get("message") == "nonconformant: seen 😀 é"
