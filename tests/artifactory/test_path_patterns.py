"""Which paths include and exclude patterns let through."""

from __future__ import annotations

import pytest

from artifactory_conformance.artifactory.path_patterns import A_FILE, A_PAGE, let_through, split
from artifactory_conformance.reference.patterns import accepted


def test_commas_separate_the_patterns_of_a_setting() -> None:
    assert split("**/*.whl, .pypi/** ,") == ("**/*.whl", ".pypi/**")


@pytest.mark.parametrize(
    ("include", "exclude", "page", "file"),
    [
        ([], [], True, True),
        (["**"], [], True, True),
        (["**/*"], [], True, True),
        (["**/*.whl"], [], False, True),
        ([".pypi/**"], [], True, False),
        ([".pypi/"], [], True, False),
        (["**"], [".pypi/**"], False, True),
        (["**"], [".pypi/other.*"], True, True),
        (["*"], [], False, False),
        ([".pypi/exampl?.html"], [], True, False),
    ],
)
def test_patterns_of_pages_and_files(include: list[str], exclude: list[str], page: bool, file: bool) -> None:
    assert let_through(include, exclude, A_PAGE) is page
    assert let_through(include, exclude, A_FILE) is file
    assert (page, file) == (accepted(include, exclude, A_PAGE), accepted(include, exclude, A_FILE))
