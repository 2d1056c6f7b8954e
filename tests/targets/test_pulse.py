"""The heartbeat: there, lets us in, is an Artifactory, is still the same; otherwise one line that says which."""

from __future__ import annotations

import time

import pytest

from artifactory_conformance.artifactory.system import NO_SUCH_KEY
from artifactory_conformance.evidence import Credentials
from artifactory_conformance.targets import Heart
from tests.evidence.raw_server import answer, resets, says, serving
from tests.targets.made import HTML, NOT_FOUND, SmallTarget, connections, refusal, version


def heart_of(server, **target) -> Heart:
    return Heart(SmallTarget(f"{server.url}/artifactory", **target), connections())


def test_a_target_that_is_well_has_a_good_pulse():
    before = time.time()
    with serving(says(version())) as server:
        heart = heart_of(server)
        heart.preflight()
        assert heart.problem == ""
        assert before <= heart.last_good <= time.time()
        first = heart.last_good
        heart.look()
    assert heart.pulse().last_good >= first
    assert heart.version.version == "7.84.17"
    assert {asked.path.partition("/api/")[2] for asked in server.asked} == {
        "system/version",
        "repositories",
        f"repositories/{NO_SUCH_KEY}",
    }
    assert all("authorization" in asked.headers for asked in server.asked)


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (HTML, "the target is no Artifactory: GET"),
        (NOT_FOUND, "the target is no Artifactory: GET"),
        (answer(302, b"", "Location: /login"), "the target is no Artifactory: GET"),
        (answer(200, b"{}", "Content-Type: application/json"), "the target is no Artifactory"),
        (answer(200, b"[1]", "Content-Type: application/json"), "the target is no Artifactory"),
        (answer(200, b'{"version": null}', "Content-Type: application/json"), "the target is no Artifactory"),
        (answer(200, b'{"version": "x", "addons": ["a"]}', "Content-Type: application/json"), "the target is no"),
        (
            answer(200, b'{"version": "7", "addons": 5}', "Content-Type: application/json"),
            "the target is no Artifactory",
        ),
        (answer(200, b"[" * 100_000, "Content-Type: application/json"), "the target is no Artifactory"),
        (answer(200, b"\xff\xfe", "Content-Type: application/json"), "the target is no Artifactory"),
        (refusal(401), "the target refuses the credentials of somebody: 401 Bad credentials"),
        (refusal(403, "Forbidden"), "the target refuses the credentials of somebody: 403 Forbidden"),
        (refusal(500, "Database is gone"), "the target answers 500: Database is gone"),
        (answer(503, b"starting up"), "the target answers 503: starting up"),
    ],
)
def test_an_answer_that_is_no_version_is_told_for_what_it_is(reply: bytes, problem: str):
    with serving(says(reply)) as server:
        heart = heart_of(server)
        heart.preflight()
        asked = len(server.asked)
    assert heart.problem.startswith(problem)
    assert "\n" not in heart.problem
    assert "s3cret-pass" not in heart.problem
    assert heart.pulse().last_good == 0.0
    assert asked == 1, "one no is enough"


def test_one_that_wants_credentials_when_none_were_given_says_which_to_set():
    with serving(says(refusal(401))) as server:
        heart = heart_of(server, user=None)
        heart.preflight()
    assert "asks for credentials and none were given (set ARTIFACTORY_USER and ARTIFACTORY_PASS)" in heart.problem


def test_an_administrator_is_asked_with_when_there_is_no_user():
    with serving(says(refusal(401))) as server:
        heart = heart_of(server, user=None, administrator=Credentials("admin", "x" * 8))
        heart.preflight()
    assert "refuses the credentials of admin" in heart.problem


def test_one_that_is_dead_is_told_with_its_last_words():
    with serving(says(version())) as server:
        pass
    heart = heart_of(server, words="a.module ended with -9")
    heart.preflight()
    assert heart.problem.startswith("the target does not answer: ")
    assert heart.problem.endswith("; last words: a.module ended with -9")


def test_one_that_is_silent_is_given_up_after_the_time_of_one_look():
    with serving(lambda _asked, _connection: server.ending.wait(10)) as server:
        heart = heart_of(server)
        began = time.monotonic()
        heart.preflight()
        assert time.monotonic() - began < 2.5
    assert "no answer in time" in heart.problem or "no end of the answer" in heart.problem


def test_one_that_dies_later_keeps_its_last_good_time_and_stays_lost():
    with serving(says(version())) as server:
        heart = heart_of(server)
        heart.preflight()
        good = heart.last_good
        server.reply = resets()
        heart.look()
        assert heart.problem.startswith("the target does not answer")
        server.reply = says(version())
        asked = len(server.asked)
        heart.look()
        assert len(server.asked) == asked
    assert heart.pulse().last_good == good
    assert heart.pulse().problem


@pytest.mark.parametrize(
    ("later", "seen"),
    [
        (version("7.90.1"), "7.90.1 (abc:1) instead of 7.84.17 (abc:1)"),
        (version(node="other:2"), "7.84.17 (other:2) instead of 7.84.17 (abc:1)"),
        (version(node=None), "7.84.17 () instead of 7.84.17 (abc:1)"),
        (version(addons=[]), "another instance answers"),
    ],
)
def test_one_that_becomes_another_is_lost(later: bytes, seen: str):
    with serving(says(version())) as server:
        heart = heart_of(server)
        heart.preflight()
        server.reply = says(later)
        heart.look()
    assert seen in heart.problem
    assert heart.problem.startswith("another instance answers: ")


def test_one_that_names_no_node_is_still_there_and_known_to_name_none():
    with serving(says(version(node=None))) as server:
        heart = heart_of(server)
        heart.preflight()
        heart.look()
        assert heart.problem == ""
        assert heart.nodes == {""}
        server.reply = says(version(node="abc:1"))
        heart.look()
    assert "7.84.17 (abc:1) instead of 7.84.17 ()" in heart.problem


def test_the_nodes_that_the_preflight_met_behind_a_balancer_are_all_the_target():
    turn = iter(range(100))
    reply = [version(node="one:1"), version(node="two:2")]
    with serving(lambda _asked, connection: connection.sendall(reply[next(turn) % 2])) as server:
        heart = heart_of(server)
        heart.preflight()
        for _ in range(3):
            heart.look()
        assert heart.problem == ""
        server.reply = says(version(node="three:3"))
        heart.look()
    assert "(three:3) instead of 7.84.17 (one:1, two:2)" in heart.problem


def test_a_look_leaves_no_connection_open():
    with serving(says(version())) as server:
        heart = heart_of(server)
        for _ in range(3):
            heart.preflight()
        opened = heart.connections.opened
        pools = [
            pool
            for session in opened
            for a in session._session.adapters.values()
            for pool in a.poolmanager.pools.keys()  # noqa: SIM118 - no dict
        ]
    assert opened
    assert pools == []
