"""Anchors are read as they are written, whatever stands around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.artifactory.anchors import anchors_of, meta_of

PAGE = """<!DOCTYPE html>
<html><head><meta name="api-version" value="2" /><meta name="pypi:repository-version" content="1.0"></head><body>
<a href="../../a-1.whl#sha256=ab" data-requires-python="&gt;=3.8,&lt;4" rel="internal">a-1.whl</a>
<a
  href="b&amp;c" data-yanked>b<br/>c</a> <a href='x>y'>raw</a>
</body></html>"""


def test_attributes_are_decoded_and_the_tag_is_kept_as_it_is_written():
    first, second, third = anchors_of(PAGE)

    assert (first.href, first.text) == ("../../a-1.whl#sha256=ab", "a-1.whl")
    assert first.attributes["data-requires-python"] == ">=3.8,<4"
    assert 'data-requires-python="&gt;=3.8,&lt;4"' in first.written
    assert (second.href, second.text, second.attributes["data-yanked"]) == ("b&c", "bc", None)
    assert third.written == "<a href='x>y'>"


def test_meta_elements_are_read_whichever_attribute_has_their_content():
    assert meta_of(PAGE) == {"api-version": "2", "pypi:repository-version": "1.0"}


def test_an_anchor_that_is_not_closed_is_none():
    assert anchors_of("<a href='x'>x") == ()
    assert [anchor.text for anchor in anchors_of("<a href='x'>x<a href='y'>y</a>")] == ["y"]


@given(st.text())
def test_no_text_is_too_odd(text: str):
    anchors_of(text)
    meta_of(text)
