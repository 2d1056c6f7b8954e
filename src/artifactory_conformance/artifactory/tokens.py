"""Access tokens (admin 5.6), issued and revoked by an administrator."""

from __future__ import annotations

import json
from typing import Any

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.rest import ABSENT, Rest
from artifactory_conformance.artifactory.waiting import until
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.evidence.levels import CONTEXT
from artifactory_conformance.limits import LIMITS


class AccessTokens:
    """`/access/api/v1/tokens`, which lies beside the instance's context and wants a token itself on most instances."""

    def __init__(self, session: RecordedSession) -> None:
        self._rest = Rest(session)
        self._path = f"{session.base.removesuffix(CONTEXT)}/access/api/v1/tokens"

    def issue(self, scope: str, *, user: str = "", description: str = "") -> tuple[str, str]:
        """Issue a token that lives as long as a run may; its id and its secret. Raises ArtifactoryRefused.

        scope: `applied-permissions/user`, or `applied-permissions/groups:` and names. user: whom it stands for.
        description: what it is found by again, for a token has no name.
        """
        wanted = {"grant_type": "client_credentials", "scope": scope, "expires_in": LIMITS.token_lifetime}
        optional = {"username": user, "description": description}
        body = {**wanted, **{name: value for name, value in optional.items() if value}}
        what = f"issue a token for {scope}"
        answer = self._rest.write("POST", self._path, what, body)
        try:
            given = json.loads(answer.body)
            return str(given["token_id"]), str(given["access_token"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise ArtifactoryRefused(f"{what} (no token)", answer) from None

    def revoke(self, token_id: str) -> None:
        """Revoke a token and wait until it is gone.

        One that is gone already is fine, and so is one that is too short-lived to be revocable.
        """
        path, what = f"{self._path}/{token_id}", f"revoke token {token_id}"
        if self._rest.write("DELETE", path, what, accept=(200, 204, *ABSENT)).status not in ABSENT:
            until(
                f"token {token_id} is gone",
                lambda: self._rest.get(path, f"read token {token_id}", absent=ABSENT),
                holds=lambda seen: seen is None,
            )

    def described(self, description: str) -> dict[str, Any] | None:
        """Find the token of this description; None if none is listed. Raises ArtifactoryRefused."""
        listed = self._rest.get(self._path, "list the access tokens")
        tokens = listed.get("tokens") if isinstance(listed, dict) else None
        for token in tokens if isinstance(tokens, list) else ():
            if isinstance(token, dict) and token.get("description") == description:
                return token
        return None

    def revoke_described(self, description: str) -> None:
        """Revoke the token of this description and wait until it is gone; one that is gone already is fine."""
        if (found := self.described(description)) is not None:
            self.revoke(str(found.get("token_id")))
