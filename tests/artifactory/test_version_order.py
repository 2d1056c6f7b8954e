"""Which of two versions is older, as far as what is told of one says so: no guess where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.artifactory.version_order import is_before

releases = st.lists(st.integers(0, 300), min_size=3, max_size=3)


@pytest.mark.parametrize(
    ("version", "bound", "before"),
    [
        ("7.84.17", "7.84.18", True),
        ("7.84.17", "7.84.17", False),
        ("7.84.17", "7.108.3", True),  # numbers, not texts
        ("7.161.20", "7.84", False),
        ("7.84.17", "7.84", False),
        ("6.23.1", "7.84", True),
        ("8.0.0", "7.161", False),
        ("7.84", "7.84", False),
    ],
)
def test_release_is_compared_by_its_numbers(version: str, bound: str, before: bool) -> None:
    assert is_before(version, bound) is before


@pytest.mark.parametrize(
    ("version", "bound"),
    [
        ("7.x-SNAPSHOT", "7.84"),
        ("7.x-SNAPSHOT", "7.0.1"),
        ("7", "7.84"),
        ("7.108", "7.108.3"),
        ("7.108.x", "7.108.3"),
        ("7.108.3-SNAPSHOT", "7.108.3"),  # made on the way to that release, or of it
        ("7.108.3-m001", "7.108.3"),
        ("x", "7.84"),
        ("", "7.84"),
    ],
)
def test_what_the_numbers_leave_open_is_open(version: str, bound: str) -> None:
    assert is_before(version, bound) is None


@pytest.mark.parametrize(
    ("version", "bound", "before"),
    [
        ("7.x-SNAPSHOT", "6.18", False),
        ("7.x-SNAPSHOT", "8.1", True),
        ("7.90.x", "7.84.3", False),
        ("7.84.17-m001", "7.84.18", True),
        ("7.108.4-SNAPSHOT", "7.108.3", False),
        ("7.161.1-SNAPSHOT", "7.161", False),
    ],
)
def test_what_the_numbers_say_counts_whatever_follows_them(version: str, bound: str, before: bool) -> None:
    assert is_before(version, bound) is before


@given(releases, releases)
def test_releases_are_ordered_as_their_numbers_are(version: list[int], bound: list[int]) -> None:
    assert is_before(".".join(map(str, version)), ".".join(map(str, bound))) is (version < bound)


@given(releases, releases, st.integers(0, 3))
def test_less_that_is_told_never_turns_the_answer_round(version: list[int], bound: list[int], told: int) -> None:
    short = ".".join(map(str, version[:told])) + "-SNAPSHOT"
    assert is_before(short, ".".join(map(str, bound))) in {None, version < bound}
