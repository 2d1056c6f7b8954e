"""Claims in the domain's words; each is an assertion of the check that makes it."""

from __future__ import annotations

from artifactory_conformance.artifactory import PageUnavailable
from artifactory_conformance.artifactory.pages import read_page
from artifactory_conformance.evidence import Answer

REFUSED = (403, 404)
"""The guide says 403/404; which of the two is unknown (P-03), so both are accepted; the evidence has the answer."""


def assert_refused(answer: Answer) -> None:
    """Claim that an authenticated user was refused: 403 or 404, never anything else."""
    assert answer.status in REFUSED, f"expected a refusal (403 or 404), seen: {answer}"


def assert_served(answer: Answer) -> None:
    """Claim that the answer is a success with content."""
    assert answer.status == 200, f"expected 200, seen: {answer}"
    assert answer.body, f"expected content, seen none: {answer}"


def assert_not_an_index(project: str, answer: Answer) -> None:
    """Claim that an answer holds nothing that a client would take for files of a project."""
    try:
        links = read_page(project, answer).links
    except PageUnavailable:
        links = ()
    files = [link.filename for link in links if link.filename.endswith((".whl", ".tar.gz", ".zip"))]
    assert not files, f"expected nothing that a client takes for an index, seen files {files} in {answer}"
