"""What a request may do to a target: the table, and that no spelling of a path lowers its level."""

from __future__ import annotations

import contextlib
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.evidence import reach_of
from artifactory_conformance.verdicts import Level

CONTEXT = "/artifactory"
HOST = "http://127.0.0.1:8081"

QUIET = (
    "/artifactory",
    "/artifactory/",
    "/artifactory/api/system/ping",
    "/artifactory/api/system/version",
    "/artifactory/api/repositories",
    "/artifactory/api/repositories/activestate-platform",
    "/artifactory/api/storage/activestate-platform-cache/.pypi/example.html",
    "/artifactory/api/storage/activestate-platform-cache?list&deep=1",
    "/artifactory/api/security/users/somebody",
    "/artifactory/api/v2/security/permissions",
    "/artifactory/activestate-platform-cache/4e/e7/example-1.0-py3-none-any.whl",
    "/access/api/v1/tokens",
)
FILLING = (
    "/artifactory/api/pypi/activestate-platform/simple/example/",
    "/artifactory/api/pypi/activestate-platform/packages/a/b/example-1.0-py3-none-any.whl",
    "/artifactory/api/pypi",
    "/artifactory/api/npm/some-remote/left-pad",
    "/artifactory/api",
    "/artifactory/activestate-platform/example-1.0.tar.gz",
    "/artifactory/activestate-virtual/example-1.0.tar.gz",
    "/artifactory/activestate-platform",
)


@pytest.mark.parametrize("path", QUIET)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "get", "Head"])
def test_reading_what_fetches_nothing_needs_observe(method: str, path: str):
    assert reach_of(method, HOST + path, CONTEXT) is Level.OBSERVE


@pytest.mark.parametrize("path", FILLING)
@pytest.mark.parametrize("method", ["GET", "HEAD", "head"])
def test_reading_below_a_repository_needs_pull_and_so_does_a_head(method: str, path: str):
    assert reach_of(method, HOST + path, CONTEXT) is Level.PULL


def test_access_lies_beside_the_instance_also_below_another_path():
    below = f"{HOST}/tools/packages"
    assert reach_of("GET", f"{below}/access/api/v2/permissions", "/tools/packages/artifactory") is Level.OBSERVE
    assert reach_of("GET", f"{HOST}/access/api/v2/permissions", "/tools/packages/artifactory") is Level.PULL


def test_the_test_button_needs_pull_and_whatever_resembles_it_needs_mutate():
    button = "/api/admin/repositories/testremote"
    assert reach_of("POST", HOST + CONTEXT + button, CONTEXT) is Level.PULL
    assert reach_of("GET", f"{HOST}{CONTEXT}/api/admin/repositories/remote/catalog", CONTEXT) is Level.OBSERVE
    for method, path in (
        ("PUT", CONTEXT + button),
        ("POST", CONTEXT + button + "/"),
        ("POST", f"{CONTEXT}/api/admin/repositories"),
        ("POST", button),
        ("POST", CONTEXT + button.replace("admin", "%61dmin")),
    ):
        assert reach_of(method, HOST + path, CONTEXT) is Level.MUTATE


@pytest.mark.parametrize("path", [*QUIET, *FILLING])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "post", "MKCOL", "MOVE", "", "TRACE"])
def test_every_other_method_needs_mutate(method: str, path: str):
    assert reach_of(method, HOST + path, CONTEXT) is Level.MUTATE


@pytest.mark.parametrize(
    "path",
    [
        "/artifactory/api/../activestate-platform/example-1.0.tar.gz",
        "/artifactory/api/system/../../activestate-platform/example-1.0.tar.gz",
        "/artifactory/api/system/../pypi/activestate-platform/simple/example/",
        "/artifactory/api/system/%2e%2e/pypi/activestate-platform/simple/example/",
        "/artifactory/api/system/%252E%252e/pypi/activestate-platform/simple/example/",
        "/artifactory/api/system/%25252e./pypi/activestate-platform/simple/example/",
        "/artifactory/api/system/..%2fpypi/activestate-platform/simple/example/",
        "/artifactory/api/system\\..\\pypi\\x",
        "/artifactory/api/system/%5c../pypi/x",
        "/artifactory/api/system/..;/pypi/x",
        "/artifactory/api/system;x=1/../pypi/x",
        "/artifactory//api/system/ping",
        "/artifactory/api//pypi/activestate-platform/simple/example/",
        "//api/pypi/activestate-platform/simple/example/",
        "/artifactory/api/PyPI/activestate-platform/simple/example/",
        "/artifactory/API/pypi/activestate-platform/simple/example/",
        "/artifactory/api/%70ypi/activestate-platform/simple/example/",
        "/artifactory/./api/pypi/x",
        "/artifactory/api/./pypi/x",
        "/access/../artifactory/activestate-platform/example-1.0.tar.gz",
        "/access/api/../../artifactory/activestate-platform/example-1.0.tar.gz",
        "/access/example-1.0.tar.gz",
        "/artifactory/x-cache/../activestate-platform/example-1.0.tar.gz",
        "/artifactory/x-cache/%2e%2e/activestate-platform/example-1.0.tar.gz",
        "/artifactoryapi/system/ping",
        "/artifactory-other/api/system/ping",
        "/ARTIFACTORY/api/system/ping",
        "/api/system/ping",
        "/",
        "",
    ],
)
def test_no_trick_with_a_path_lowers_its_level(path: str):
    assert reach_of("GET", HOST + path, CONTEXT) is Level.PULL


@pytest.mark.parametrize("context", ["", "/"])
def test_an_instance_without_a_context_has_the_same_levels(context: str):
    for path, level in [
        ("/api/system/version", Level.OBSERVE),
        ("/api/pypi/activestate-platform/simple/", Level.PULL),
        ("/activestate-platform/x.whl", Level.PULL),
        ("/activestate-platform-cache/x.whl", Level.OBSERVE),
        ("/", Level.OBSERVE),
    ]:
        assert reach_of("GET", HOST + path, context) is level


respelt = st.lists(st.integers(0, 3), min_size=1, max_size=80)


@given(path=st.sampled_from(FILLING), choices=respelt)
def test_percent_encoding_never_lowers_a_level(path: str, choices: list[int]):
    spelt = ""
    for n, character in enumerate(path):
        spelling = character
        for _ in range(choices[n % len(choices)]):
            spelling = (
                quote(spelling, safe="")
                if spelling != character or not character.isalnum()
                else f"%{ord(character):02x}"
            )
        spelt += character if character == "/" else spelling
    assert reach_of("GET", HOST + spelt, CONTEXT) is Level.PULL


@pytest.mark.parametrize("inserted", ["..", ".", "%2e%2e", "%252e%252E", "..;", ";a=b", "%5c", "\\", "%00", "", "%2f"])
@pytest.mark.parametrize("path", [path for path in QUIET if path.count("/") > 1 and not path.endswith("/")])
def test_whatever_is_put_between_two_segments_never_makes_it_harmless(inserted: str, path: str):
    segments = path.split("/")
    for at in range(1, len(segments)):
        assert reach_of("GET", HOST + "/".join([*segments[:at], inserted, *segments[at:]]), CONTEXT) is Level.PULL


@given(st.text(max_size=40))
def test_any_text_has_a_level_or_is_no_url(text: str):
    found: object = ValueError
    with contextlib.suppress(ValueError):
        found = reach_of("GET", f"{HOST}/artifactory/{text}", CONTEXT)
    assert found in {Level.OBSERVE, Level.PULL, ValueError}


def test_levels_ascend_and_each_allows_itself():
    for n, level in enumerate(Level):
        assert [level.allows(other) for other in Level] == [m <= n for m in range(3)]
