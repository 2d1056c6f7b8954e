"""REST calls, waiting and messages against a small server that answers as it is told."""

from __future__ import annotations

import json

import pytest

from artifactory_conformance.artifactory import (
    ArtifactoryRefused,
    NotSettled,
    Repositories,
    Security,
    Storage,
    System,
    until,
)
from artifactory_conformance.artifactory.rest import WRITE_TRIES, Rest
from artifactory_conformance.limits import Limits
from tests.evidence.raw_server import answer, says

BRIEF = Limits(settle=0.05, settle_pause=0.001)
JSON = "Content-Type: application/json"


def envelope(status: int, *messages: str) -> bytes:
    body = json.dumps({"errors": [{"status": status, "message": message} for message in messages]}).encode()
    return answer(status, body, JSON)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (envelope(403, "not permitted"), "not permitted"),
        (envelope(400, "one", "two"), "one; two"),
        (answer(404, b"plain\n words"), "plain words"),
        (answer(500, b'{"errors": "odd"}', JSON), '{"errors": "odd"}'),
        (answer(500, b'{"errors": [7]}', JSON), ""),
        (answer(502, b"[" * 100_000, JSON), "[[["),
        (answer(502, b"\xff\xfe"), "\ufffd\ufffd"),
    ],
)
def test_a_refusal_tells_artifactorys_own_message(server, session, reply: bytes, message: str):
    server.reply = says(reply)
    with pytest.raises(ArtifactoryRefused, match="read it: GET ") as refused:
        Rest(session).get("api/x", "read it")
    assert message in str(refused.value)
    assert len(str(refused.value)) < 500
    assert refused.value.answer.status >= 400


@pytest.mark.parametrize("body", [b"[]", b"5", b"null", b'"x"', b"{}", b'{"key": null}', b'{"key": "another"}'])
def test_a_configuration_that_is_none_of_the_repository_is_refused(server, session, body: bytes):
    server.reply = says(answer(200, body, JSON))
    repositories = Repositories(session)
    with pytest.raises(ArtifactoryRefused, match="no such object"):
        repositories.configuration("ours")


def test_a_configuration_says_its_key_in_any_case(server, session):
    server.reply = says(answer(200, b'{"key": "Ours"}', JSON))
    assert Repositories(session).configuration("ours") == {"key": "Ours"}


@pytest.mark.parametrize("read", [Security.user, Security.group, Security.permission])
def test_a_user_group_or_permission_target_is_an_object(server, session, read):
    server.reply = says(answer(200, b"[1]", JSON))
    with pytest.raises(ArtifactoryRefused, match="no such object"):
        read(Security(session), "x")


def test_an_absent_thing_is_none_and_what_is_no_json_is_refused(server, session):
    server.reply = says(envelope(400, "Bad Request"))
    assert Repositories(session).configuration("absent") is None
    server.reply = says(answer(200, b"<html>"))
    with pytest.raises(ArtifactoryRefused, match="no JSON"):
        Rest(session).get("api/x", "read it")


def test_a_write_goes_as_exactly_json_and_again_when_writes_have_met(server, session):
    passing = envelope(500, "Lock on LockEntryId 7 could not be taken")
    replies = iter([passing, passing, answer(201)])
    server.reply = lambda _asked, connection: connection.sendall(next(replies))
    assert Rest(session).write("PUT", "api/x", "write it", {"a": 1}).status == 201
    assert [asked.headers["content-type"] for asked in server.asked] == ["application/json"] * 3
    assert {asked.body for asked in server.asked} == {b'{"a": 1}'}


@pytest.mark.parametrize(("reply", "tries"), [("Lock on LockEntryId 7", WRITE_TRIES), ("Disk is full", 1)])
def test_a_write_that_stays_refused_ends(server, session, reply: str, tries: int):
    server.reply = says(envelope(500, reply))
    with pytest.raises(ArtifactoryRefused, match=reply):
        Rest(session).write("PUT", "api/x", "write it", {})
    assert len(server.asked) == tries


def test_a_version_is_read_with_its_edition(server, session):
    body = {"version": "7.84.17", "revision": 784, "addons": ["ha"]}
    server.reply = says(answer(200, json.dumps(body).encode(), JSON))
    found = System(session).version()
    assert (found.version, found.revision, found.edition) == ("7.84.17", "784", "Pro or above")
    server.reply = says(answer(200, b'{"version": "7.84.17"}', JSON))
    assert System(session).version().edition.startswith("free")


PRO_ONLY = envelope(400, "This REST API is available only in Artifactory Pro (see: jfrog.com)")


@pytest.mark.parametrize(
    ("addons", "listed", "of_a_repository", "edition"),
    [
        (["ha"], answer(200, b'[{"key": "a"}]', JSON), answer(200, b"{}", JSON), "Pro or above"),
        (["ha"], answer(200, b"[]", JSON), envelope(400, "No such repository"), "Pro or above"),
        (["ha"], envelope(403, "Forbidden"), envelope(403, "Forbidden"), "Pro or above"),
        (["ha"], answer(200, b'[{"key": "a"}]', JSON), PRO_ONLY, "free (its interface names Pro)"),
        (["ha"], answer(200, b"{}", JSON), PRO_ONLY, "free (its interface names Pro)"),
        ([], answer(200, b"[]", JSON), PRO_ONLY, "free (no add-ons)"),
        ([], answer(200, b"[]", JSON), envelope(404, "Not Found"), "free (no add-ons)"),
    ],
)
def test_an_edition_is_known_by_two_signs(server, session, addons, listed: bytes, of_a_repository: bytes, edition: str):
    version = json.dumps({"version": "7.84.17", "revision": 784, "addons": addons}).encode()
    known = {"version": answer(200, version, JSON), "repositories": listed}
    server.reply = lambda asked, connection: connection.sendall(
        known.get(asked.path.rpartition("/")[2], of_a_repository)
    )
    found = System(session).detect()
    assert found.edition == edition
    assert found.serves_pypi is edition.startswith("Pro")
    assert found == System(session).version(), "the edition is no part of what an instance is known by"


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (envelope(503, "No license installed!"), "No license installed!"),
        (envelope(500, "Trial license expired!"), "Trial license expired!"),
        (envelope(503, "Starting up"), ""),
        (envelope(404, "license"), ""),
    ],
)
def test_a_lack_of_a_licence_is_told_by_content_alone(server, session, reply: bytes, told: str):
    server.reply = says(reply)
    assert System(session).lack_of_licence() == told


def test_stored_paths_are_listed_without_folders_and_an_absent_store_holds_nothing(server, session):
    files = [{"uri": "/a/b.whl", "folder": False}, {"uri": "/a", "folder": True}, {"uri": "/c", "folder": "true"}]
    server.reply = says(answer(200, json.dumps({"files": files}).encode(), JSON))
    storage = Storage(session, "remote-cache")
    assert storage.paths() == ["a/b.whl"]
    server.reply = says(answer(200, b'{"files": [{"uri": "/a/b.whl", "folder": "false"}]}', JSON))
    assert storage.paths() == ["a/b.whl"]
    assert storage.path_of("b.whl") == "a/b.whl"
    assert not storage.holds_file("c.whl")
    server.reply = says(envelope(404, "Unable to find item"))
    assert storage.paths() == []
    assert storage.item("a") is None
    with pytest.raises(KeyError, match="not stored in remote-cache"):
        storage.sha256("a")


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"files": {}}', b'{"files": [7]}', b'{"files": [{"uri": 7}]}'])
def test_what_is_no_list_of_files_does_not_say_that_nothing_is_stored(server, session, body: bytes):
    server.reply = says(answer(200, body, JSON))
    with pytest.raises(ArtifactoryRefused, match="no such object"):
        Storage(session, "remote-cache").paths()


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"path": 7}', b'{"path": "/a", "children": {"uri": "/b"}}'])
def test_what_is_no_info_does_not_say_that_a_path_is_stored(server, session, body: bytes):
    server.reply = says(answer(200, body, JSON))
    with pytest.raises(ArtifactoryRefused, match="no such object"):
        Storage(session, "remote-cache").item("a")


def test_a_user_is_taken_out_of_the_groups_that_new_users_join(server, session):
    groups = iter([["readers"], []])

    def reply(asked, connection):
        user = {"name": "u", "groups": next(groups)} if asked.method == "GET" else {}
        connection.sendall(answer(200, json.dumps(user).encode(), JSON))

    server.reply = reply
    Security(session).create_user("u", "s3cret-pass", "u@example.com")
    assert [asked.method for asked in server.asked] == ["PUT", "GET", "POST", "GET"]
    assert json.loads(server.asked[2].body)["groups"] == []


# ---------------------------------------------------------------- waiting


def test_waiting_ends_when_it_holds_often_enough_in_a_row():
    seen = iter([True, False, True, True, True, False])
    assert until("it holds", lambda: next(seen), times=3, limits=BRIEF)
    assert next(seen) is False


def test_waiting_gives_what_was_seen_last():
    seen = iter([1, 2, 3])
    assert until("it is three", lambda: next(seen), holds=lambda number: number == 3, limits=BRIEF) == 3


def test_waiting_in_vain_ends_and_tells_the_last_sight():
    with pytest.raises(NotSettled, match=r"the page lists it: not within .* s; last seen: \['nothing'\]"):
        until("the page lists it", lambda: ["nothing"], holds=lambda seen: False, limits=BRIEF)


def test_something_that_holds_now_needs_no_time():
    assert until("it holds", lambda: "yes", limits=Limits(settle=0)) == "yes"
