"""Locking of users who fail to log in (admin 5.5): the instance's policy, and letting somebody in again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from artifactory_conformance.artifactory.rest import Rest
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.ledger import Ledger

POLICY = "api/security/userLockPolicy"

POLICY_SETTING = "userLockPolicy"
"""What the ledger calls it."""


class UserLocks:
    """`/api/security/userLockPolicy` and `unlockUsers`, as an administrator."""

    def __init__(self, session: RecordedSession, ledger: Ledger | None = None) -> None:
        """ledger: where a change is written down before it is made; without one nothing is changed for a while."""
        self._rest = Rest(session)
        self._ledger = ledger

    def policy(self) -> dict[str, Any]:
        """Read whether users are locked, and after how many failures. Raises ArtifactoryRefused."""
        return dict(self._rest.get(POLICY, "read the user lock policy"))

    @contextmanager
    def after(self, attempts: int) -> Iterator[None]:
        """Have users locked after so many failed log-ins in a row for a while; afterwards the policy is what it was."""
        assert self._ledger is not None
        before, during = self.policy(), {"enabled": True, "loginAttempts": attempts}
        with self._ledger.while_changed(POLICY_SETTING, before, during, lambda: self.write(before)):
            self.write(during)
            yield

    def unlock(self, user: str) -> None:
        """Let a locked user log in again. Raises ArtifactoryRefused."""
        self._rest.write("POST", f"api/security/unlockUsers/{user}", f"unlock {user}")

    def write(self, policy: dict[str, Any]) -> None:
        """Set the policy. Raises ArtifactoryRefused."""
        self._rest.write("PUT", POLICY, "write the user lock policy", policy)
