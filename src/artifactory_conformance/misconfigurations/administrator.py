"""The administrator who makes mistakes: what can be done to a site that was set up as the guide says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, Repositories, Security
from artifactory_conformance.artifactory.instance_settings import InstanceSettings
from artifactory_conformance.catalog import CatalogService
from artifactory_conformance.evidence import Credentials, RecordedSession
from artifactory_conformance.sites import Site, virtual_configuration


class Administrator:
    """Acts on the embedded target alone, whose end takes everything along.

    session: an administrator's, at level mutate. user: the account that installs packages; `as_user` acts as it.
    public_index: the address that stands in for the public index, for remotes beside the catalog's.
    """

    def __init__(
        self,
        site: Site,
        session: RecordedSession,
        user: RecordedSession,
        catalog: CatalogService,
        public_index: str,
    ) -> None:
        self.site = site
        self.session = session
        self.as_user = Identity(user)
        self.catalog = catalog
        self.public_index = public_index
        self.repositories = Repositories(session)
        self.security = Security(session)
        self.instance = InstanceSettings(session)

    @property
    def user(self) -> Credentials:
        """The account that installs packages."""
        return self.as_user.session.credentials

    def change_remote(self, **fields: Any) -> None:
        """Change the configuration of the catalog's remote repository."""
        self.repositories.update(self.site.remote, **fields)

    def change_virtual(self, **fields: Any) -> None:
        """Change the configuration of the virtual repository."""
        self.repositories.update(self.site.virtual, **fields)

    def add_remote(self, key: str, url: str, **fields: Any) -> None:
        """Add a remote PyPI repository in front of another index, without credentials."""
        self.repositories.create({"key": key, "rclass": "remote", "packageType": "pypi", "url": url, **fields})

    def add_virtual(self, key: str, *members: str) -> None:
        """Add a virtual PyPI repository of these members."""
        self.repositories.create(virtual_configuration(key, list(members)))

    def grant_instead(
        self,
        *actions: str,
        on: Sequence[str] = (),
        include: Sequence[str] = ("**",),
        exclude: Sequence[str] = (),
    ) -> None:
        """Let the permission target of the catalog's remote say something else than Read and Deploy/Cache on it."""
        self.security.grant(
            f"{self.site.remote}-read",
            list(on) or [self.site.remote],
            {self.user.user: list(actions or (READ, DEPLOY_CACHE))},
            include=include,
            exclude=exclude,
        )
