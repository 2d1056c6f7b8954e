"""Access tokens of one check: issued by its lab's administrator, revoked with everything else of the lab."""

from __future__ import annotations

from collections.abc import Callable

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.artifactory.tokens import AccessTokens
from artifactory_conformance.evidence import Credentials, RecordedSession
from artifactory_conformance.ledger import Footprint, Ledger


class LabTokens:
    """Factories for tokens. An instance may want a token of the administrator for that (admin 2.6).

    A token has an id that nobody knows before it is issued: its description is the name in the ledger (admin 5.6).
    """

    def __init__(
        self,
        administrator: RecordedSession,
        connect: Callable[[Credentials], RecordedSession],
        footprint: Footprint,
        ledger: Ledger,
    ) -> None:
        self._tokens = AccessTokens(administrator)
        self._connect = connect
        self._footprint = footprint
        self._ledger = ledger

    def of_user(self, user: Identity) -> Identity:
        """Issue a token for a user; who uses it as the password that goes with the user's name."""
        return Identity(self._connect(Credentials(user.name, self._issue("user", user=user.name))))

    def of_group(self, group: str) -> Identity:
        """Issue a token with a group's rights; who bears it."""
        return Identity(self._connect(Credentials(token=self._issue(f"groups:{group}"))))

    def lent(self, token: Identity, to: Identity) -> Identity:
        """Give somebody who uses another's token as the password that goes with the own name."""
        return Identity(self._connect(Credentials(to.name, token.password)))

    def _issue(self, kind: str, *, user: str = "") -> str:
        name = self._ledger.name("token")
        issued: list[tuple[str, str]] = []

        def issue() -> None:
            issued.append(self._tokens.issue(f"applied-permissions/{kind}", user=user, description=name))

        def revoke() -> None:
            for token_id, _ in issued:
                self._tokens.revoke(token_id)

        self._footprint.create("access token", name, issue, revoke)
        return issued[0][1]
