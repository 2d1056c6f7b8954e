"""Which tags are releases, and which of these are judged."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.artifactory.release_lines import FIRST_SEEN, is_supported, line_of
from artifactory_conformance.containers.releases import numbers_of, releases_of, to_judge

NUMBERS = st.integers(0, 300)
RELEASES = st.builds("7.{}.{}".format, NUMBERS, NUMBERS)
OTHERS = st.sampled_from(
    [
        *("latest", "7.x-SNAPSHOT", "7.146", "7", "6.23.1", "8.0.0", "7.146.10-jfrog", "7.146.10.1", "07.146.1"),
        *("7.01.2", "7.146.x", " 7.146.1", "7.146.1\n", "7.٣.1", "v7.146.1", "7.146.1234567"),
    ]
)
TODAY = date(2026, 11, 27)


@given(st.lists(RELEASES), st.lists(OTHERS | st.text()))
def test_releases_are_all_that_is_found_and_are_in_the_order_of_their_numbers(
    releases: list[str], others: list[str]
) -> None:
    found = releases_of([*others, *releases])
    assert set(releases) <= set(found)
    assert not set(found) & (set(others) - set(releases) - set(releases_of(others)))
    pairs = [tuple(int(number) for number in release.split(".")) for release in found]
    assert pairs == sorted(set(pairs))


@given(OTHERS)
def test_what_is_no_release_is_none(tag: str) -> None:
    assert releases_of([tag]) == []


@given(st.lists(RELEASES, min_size=1), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_what_is_judged_is_the_newest_of_its_line_and_of_the_newest_lines(tags: list[str], today: date) -> None:
    judged = to_judge(tags, today)
    lines = sorted({line_of(tag) for tag in tags}, key=numbers_of)
    assert [line_of(release) for release in judged][-3:] == lines[-3:]
    for release in judged:
        same_line = [tag for tag in tags if line_of(tag) == line_of(release)]
        assert release == max(same_line, key=numbers_of)
    older = [line_of(release) for release in judged if line_of(release) not in lines[-3:]]
    supported = [line for line in lines if is_supported(line, today)]
    assert older == [line for line in supported[:1] if line not in lines[-3:]]


def test_of_the_lines_that_are_known_the_oldest_supported_one_is_judged_too() -> None:
    tags = [f"{line}.{patch}" for line in FIRST_SEEN for patch in (2, 10, 9)]
    assert to_judge(["latest", *tags], TODAY) == ["7.117.10", "7.133.10", "7.146.10", "7.161.10"]


@pytest.mark.parametrize(
    ("line", "today", "supported"),
    [
        ("7.111", date(2026, 10, 1), True),
        ("7.111", date(2026, 11, 1), False),
        ("7.5", TODAY, None),
    ],
)
def test_a_line_is_supported_for_eighteen_months(line: str, today: date, supported: bool | None) -> None:
    assert is_supported(line, today) is supported
