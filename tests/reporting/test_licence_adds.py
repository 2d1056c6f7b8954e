"""One line says what a free edition leaves out, and how to have it."""

from __future__ import annotations

import pytest

from artifactory_conformance.reporting.advice import what_a_licence_adds
from artifactory_conformance.verdicts import Reason, Verdict
from tests.reporting.made import VERSION, check, run_of

FREE = {**VERSION, "edition": "free (no add-ons)", "serves_pypi": False}
LACKING = check("remote.a", Verdict.NOT_APPLICABLE, Reason.EDITION)
OTHER = check("remote.b", Verdict.NOT_APPLICABLE, Reason.VERSION, clauses=("REMOTE-02",))
WHERE = {
    "embedded": {},
    "instance": {"target": "instance", "artifactory_url": "http://h"},
    "container": {"target": "container", "artifactory_image": "i"},
}


def line(version: dict[str, object] | None, *checks: object, target: str = "embedded") -> str:
    run = run_of(*checks, **WHERE[target])
    return what_a_licence_adds(run.checks, run.clauses, version, run.settings)


@pytest.mark.parametrize(
    ("target", "how"),
    [("embedded", "--model-profile"), ("instance", "a licence of Pro"), ("container", "ARTIFACTORY_LICENSE")],
)
def test_what_is_lacking_is_counted_and_how_to_have_it_told(target: str, how: str) -> None:
    said = line(FREE, LACKING, check("remote.a2", Verdict.NOT_APPLICABLE, Reason.EDITION), OTHER, target=target)
    assert said.startswith("a licence would add 2 checks, and verdicts on 1 clause: ")
    assert how in said


@pytest.mark.parametrize("version", [None, VERSION, {**VERSION, "serves_pypi": True}])
def test_where_everything_is_there_or_nobody_knows_nothing_is_said(version: dict[str, object] | None) -> None:
    assert line(version, LACKING) == ""


def test_a_free_edition_that_lacks_nothing_of_what_was_asked_says_nothing() -> None:
    assert line(FREE, OTHER) == ""
