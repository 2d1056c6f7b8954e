"""A Test button that asks too little or believes too much."""

from dataclasses import replace

from artifactory_conformance.reference.exchange import Answer, Call, as_json
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.outbound import UpstreamAnswer
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.rest_connection import ConnectionRest

ASKS_FOR_THE_INDEX = ("--model-switch", "connection_test=index")
"""A model whose button proves what the guide says it proves: contested clauses hold there."""


def _after_the_button(hold: Hold, text: str) -> None:
    """Let the button be green where its text would begin so."""

    def green(_: Call, answer: Answer) -> Answer:
        return as_json({"info": "Successfully connected to server"}) if text in answer.body.decode() else answer

    hold.after(lambda call: call.path.endswith("/api/admin/repositories/testremote"), green)


@fault("TEST-02", "G4", "TEST-04", "E10")
def test_is_green_where_nobody_answers(hold: Hold) -> None:
    """Test takes a failure to connect for a success."""
    _after_the_button(hold, "Connection to remote repository failed")


@fault("G3", "TEST-03", "TEST-04")
def test_is_green_for_any_answer(hold: Hold) -> None:
    """Test takes every answer for a success, 401 and 404 among them."""
    _after_the_button(hold, "Connection failed: Error")


@fault("TEST-01")
def test_sends_no_password(hold: Hold) -> None:
    """Test sends the user name alone."""

    def made(original: Method) -> Method:
        def described(rest: ConnectionRest, *form: object) -> Repository:
            remote: Repository = original(rest, *form)
            return replace(remote, password="")

        return described

    hold.replace(ConnectionRest, "_described", made)


@fault("admin 4.2")
def verify_connection_is_content_with_any_answer(hold: Hold) -> None:
    """The documented check of a connection is content with any answer."""

    def made(original: Method) -> Method:
        def ask(rest: ConnectionRest, remote: Repository, method: str, url: str) -> UpstreamAnswer:
            answer: UpstreamAnswer = original(rest, remote, method, url)
            return replace(answer, status=200) if method == "GET" and not remote.key else answer

        return ask

    hold.replace(ConnectionRest, "_ask", made)


@fault("TEST-01", "TEST-03", "TEST-04", "TEST-05", "TROUBLE-02", target=ASKS_FOR_THE_INDEX)
def test_asks_for_url_alone(hold: Hold) -> None:
    """Test asks for URL, at which nothing need be, and not for the index."""

    def made(_: Method) -> Method:
        return lambda _rest, _form, url: url.rstrip("/") + "/"

    hold.replace(ConnectionRest, "_tested", made)
