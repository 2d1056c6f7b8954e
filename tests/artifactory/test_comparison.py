"""Files that are compared come from all over their pages, and are not more than a run may download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.artifactory.comparison import from_all_over, other_pages, sample_of
from artifactory_conformance.artifactory.handles import PlainIndex
from artifactory_conformance.artifactory.identity import Identity
from artifactory_conformance.artifactory.pages import Link, ProjectPage
from artifactory_conformance.evidence import Credentials
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.verdicts import Level
from tests.targets.made import connections
from tests.traps.indexes import OwnIndex

SIZE = 1000
FILES = {
    "example": {f"example-1.{number}-py3-none-any.whl": b"x" * SIZE for number in range(12)},
    "other": {"other-1.0-py3-none-any.whl": b"x" * SIZE, "other-1.1.tar.gz": b"x" * 5 * SIZE},
    "empty": {},
}


def link(number: int) -> Link:
    return Link(f"example-{number}.tar.gz", f"http://h/{number}", None, None, "")


@given(st.integers(0, 200))
def test_every_link_is_given_once_and_the_first_ones_are_far_apart(number: int) -> None:
    links = [link(each) for each in range(number)]
    ordered = from_all_over(links)
    assert sorted(ordered, key=links.index) == links
    if number > 3:
        first = sorted(links.index(one) for one in ordered[:2])
        assert first[1] - first[0] >= number // 4


@pytest.fixture
def index() -> Iterator[OwnIndex]:
    with OwnIndex(FILES) as served:
        yield served


def asker(index: OwnIndex) -> Identity:
    return Identity(connections().to_target(index.url, Credentials(), Level.PULL))


def pages(index: OwnIndex) -> list[ProjectPage]:
    at, who = PlainIndex(index.url), asker(index)
    return [who.page(at, "example"), *other_pages(who, at, "example", 4)]


def test_all_fit_and_a_page_that_lists_nothing_is_passed_over(index: OwnIndex) -> None:
    sample = sample_of(asker(index), pages(index))
    assert str(sample) == "14 of 14 files compared, of example, other"


@pytest.mark.parametrize(
    ("limits", "count", "large"),
    [({"compared_files": 4}, 4, True), ({"compared_bytes": 4 * SIZE}, 4, False), ({"body_bytes": SIZE}, 13, False)],
)
def test_no_more_is_taken_than_may_be_downloaded(
    index: OwnIndex, limits: dict[str, int], count: int, large: bool
) -> None:
    sample = sample_of(asker(index), pages(index), replace(LIMITS, **limits))
    assert len(sample.links) == count
    assert ("other-1.1.tar.gz" in {one.filename for one in sample.links}) is large
    assert {one.filename.partition("-")[0] for one in sample.links} == {"example", "other"}
    assert not index.downloads()
