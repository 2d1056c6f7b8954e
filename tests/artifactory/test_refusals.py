"""The cause of a refusal is what the answer's words say, or it is not named."""

from __future__ import annotations

import json

import pytest
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.artifactory.refusals import Cause, cause_of
from artifactory_conformance.evidence import Answer

WORDINGS = [
    (403, "Rejected artifact download request: The user: 'a' is not permitted to deploy 'p' into 'k-cache:p'.", "P-04"),
    (403, "Download request for repo:path 'k-cache:p' is forbidden for user: 'a'.", "P-05"),
    (403, "This request is blocked due to recurrent request failures, please try again in 9 second(s)", "P-11"),
    (403, "'a' is blocked due to recurrent login failures, please try again in 3 seconds", "P-11"),
    (403, "User is Locked. Contact System Administrator to Unlock The Account.", "P-13"),
    (
        403,
        "Artifact download request rejected: p was not downloaded due to the download blocking policy configured in "
        "Xray for k-cache.",
        "P-14",
    ),
    (401, "Bad Credentials", "E-02"),
    (404, "Failed retrieving resource from http://catalog/p: Connect timed out", "M-04"),
]
CAUSES = {
    "P-04": Cause.DEPLOY_CACHE,
    "P-05": Cause.READ,
    "P-11": Cause.SUSPENDED,
    "P-13": Cause.LOCKED,
    "P-14": Cause.XRAY,
    "E-02": Cause.CREDENTIALS,
    "M-04": Cause.CATALOG,
}


def answered(status: int, message: str) -> Answer:
    body = json.dumps({"errors": [{"status": status, "message": message}]}).encode()
    return Answer(status, CaseInsensitiveDict(), body, "http://a/p", "GET", "a")


@pytest.mark.parametrize(("status", "message", "fact"), WORDINGS)
def test_known_wordings_name_their_cause(status: int, message: str, fact: str) -> None:
    assert cause_of(answered(status, message)) is CAUSES[fact]


@pytest.mark.parametrize("message", ["", "Forbidden", "Access denied for example-user-is-locked-1.0.whl"])
def test_what_is_not_known_is_not_guessed(message: str) -> None:
    assert cause_of(answered(403, message)) is Cause.UNNAMED


def test_success_is_no_refusal() -> None:
    assert cause_of(answered(200, "not permitted to deploy")) is Cause.NONE
