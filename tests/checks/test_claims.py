"""What a client would take for an index is seen in whichever form it comes."""

from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.checks import assert_not_an_index
from artifactory_conformance.evidence import Answer

HTML = b'<!DOCTYPE html><html><body><a href="../../example-1.0-py3-none-any.whl">x</a></body></html>'
JSON = (
    b'{"meta": {"api-version": "1.0"}, "name": "example", '
    b'"files": [{"filename": "example-1.0.tar.gz", "url": "../../example-1.0.tar.gz", "hashes": {}}]}'
)
LEGACY = b'{"info": {"name": "example"}, "urls": [{"filename": "example-1.0.tar.gz"}]}'


def answered(media_type: str, body: bytes, status: int = 200) -> Answer:
    return Answer(status, CaseInsensitiveDict({"Content-Type": media_type}), body, "http://h/simple/x/", "GET", "me")


@pytest.mark.parametrize(
    ("media_type", "body"), [("text/html", HTML), ("application/vnd.pypi.simple.v1+json", JSON)], ids=["html", "json"]
)
def test_files_of_an_index_are_seen_in_both_forms(media_type: str, body: bytes) -> None:
    with pytest.raises(AssertionError, match="seen files"):
        assert_not_an_index("example", answered(media_type, body))
    assert_not_an_index("example", answered(media_type, body, status=404))


def test_what_no_client_reads_is_no_index() -> None:
    assert_not_an_index("example", answered("application/json", LEGACY))
