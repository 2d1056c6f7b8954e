"""Control and claim are told apart by construction."""

from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.checks import ControlFailed, assert_refused, assert_served, control
from artifactory_conformance.checks.control import in_control
from artifactory_conformance.evidence import Answer


def seen(status: int, body: bytes = b"x") -> Answer:
    return Answer(status, CaseInsensitiveDict({"Content-Type": "text/plain"}), body, "http://h/x", "GET", "me")


@pytest.mark.parametrize("error", [AssertionError("no"), OSError("no"), KeyError("no"), ControlFailed("no")])
def test_any_failure_inside_a_control_is_a_failed_control(error: Exception):
    with (
        pytest.raises(ControlFailed, match="control failed: what is cached is served: ") as failed,
        control("what is cached is served"),
    ):
        raise error
    assert failed.value.__cause__ is error
    assert not in_control()


def test_an_interruption_stays_one():
    with pytest.raises(KeyboardInterrupt), control("x"):
        raise KeyboardInterrupt
    assert not in_control()


def test_one_knows_whether_one_stands_inside_a_control():
    assert not in_control()
    with control("outer"):
        with control("inner"):
            assert in_control()
        assert in_control()
    assert not in_control()


@pytest.mark.parametrize("status", [200, 204, 301, 400, 401, 407, 429, 500, 503])
def test_nothing_but_403_and_404_is_a_refusal(status: int):
    with pytest.raises(AssertionError, match=f"expected a refusal .* seen: GET http://h/x as me -> {status}"):
        assert_refused(seen(status))


@pytest.mark.parametrize("status", [403, 404])
def test_403_and_404_are_refusals(status: int):
    assert_refused(seen(status))


def test_served_means_200_with_content():
    assert_served(seen(200))
    for answer in (seen(200, b""), seen(206), seen(304)):
        with pytest.raises(AssertionError, match="expected"):
            assert_served(answer)
