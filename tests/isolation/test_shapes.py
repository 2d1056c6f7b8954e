"""What pages and cached paths tell by their looks alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.isolation import Finding, breadth_of, layout_of_cache, layout_of_links, parity
from tests.isolation.made import link

PUBLIC = f"4e/e7/{'8' * 60}"
CATALOG = "a" * 64


@pytest.mark.parametrize(
    ("filenames", "finding"),
    [
        (["a-1.0.tar.gz"], Finding.CLEAN),
        (["a-1.0.tar.gz", "a-1.0-py3-none-any.whl", "a-1.0-cp311-cp311-win_amd64.whl"], Finding.CLEAN),
        (["a-1.tar.gz", "a-1.0.tar.gz", "a-2.tar.gz", "a-3.tar.gz"], Finding.CLEAN),  # 1 and 1.0 are one version
        ([f"a-{number}.tar.gz" for number in range(4)], Finding.FOREIGN),
        ([], Finding.UNCLEAR),
        (["no distribution", "a-not.a.version.whl"], Finding.UNCLEAR),
    ],
)
def test_breadth_counts_versions_not_files(filenames: list[str], finding: Finding) -> None:
    assert breadth_of("a", [link(name) for name in filenames], most=3).finding is finding


def test_parity_is_about_more_and_about_others() -> None:
    direct = {("a-1.whl", "x"), ("a-2.whl", "y")}

    assert parity("a", [link("a-1.whl", sha256="x"), link("a-2.whl", sha256="y")], direct).finding is Finding.CLEAN
    assert parity("a", [link("a-1.whl", sha256="x")], direct).finding is Finding.CLEAN
    assert parity("a", [link("a-1.whl", sha256="z")], direct).finding is Finding.FOREIGN
    assert parity("a", [link("a-1.whl", sha256="x"), link("a-9.whl", sha256="y")], direct).finding is Finding.FOREIGN
    assert parity("a", [], direct).finding is Finding.UNCLEAR
    assert parity("a", [link("a-1.whl", sha256="x")], set()).finding is Finding.UNCLEAR


@pytest.mark.parametrize(
    ("href", "finding"),
    [
        (f"../../packages/packages/{PUBLIC}/a-1.whl#sha256=00", Finding.FOREIGN),
        (f"../../packages/{PUBLIC}/a-1.whl", Finding.FOREIGN),
        (f"../../packages/{CATALOG}/a-1.whl#sha256=00", Finding.CLEAN),
        (f"../../packages/packages/{CATALOG}/a-1.whl", Finding.CLEAN),
        ("../../a/1/a-1.whl", Finding.CLEAN),
        (f"../../packages/xyz{PUBLIC}/a-1.whl", Finding.CLEAN),
        (f"../../a-1.whl?from=packages/{PUBLIC}/a-1.whl", Finding.CLEAN),
    ],
)
def test_the_layout_of_a_link(href: str, finding: Finding) -> None:
    assert layout_of_links("a", [link("a-1.whl", href)]).finding is finding


def test_one_foreign_link_among_many_is_told() -> None:
    foreign = link("a-9.whl", f"../../packages/packages/{PUBLIC}/a-9.whl")
    sight = layout_of_links("a", [link("a-1.whl"), foreign])

    assert sight.finding is Finding.FOREIGN
    assert "a-9.whl" in sight.seen


@pytest.mark.parametrize(
    ("paths", "finding"),
    [
        ([f"{PUBLIC}/pytest-8.2.2-py3-none-any.whl"], Finding.FOREIGN),
        ([f"{CATALOG}/a-1.whl", f"{PUBLIC}/b-1.whl"], Finding.FOREIGN),
        ([f"{CATALOG}/a-1.whl", ".pypi/a.html"], Finding.CLEAN),
        ([".pypi/a.html"], Finding.UNCLEAR),
        ([], Finding.UNCLEAR),
    ],
)
def test_the_layout_of_a_cache(paths: list[str], finding: Finding) -> None:
    assert layout_of_cache("curated-cache", paths).finding is finding


@given(st.lists(st.text()), st.lists(st.text()))
def test_no_text_makes_the_eye_stumble(filenames: list[str], paths: list[str]) -> None:
    links = [link(name, f"../../{name}") for name in filenames]

    assert breadth_of("a", links).finding in Finding
    assert layout_of_links("a", links).finding in Finding
    assert layout_of_cache("a-cache", paths).finding in Finding
