"""Ant-style patterns (C4)."""

import pytest

from artifactory_conformance.reference.patterns import accepted, matches


@pytest.mark.parametrize(
    ("pattern", "path", "verdict"),
    [
        ("**", "a/b/c", True),
        ("**/*", "a", True),
        (".pypi/**", ".pypi/x.html", True),
        (".pypi/**", "x.html", False),
        (".pypi/x.*", ".pypi/x.html", True),
        (".pypi/x.*", ".pypi/xy.html", False),
        ("ab/*", "ab/c", True),
        ("ab/*", "ab/c/d", False),
        ("ab/**/d", "ab/d", True),
        ("ab/**/d", "ab/x/y/d", True),
        ("ab/", "ab/x", True),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("**/x.whl", "x.whl", True),
        ("**/x.whl", "a/b/x.whl", True),
    ],
)
def test_matching(pattern, path, verdict):
    assert matches(pattern, path) is verdict


def test_an_exclude_wins_and_no_include_means_all():
    assert accepted((), (), "a/b")
    assert not accepted(("**",), ("a/**",), "a/b")


@pytest.mark.parametrize(
    ("pattern", "folder", "verdict"),
    [("ab/cd/**", "ab", True), ("ab/cd/**", "", True), ("ab/cd/**", "ab/cd/ef", True), ("ab/cd/**", "xy", False)],
)
def test_a_folder_is_accepted_if_something_below_it_could_be(pattern, folder, verdict):
    assert accepted((pattern,), (), folder, folder=True) is verdict
