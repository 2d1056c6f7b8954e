"""Access tokens (admin 5.6), issued and revoked by an administrator."""

from __future__ import annotations

import json

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.rest import Rest
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.evidence.levels import CONTEXT
from artifactory_conformance.limits import LIMITS


class AccessTokens:
    """`/access/api/v1/tokens`, which lies beside the instance's context and wants a token itself on most instances."""

    def __init__(self, session: RecordedSession) -> None:
        self._rest = Rest(session)
        self._path = f"{session.base.removesuffix(CONTEXT)}/access/api/v1/tokens"

    def issue(self, scope: str, *, user: str = "") -> tuple[str, str]:
        """Issue a token that lives as long as a run may; its id and its secret. Raises ArtifactoryRefused.

        scope: `applied-permissions/user`, or `applied-permissions/groups:` and names. user: whom it stands for.
        """
        wanted = {"grant_type": "client_credentials", "scope": scope, "expires_in": LIMITS.token_lifetime}
        body = {**wanted, "username": user} if user else wanted
        what = f"issue a token for {scope}"
        answer = self._rest.write("POST", self._path, what, body)
        try:
            given = json.loads(answer.body)
            return str(given["token_id"]), str(given["access_token"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise ArtifactoryRefused(f"{what} (no token)", answer) from None

    def revoke(self, token_id: str) -> None:
        """Revoke a token; one that is gone already is fine, and so is one that is too short-lived to be revocable."""
        what = f"revoke token {token_id}"
        self._rest.write("DELETE", f"{self._path}/{token_id}", what, accept=(200, 204, 400, 404))
