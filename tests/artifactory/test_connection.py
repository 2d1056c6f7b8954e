"""What an answer of the Test button says: only its own two forms are a verdict."""

from __future__ import annotations

import json

import pytest
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.artifactory import ArtifactoryRefused
from artifactory_conformance.artifactory.connection import read_verdict
from artifactory_conformance.evidence import Answer


def answered(status: int, body: object) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, CaseInsensitiveDict(), content, "http://a/testremote", "POST", "admin")


@pytest.mark.parametrize(
    ("status", "body", "green"),
    [
        (200, {"info": "Successfully connected to server"}, True),
        (200, {"info": "Successfully connected to an Artifactory server", "artifactory": True}, True),
        (400, {"error": "Connection failed: Error 401: Unauthorized"}, False),
        (200, {"error": "Connection failed", "info": "x"}, False),
    ],
)
def test_error_marks_a_failure_and_info_a_success(status: int, body: dict[str, object], green: bool) -> None:
    verdict = read_verdict(answered(status, body))
    assert verdict.green is green
    assert verdict.says in str(verdict)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, {"errors": [{"status": 404, "message": "Not Found"}]}),
        (400, {"info": "green although it failed"}),
        (200, {}),
        (200, []),
        (200, {"info": None}),
        (200, b"OK"),
        (403, {"error": "Forbidden"}),
        (500, {"error": "Internal Server Error"}),
    ],
)
def test_anything_else_is_no_verdict(status: int, body: object) -> None:
    with pytest.raises(ArtifactoryRefused, match="press Test"):
        read_verdict(answered(status, body))
