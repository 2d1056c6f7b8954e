"""Access tokens: `/access/api/v1/tokens` (admin 5.6)."""

from typing import Any
from urllib.parse import parse_qsl

from artifactory_conformance.reference.authentication import Token
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.rest_repositories import json_object

DEFAULT_LIFETIME = 3600 * 24 * 365
"""Seconds that a token lives if the request does not say."""


class TokensRest:
    """Administrators issue tokens for everybody, others for themselves."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def handle(self, call: Call, token_id: str) -> Answer:
        """Issue, list, show and revoke. Raises RequestRefused."""
        if call.caller.anonymous:
            raise RequestRefused(401, "Authentication is required")
        if call.method == "POST" and not token_id:
            return self._issue(call)
        if call.method == "GET" and not token_id:
            return as_json({"tokens": [_described(token) for token in self._visible(call)]})
        if call.method == "DELETE" and token_id == "revoke":
            return self._revoke_by_value(call)
        if call.method in ("GET", "DELETE"):
            found = [token for token in self._visible(call) if token.token_id == token_id]
            if not found:
                raise RequestRefused(404, "Token not found")
            if call.method == "GET":
                return as_json(_described(found[0]))
            self._instance.authentication.revoke(token_id)
            return Answer(200, b"", chunked=True)
        raise RequestRefused(405, "Method Not Allowed")

    def _revoke_by_value(self, call: Call) -> Answer:
        """The token itself in a form, for administrators: so JFrog's own documentation says, from 7.68 on."""
        self._instance.access.require_admin(call.caller)
        given = dict(parse_qsl(call.body.decode("utf-8", "replace"))).get("token", "")
        found = [token for token in self._instance.authentication.tokens() if token.secret == given]
        if not found:
            raise RequestRefused(404, "Token not found")
        self._instance.authentication.revoke(found[0].token_id)
        return as_json({"revoked-token-id": found[0].token_id})

    def _visible(self, call: Call) -> list[Token]:
        tokens = self._instance.authentication.tokens()
        return [token for token in tokens if call.caller.admin or token.subject == call.caller.name]

    def _issue(self, call: Call) -> Answer:
        is_json = call.header("content-type").startswith("application/json")
        wanted: dict[str, Any] = json_object(call) if is_json else dict(parse_qsl(call.body.decode("utf-8", "replace")))
        subject = str(wanted.get("username") or call.caller.name)
        scope = str(wanted.get("scope") or "applied-permissions/user")
        if not call.caller.admin and (subject != call.caller.name or scope != "applied-permissions/user"):
            raise RequestRefused(403, "Only an administrator issues tokens for others")
        lifetime = str(wanted.get("expires_in", DEFAULT_LIFETIME))
        if not lifetime.isdigit():
            raise RequestRefused(400, "expires_in must be a number of seconds")
        token = self._instance.authentication.issue(
            subject, scope, float(lifetime), str(wanted.get("description") or "")
        )
        return as_json(
            {
                "token_id": token.token_id,
                "access_token": token.secret,
                "expires_in": int(lifetime),
                "scope": scope,
                "token_type": "Bearer",
            }
        )


def _described(token: Token) -> dict[str, Any]:
    return {
        "token_id": token.token_id,
        "subject": token.subject,
        "scope": token.scope,
        "expiry": token.expires,
        "description": token.description,
    }
