"""Project pages: links resolved against the final address, and everything that is no page refused."""

from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.artifactory import Link, PageUnavailable
from artifactory_conformance.artifactory.pages import read_page
from artifactory_conformance.evidence import Answer

PAGE = b"""<!DOCTYPE html><html><body>
<a href="../../packages/a/b/example-1.0-py3-none-any.whl#sha256=abc" data-requires-python="&gt;=3.8">example-1.0</a>
<a href="https://elsewhere.example.org/f/example-1.0%2Blocal.tar.gz">other</a>
</body></html>"""


def seen(body: bytes = PAGE, status: int = 200, media_type: str = "text/html; charset=utf-8") -> Answer:
    url = "http://h/artifactory/api/pypi/remote/simple/example/"
    return Answer(status, CaseInsensitiveDict({"Content-Type": media_type}), body, url, "GET", "me")


def test_links_are_resolved_against_the_final_address_of_the_page():
    first, second = read_page("example", seen()).links
    assert first.url == "http://h/artifactory/api/pypi/remote/packages/a/b/example-1.0-py3-none-any.whl"
    assert (first.filename, first.sha256, first.requires_python) == ("example-1.0-py3-none-any.whl", "abc", ">=3.8")
    assert (second.filename, second.sha256) == ("example-1.0+local.tar.gz", None)


def test_a_link_is_found_by_its_file_name_or_the_page_says_what_it_lists():
    page = read_page("example", seen())
    assert page.link_to("example-1.0+local.tar.gz").url.startswith("https://elsewhere.example.org/")
    with pytest.raises(PageUnavailable, match=r"does not list other\.whl; it lists example-1\.0"):
        page.link_to("other.whl")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (seen(status=404), "no page of example"),
        (seen(media_type="application/json"), "is not HTML"),
        (seen(media_type=""), "is not HTML"),
    ],
)
def test_what_is_no_page_is_refused(answer: Answer, problem: str):
    with pytest.raises(PageUnavailable, match=problem):
        read_page("example", answer)


def test_a_page_without_links_is_a_page():
    assert read_page("example", seen(b"<html></html>")).links == ()


@pytest.mark.parametrize(
    ("filename", "requires_python", "suits"),
    [
        ("example-1.0-py3-none-any.whl", None, True),
        ("example-1.0-py3-none-any.whl", ">=3.8", True),
        ("example-1.0-py3-none-any.whl", ">=99", False),
        ("example-1.0-py3-none-any.whl", "no specifier", False),
        ("example-1.0-cp27-cp27m-win32.whl", None, False),
        ("example-1.0.tar.gz", None, False),
        ("no wheel.whl", None, False),
    ],
)
def test_a_link_tells_whether_this_python_can_install_it(
    filename: str, requires_python: str | None, suits: bool
) -> None:
    assert Link(filename, f"https://host/{filename}", None, requires_python, filename).suits_this_python is suits
