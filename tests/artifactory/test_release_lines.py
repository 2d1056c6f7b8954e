"""What is told of a release line: never a verdict, so what is not known has to be told as such."""

from __future__ import annotations

from datetime import date

import pytest

from artifactory_conformance.artifactory.release_lines import FIRST_SEEN, line_of, state_of


@pytest.mark.parametrize(
    ("version", "line"), [("7.84.17", "7.84"), ("7.161", "7.161"), ("8", "8.0"), ("7.84.17-m001", "7.84.17-m001")]
)
def test_line_is_major_and_minor(version: str, line: str) -> None:
    assert line_of(version) == line


@pytest.mark.parametrize(
    ("version", "today", "support"),
    [
        ("7.84.17", date(2025, 11, 30), "ends about 2025-11 (inferred)"),
        ("7.84.17", date(2025, 12, 1), "ended about 2025-11 (inferred)"),
        ("7.161.20", date(2026, 11, 27), "ends about 2028-01 (inferred)"),
        ("7.200.1", date(2026, 11, 27), "not known to this version of the suite"),
    ],
)
def test_support_lasts_18_months_from_the_first_day_that_is_known(version: str, today: date, support: str) -> None:
    assert state_of(version, today).support == support


@pytest.mark.parametrize(
    ("version", "affected"),
    [("7.84.17", True), ("7.84.17-m001", True), ("7.111.20", False), ("7.117.26", True), ("7.117.27", False)],
)
def test_published_ranges_end_with_the_version_that_mends(version: str, affected: bool) -> None:
    state = state_of(version, date(2026, 1, 1))
    assert state.published_cve is affected
    assert ("CVE-2026-42018" in state.as_data()["published CVE"]) is affected


@pytest.mark.parametrize("version", ["?", "7.x-SNAPSHOT", "7.117.27-m001"])
def test_a_version_that_cannot_be_compared_is_not_told_to_be_in_no_range(version: str) -> None:
    state = state_of(version, date(2026, 1, 1))
    assert state.published_cve is None
    assert state.as_data()["published CVE"] == "not to be told from this version"


def test_every_known_line_is_told_an_end() -> None:
    assert all("not known" not in state_of(f"{line}.1", date(2026, 1, 1)).support for line in FIRST_SEEN)
