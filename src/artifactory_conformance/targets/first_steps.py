"""What is done to a fresh Artifactory in a container before it is a target: password, licence, token."""

from __future__ import annotations

from artifactory_conformance.artifactory import ArtifactoryRefused, Security, SystemVersion
from artifactory_conformance.artifactory.tokens import AccessTokens
from artifactory_conformance.containers.licence import install
from artifactory_conformance.evidence import Credentials, RecordedSession
from artifactory_conformance.targets.base import Connections
from artifactory_conformance.verdicts import Level

FRESH = Credentials("admin", "password")
"""Whom a fresh instance lets in (admin 2.6)."""


def as_owner(connections: Connections, base: str, credentials: Credentials) -> RecordedSession:
    """Give a session that may do everything."""
    return connections.to_target(base, credentials, Level.MUTATE)


def take_over(connections: Connections, base: str, password: str, licence: str = "") -> SystemVersion:
    """Give the administrator a password of this run's own, install a licence if there is one, and tell the version.

    Raises ArtifactoryRefused, LicenceRefused or TargetUnreachable.
    """
    connections.redactor.add(password)
    Security(as_owner(connections, base, FRESH)).change_own_password(FRESH.user, FRESH.password, password)
    return install(as_owner(connections, base, Credentials(FRESH.user, password)), licence)


def issues_tokens(session: RecordedSession) -> bool:
    """Tell whether the administrator gets tokens with a password alone, which not every instance gives (admin 2.6)."""
    tokens = AccessTokens(session)
    try:
        token, _ = tokens.issue("applied-permissions/user", user=session.credentials.user)
        tokens.revoke(token)
    except ArtifactoryRefused:
        return False
    return True
