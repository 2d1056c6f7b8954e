"""Access tokens lie beside the instance's context."""

from __future__ import annotations

import json

import pytest

from artifactory_conformance.artifactory import ArtifactoryRefused
from artifactory_conformance.artifactory.tokens import AccessTokens
from tests.evidence.raw_server import answer, says

JSON = "Content-Type: application/json"


def test_token_is_issued_beside_the_context(server, session):
    server.reply = says(answer(200, json.dumps({"token_id": "7", "access_token": "s"}).encode(), JSON))
    assert AccessTokens(session).issue("applied-permissions/user", user="joe") == ("7", "s")
    assert (server.asked[-1].method, server.asked[-1].path) == ("POST", "/access/api/v1/tokens")
    assert json.loads(server.asked[-1].body)["username"] == "joe"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"token_id": "7"}', b"<html>"])
def test_answer_without_a_token_is_a_refusal(server, session, body: bytes):
    server.reply = says(answer(200, body, JSON))
    with pytest.raises(ArtifactoryRefused, match="no token"):
        AccessTokens(session).issue("applied-permissions/user")


@pytest.mark.parametrize("status", [200, 204, 400, 404])
def test_token_that_is_gone_or_not_revocable_is_no_failure(server, session, status: int):
    def reply(asked, connection):
        connection.sendall(answer(status if asked.method == "DELETE" else 404))

    server.reply = reply
    AccessTokens(session).revoke("7")
    assert (server.asked[0].method, server.asked[0].path) == ("DELETE", "/access/api/v1/tokens/7")
    assert [asked.method for asked in server.asked[1:]] == (["GET"] if status < 300 else []), "and looked for"


def test_a_token_is_found_by_its_description_and_no_other(server, session):
    listed = {"tokens": [{"token_id": "6"}, {"token_id": "7", "description": "acs-a1-2-token"}, 5]}
    server.reply = says(answer(200, json.dumps(listed).encode(), JSON))
    tokens = AccessTokens(session)
    assert tokens.described("acs-a1-2-token") == {"token_id": "7", "description": "acs-a1-2-token"}
    assert tokens.described("acs-a1-2") is None
    tokens.revoke_described("acs-a1-2")
    assert {asked.method for asked in server.asked} == {"GET"}
