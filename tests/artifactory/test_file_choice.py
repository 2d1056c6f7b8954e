"""Checks of a site take small files, and ask no file for its size."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.artifactory import (
    ArtifactoryRefused,
    Identity,
    Link,
    PageUnavailable,
    ProjectPage,
    RemoteRepository,
)
from artifactory_conformance.artifactory.file_choice import cold_files, sizes_told, small_first, take, twins
from artifactory_conformance.artifactory.pages import JSON_PAGE
from tests.evidence.raw_server import RawServer, answer

PURE, PLATFORM, SDIST = "a-1.0-py3-none-any.whl", "a-1.0-cp312-cp312-manylinux_2_17_x86_64.whl", "a-1.0.tar.gz"
LARGE = 3_000_000_000


def link(filename: str) -> Link:
    return Link(filename, f"http://h/{filename}", None, None, filename)


NAMED = st.builds(
    lambda number, ending: f"a-{number}.0{ending}",
    st.integers(0, 9),
    st.sampled_from(["-py3-none-any.whl", "-cp312-cp312-win32.whl", ".tar.gz"]),
)
SIZES = st.dictionaries(NAMED, st.integers(1, LARGE), min_size=1)


@pytest.mark.parametrize(
    ("sizes", "first"),
    [
        ({}, PURE),
        ({PURE: LARGE}, PLATFORM),
        ({PURE: LARGE, PLATFORM: LARGE}, SDIST),
        ({SDIST: 100}, SDIST),
        ({SDIST: 100, PLATFORM: 99, PURE: 101}, PLATFORM),
    ],
)
def test_smallest_is_first_and_a_pure_wheel_is_taken_for_small(sizes: dict[str, int], first: str) -> None:
    assert small_first([link(SDIST), link(PLATFORM), link(PURE)], sizes)[0].filename == first


@given(sizes=SIZES)
def test_where_all_sizes_are_known_nothing_is_smaller_than_the_first(sizes: dict[str, int]) -> None:
    assert sizes[small_first(map(link, sizes), sizes)[0].filename] == min(sizes.values())


@given(data=st.data(), sizes=SIZES, names=st.lists(NAMED, unique=True))
def test_order_is_the_same_however_a_page_lists_the_files(
    data: st.DataObject, sizes: dict[str, int], names: list[str]
) -> None:
    ordered = small_first(map(link, names), sizes)
    assert sorted(one.filename for one in ordered) == sorted(names)
    assert small_first(map(link, data.draw(st.permutations(names))), sizes) == ordered


class Claims:
    """Claims of which others have some already."""

    def __init__(self, *others: str) -> None:
        self.others, self.asked = set(others), []

    def claim(self, name: str) -> bool:
        self.asked.append(name)
        return name not in self.others


class OneShot(Claims):
    """Claims as a run has them: each once."""

    def claim(self, name: str) -> bool:
        granted = super().claim(name)
        self.others.add(name)
        return granted


@given(files=st.integers(20, 60), runs=st.integers(1, 4))
def test_next_run_fetches_nothing_that_one_before_was_refused(files: int, runs: int) -> None:
    cold = [link(f"a-{number:02}.0-py3-none-any.whl") for number in range(files)]
    refused: set[Link] = set()
    for _ in range(runs):
        claims = OneShot()
        file, other = twins(cold, claims.claim) or (None, None)
        fetched = next(one for one in cold if claims.claim(one.filename))
        assert len({file, other, fetched}) == 3
        assert not {other, fetched} & refused
        refused.add(file)
        cold = [one for one in cold if one not in {other, fetched}]


@pytest.mark.parametrize(("names", "others"), [((), ()), ((PURE,), ()), ((PURE, SDIST), (PURE,))])
def test_there_are_no_twins_where_two_cannot_be_had(names: tuple[str, ...], others: tuple[str, ...]) -> None:
    assert twins([link(name) for name in names], OneShot(*others).claim) is None


def test_of_few_files_two_are_twins_whichever_are_left() -> None:
    cold = [link(name) for name in (PURE, PLATFORM, SDIST)]
    for taken in cold:
        found = twins(cold, OneShot(taken.filename).claim)
        assert found is not None
        assert {taken, *found} == set(cold)


ALL = (SDIST, PLATFORM, PURE)


@pytest.mark.parametrize(
    ("stored", "told", "others", "taken", "claimed"),
    [
        ({}, {}, (), [PURE, PLATFORM], [PURE, PLATFORM]),
        ({SDIST: 5_000_000}, {}, (), [SDIST, PURE], [PURE]),
        ({SDIST: 900, PLATFORM: 800}, {}, (), [PLATFORM, SDIST], []),
        ({SDIST: LARGE}, {}, (), [PURE, PLATFORM], [PURE, PLATFORM]),
        ({}, {PURE: LARGE}, (), [PLATFORM, SDIST], [PLATFORM, SDIST]),
        ({}, {}, (PURE,), [PLATFORM, SDIST], [PURE, PLATFORM, SDIST]),
        ({}, {}, (PURE, SDIST), [PLATFORM, PURE], [PURE, PLATFORM, SDIST]),
        ({PURE: 9}, {}, (PURE,), [PURE, PLATFORM], [PLATFORM]),
    ],
)
def test_what_is_stored_is_taken_before_what_is_cold_and_what_others_claim_last(
    stored: dict[str, int], told: dict[str, int], others: tuple[str, ...], taken: list[str], claimed: list[str]
) -> None:
    claims = Claims(*others)
    page = ProjectPage("a", "http://h/simple/a/", tuple(map(link, ALL)))
    assert [one.filename for one in take(page, stored, told, claims.claim, 2)] == taken
    assert claims.asked == claimed


@given(names=st.lists(NAMED, unique=True), stored=SIZES, told=SIZES, others=st.sets(NAMED), most=st.integers(1, 5))
def test_as_many_are_taken_as_are_asked_for_and_none_twice(
    names: list[str], stored: dict[str, int], told: dict[str, int], others: set[str], most: int
) -> None:
    page = ProjectPage("a", "http://h/simple/a/", tuple(map(link, names)))
    taken = [one.filename for one in take(page, stored, told, Claims(*others).claim, most)]
    assert len(set(taken)) == len(taken) == min(most, len(names))
    assert set(taken) <= set(names)


def anchors(*filenames: str) -> bytes:
    return b"<!DOCTYPE html>" + "".join(f'<a href="f/{name}">{name}</a>' for name in filenames).encode()


def in_json(project: str, **sizes: object) -> bytes:
    files = [{"url": f"f/{name}", "hashes": {}, "size": size} for name, size in sizes.items()]
    return json.dumps({"meta": {"api-version": "1.1"}, "name": project, "files": files}).encode()


@pytest.fixture
def site(server: RawServer) -> Callable[..., None]:
    """Let the server have a cache with some files, pages, and pages in JSON."""

    def has(stored: dict[str, int], pages: dict[str, bytes], json_pages: dict[str, bytes] | None = None) -> None:
        def reply(asked, connection) -> None:
            if asked.path.startswith("/artifactory/api/storage/r-cache"):
                files = [{"uri": f"/x/{name}", "size": size, "folder": False} for name, size in stored.items()]
                connection.sendall(answer(200, json.dumps({"files": files}).encode(), "Content-Type: application/json"))
                return
            project = asked.path.rstrip("/").rpartition("/")[2]
            if JSON_PAGE in asked.headers["accept"] and json_pages and project in json_pages:
                connection.sendall(answer(200, json_pages[project], f"Content-Type: {JSON_PAGE}"))
            elif project in pages:
                connection.sendall(answer(200, pages[project], "Content-Type: text/html"))
            else:
                connection.sendall(answer(404))

        server.reply = reply

    return has


def cold(session, *projects: str) -> list[list[str]]:
    found = cold_files(Identity(session), RemoteRepository("r", session), projects)
    return [[one.filename for one in files] for files in found]


def test_files_that_nobody_has_cached_come_project_by_project(site, server, session) -> None:
    site({PLATFORM: 5, "b-1.0.tar.gz": 5}, {"a": anchors(SDIST, PLATFORM, PURE), "b": anchors("b-1.0.tar.gz")})

    assert cold(session, "a", "b") == [[PURE, SDIST], []]
    assert {asked.method for asked in server.asked} == {"GET"}
    assert not [asked.path for asked in server.asked if asked.path.rpartition("/")[2].startswith("a-1.0")]


def test_page_in_json_tells_what_is_small_and_what_nobody_could_read(site, session) -> None:
    site({}, {"a": anchors(PURE, SDIST, PLATFORM)}, {"a": in_json("a", **{PURE: LARGE, PLATFORM: 900, SDIST: 90})})

    assert cold(session, "a") == [[SDIST, PLATFORM]]


@pytest.mark.parametrize("page", [b"{}", in_json("other", **{PURE: 1}), in_json("a", **{PURE: "1"}), in_json("a")])
def test_what_tells_no_sizes_does_no_harm(site, session, page: bytes) -> None:
    site({}, {"a": anchors(SDIST, PURE)}, {"a": page})

    html = Identity(session).page(RemoteRepository("r", session), "a")
    assert sizes_told(Identity(session), html) == {}
    assert cold(session, "a") == [[PURE, SDIST]]


def test_cache_that_is_not_shown_and_page_that_is_not_served_are_told(site, server, session) -> None:
    site({}, {})
    with pytest.raises(PageUnavailable):
        cold(session, "a")
    server.reply = lambda _asked, connection: connection.sendall(answer(403))
    with pytest.raises(ArtifactoryRefused):
        cold(session, "a")
