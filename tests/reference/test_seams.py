"""Faults take hold of the model from outside, and can be tried without being in force."""

from dataclasses import replace

import pytest
from starlette.responses import Response

from artifactory_conformance.reference.defects.calls import is_page, is_rest
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.quota import Quota
from artifactory_conformance.reference.rest_system import SystemRest
from tests.reference.made_worlds import one_project

VERSION = "/api/system/version"


@fault("F-01")
def answers_are_rewritten(hold):
    """Answers of REST are another's."""
    hold.after(is_rest, lambda _, answer: replace(answer, body=b"another"))


@fault("F-01")
def calls_are_refused(hold):
    """Pages are refused before the model sees the call."""

    def refuse(call):
        raise RequestRefused(418, "I'm a teapot")

    hold.before(is_page, refuse)


@fault("F-01")
def wire_is_rewritten(hold):
    """What goes on the wire is another's."""
    hold.on_wire(is_rest, lambda call, response: Response(b"wire", 599))


@fault("F-01")
def method_is_another(hold):
    """The version is always refused."""

    def refuse(original):
        def refused(self, call, rest):
            raise RequestRefused(410, "Gone")

        return refused

    hold.replace(SystemRest, "handle", refuse)


@fault("F-01")
def nothing_is_changed(hold):
    """Answers stay as they are."""
    hold.after(lambda _: True, lambda _, answer: replace(answer))


ALL = [answers_are_rewritten, calls_are_refused, wire_is_rewritten, method_is_another, nothing_is_changed]


@pytest.fixture(autouse=True)
def classes_as_they_were(monkeypatch):
    for owner, name in ((SystemRest, "handle"), (Quota, "require_room")):
        monkeypatch.setattr(owner, name, getattr(owner, name))


def touched(model):
    return model.session.get(f"{model.origin}/_control/touched", timeout=10).json()


def test_a_name_and_a_sentence_come_from_the_function():
    assert (calls_are_refused.name, calls_are_refused.stands_for) == ("calls-are-refused", ("F-01",))
    assert calls_are_refused.meaning == "Pages are refused before the model sees the call."


def test_an_answer_is_changed(start):
    assert start(faults=[answers_are_rewritten]).get(VERSION).text == "another"


def test_a_hook_may_answer_itself(start, catalog):
    model = start(faults=[calls_are_refused])
    one_project(model, catalog)
    assert model.page("catalog", "example").status_code == 418
    assert not catalog.journal


def test_the_wire_is_changed(start):
    assert start(faults=[wire_is_rewritten]).get(VERSION).status_code == 599


def test_a_method_is_replaced(start):
    assert start(faults=[method_is_another]).get(VERSION).status_code == 410


def test_the_models_own_interface_is_never_taken_hold_of(start):
    model = start(faults=[answers_are_rewritten, wire_is_rewritten])
    assert model.session.get(f"{model.origin}/_control/health", timeout=10).json()["model"] is True


def test_what_is_only_tried_changes_nothing_and_is_told_once(start, catalog):
    model = start(faults=ALL, only_try=True)
    one_project(model, catalog)
    touched(model)
    assert model.get(VERSION).json()["version"] == "7.84.17"
    assert touched(model) == ["answers-are-rewritten", "method-is-another", "wire-is-rewritten"]
    assert model.page("catalog", "example").status_code == 200
    assert touched(model) == ["calls-are-refused"]
    assert touched(model) == []
