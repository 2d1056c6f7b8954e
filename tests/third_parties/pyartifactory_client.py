"""pyartifactory as its tests use it: an account's client, and what it is told to make."""

from __future__ import annotations

from collections.abc import Callable

from pyartifactory import Artifactory
from pyartifactory.models import LocalRepository, RemoteRepository

from artifactory_conformance.catalog import Organization
from tests.third_parties.plain import SECONDS, Plain

Name = Callable[[str], str]


def client_of(plain: Plain, base: str = "", api_version: int = 1) -> Artifactory:
    """Make a client. base: where its paths begin, if not at the context."""
    auth = (plain.name, plain.password)
    return Artifactory(url=base or plain.base, auth=auth, api_version=api_version, timeout=SECONDS)


def made_local(client: Artifactory, key: str) -> str:
    """Make a local repository for Python; give its key."""
    return str(client.repositories.create_repo(LocalRepository(key=key, packageType="pypi")).key)


def remote_of(organization: Organization, key: str) -> RemoteRepository:
    """Give the configuration of a remote in front of an organization at the catalog."""
    return RemoteRepository(
        key=key,
        packageType="pypi",
        url=organization.url,
        pyPIRegistryUrl=organization.url,
        username=organization.user,
        password=organization.password,
        retrievalCachePeriodSecs=7200,
    )
