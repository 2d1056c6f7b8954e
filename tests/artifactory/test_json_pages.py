"""JSON pages (PEP 691) give the same links as HTML pages, and what is none is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.artifactory import PageUnavailable
from artifactory_conformance.artifactory.pages import JSON_PAGE, read_either_page, read_json_page
from artifactory_conformance.evidence import Answer

FILE = {
    "filename": "example-1.0-py3-none-any.whl",
    "url": "../../packages/a/example-1.0-py3-none-any.whl",
    "hashes": {"sha256": "abc"},
    "requires-python": ">=3.8",
    "yanked": "broken",
    "core-metadata": {"sha256": "def"},
    "size": 7,
    "upload-time": "2026-01-02T03:04:05Z",
}
PAGE = {"meta": {"api-version": "1.1"}, "name": "example", "files": [FILE]}


def seen(body: Any, status: int = 200, media_type: str = JSON_PAGE) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    url = "http://h/artifactory/api/pypi/remote/simple/example/"
    return Answer(status, CaseInsensitiveDict({"Content-Type": media_type}), content, url, "GET", "me")


def test_links_have_all_that_the_page_says():
    (link,) = read_json_page("Example", seen(PAGE)).links

    assert link.url == "http://h/artifactory/api/pypi/remote/packages/a/example-1.0-py3-none-any.whl"
    assert (link.filename, link.sha256, link.requires_python) == (FILE["filename"], "abc", ">=3.8")
    assert (link.yanked, link.metadata, link.size) == ("broken", {"sha256": "def"}, 7)
    assert link.upload_time == "2026-01-02T03:04:05Z"


def test_what_a_page_leaves_out_is_not_made_up():
    bare = {"filename": "a", "url": "a", "hashes": {}}

    (link,) = read_json_page("example", seen({**PAGE, "files": [bare]})).links

    assert (link.sha256, link.requires_python, link.yanked, link.metadata) == (None, None, False, None)
    assert (link.size, link.upload_time) == (None, None)


@pytest.mark.parametrize(
    "answer",
    [
        seen(PAGE, status=404),
        seen(PAGE, media_type="application/json"),
        seen(b"{"),
        seen([]),
        seen({**PAGE, "meta": {"api-version": "2.0"}}),
        seen({**PAGE, "meta": None}),
        seen({**PAGE, "name": "another"}),
        seen({**PAGE, "files": [{"filename": "a"}]}),
        seen({**PAGE, "files": ["a"]}),
        seen({**PAGE, "files": [{**FILE, "hashes": None}]}),
    ],
)
def test_what_is_no_page_of_the_project_is_refused(answer: Answer):
    with pytest.raises(PageUnavailable):
        read_json_page("example", answer)


def test_either_form_is_read_by_its_type():
    html = seen(b'<a href="../../a/example-1.0.tar.gz">x</a>', media_type="text/html")

    assert read_either_page("example", html).filenames() == {"example-1.0.tar.gz"}
    assert read_either_page("example", seen(PAGE)).filenames() == {"example-1.0-py3-none-any.whl"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda more: st.lists(more) | st.dictionaries(st.text(), more),
    )
)
def test_no_document_is_too_odd(document: Any):
    for body in (document, {**PAGE, "files": document}, {**PAGE, "files": [document]}):
        try:
            read_json_page("example", seen(body))
        except PageUnavailable:
            continue
