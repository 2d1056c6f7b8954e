"""What comes of a licence, given or not, against a model with the surroundings of an Artifactory."""

from __future__ import annotations

import json

import pytest

from artifactory_conformance.containers.licence import LicenceRefused, install
from artifactory_conformance.evidence import RecordedSession, Recorder
from artifactory_conformance.limits import Limits
from artifactory_conformance.verdicts import Level
from tests.evidence.raw_server import answer, serving
from tests.targets.made import VERSION_PATH, refusal, routes, version

LICENCE = "a-licence-text"
POSTED = "/artifactory/api/system/licenses"


def told(status: int, message: str) -> bytes:
    return answer(status, json.dumps({"messages": {LICENCE: message}}).encode(), "Content-Type: application/json")


def outcome(addons: list[str], posted: bytes, content: bytes, licence: str = LICENCE) -> str:
    """Give the refusal of a licence, empty if there is none."""
    paths = {VERSION_PATH: version(addons=addons), POSTED: posted, "/artifactory/api/pypi/nowhere/simple/": content}
    with serving(routes(paths, refusal(400, "No such repository"))) as server:
        base = f"{server.url}/artifactory"
        session = RecordedSession(base, recorder=Recorder(), limits=Limits(read=3, exchange=4), level=Level.MUTATE)
        try:
            install(session, licence)
        except LicenceRefused as error:
            return str(error)
        finally:
            session.close()
    return ""


ABSENT = refusal(404, "Not Found")


def test_a_free_edition_that_is_given_a_licence_says_so() -> None:
    said = outcome([], refusal(400, "Cannot install license on this edition"), ABSENT)
    assert said.startswith("the licence was refused: Cannot install license on this edition; a free edition takes none")
    assert "start an image of Pro" in said


def test_a_free_edition_without_one_goes_on() -> None:
    assert outcome([], ABSENT, ABSENT, licence="") == ""


@pytest.mark.parametrize(
    ("posted", "content", "said"),
    [
        (told(400, f"{LICENCE} is no license"), ABSENT, "the licence was refused: *** is no license; take one"),
        (told(200, "OK"), ABSENT, "the licence was taken, and no add-on came with it"),
        (told(400, "License already exists."), refusal(503, "Trial license expired!"), "the Artifactory says 'Trial"),
    ],
)
def test_a_licence_of_no_use_is_one_line_without_its_text(posted: bytes, content: bytes, said: str) -> None:
    found = outcome([], posted, content)
    assert found.startswith(said)
    assert LICENCE not in found
    assert "\n" not in found


def test_one_that_has_a_licence_is_given_no_other() -> None:
    assert outcome(["ha"], told(400, "nobody asks"), ABSENT) == ""
