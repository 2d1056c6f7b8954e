"""The administrator who makes mistakes: what can be done to a site that was set up as the guide says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from artifactory_conformance.artifactory import (
    DEPLOY_CACHE,
    READ,
    ArtifactoryRefused,
    Identity,
    RemoteRepository,
    Repositories,
    Security,
)
from artifactory_conformance.artifactory.instance_settings import InstanceSettings
from artifactory_conformance.catalog import CatalogService, Organization, PublicIndex
from artifactory_conformance.evidence import Credentials, RecordedSession
from artifactory_conformance.sites import Site, remote_configuration, virtual_configuration

VERSIONS = ("1.2.0", "8.0", "9.0", "9.1", "9.2")
"""What a public index has of a project: the catalog's version and more (U10)."""


class Administrator:
    """Acts on the embedded target alone, whose end takes everything along.

    session: an administrator's, at level mutate. user: the account that installs packages; `as_user` acts as it.
    catalog_account: what the catalog's remote was given. public_index: what stands in for the public index.
    """

    def __init__(
        self,
        site: Site,
        session: RecordedSession,
        user: RecordedSession,
        catalog: CatalogService,
        catalog_account: Credentials,
        public_index: CatalogService,
    ) -> None:
        self.site = site
        self.session = session
        self.as_user = Identity(user)
        self.catalog = catalog
        self.catalog_account = catalog_account
        self.public_index = public_index
        self.organization = Organization(catalog, password=catalog_account.password, known=site.organization)
        self.repositories = Repositories(session)
        self.security = Security(session)
        self.instance = InstanceSettings(session)

    @property
    def user(self) -> Credentials:
        """The account that installs packages."""
        return self.as_user.session.credentials

    @property
    def catalog_url(self) -> str:
        """What belongs into both URL fields."""
        return self.organization.url

    @property
    def permission(self) -> str:
        """The name of the permission target of the catalog's remote."""
        return f"{self.site.remote}-read"

    # ---------------------------------------------------------------- repositories

    def change_remote(self, **fields: Any) -> None:
        """Change the configuration of the catalog's remote repository."""
        self.repositories.update(self.site.remote, **fields)

    def name_both(self, url: str, **fields: Any) -> None:
        """Put an address into both URL fields of the catalog's remote repository."""
        self.change_remote(url=url, pyPIRegistryUrl=url, **fields)

    def name_organization(self, text: str) -> None:
        """Put something into both URL fields where the organization id belongs."""
        self.name_both(self.catalog_url.replace(self.site.organization, text))

    def change_virtual(self, **fields: Any) -> None:
        """Change the configuration of the virtual repository."""
        self.repositories.update(self.site.virtual, **fields)

    def add_remote(self, key: str, url: str, **fields: Any) -> None:
        """Add a remote PyPI repository in front of another index, without credentials, that who installs may use."""
        self.repositories.create({"key": key, "rclass": "remote", "packageType": "pypi", "url": url, **fields})
        self.security.grant(f"{key}-read", [key], {self.user.user: [READ, DEPLOY_CACHE]})

    def add_virtual(self, key: str, *members: str) -> None:
        """Add a virtual PyPI repository of these members."""
        self.repositories.create(virtual_configuration(key, list(members)))

    def add_members(self, *keys: str) -> None:
        """Put further members at the end of the virtual repository."""
        self.change_virtual(repositories=[self.site.remote, self.site.local, *keys])

    def deploy_to_another_local(self) -> None:
        """Have uploads to the virtual repository land in a local repository that was made for trials."""
        self.repositories.create({"key": "pypi-scratch", "rclass": "local", "packageType": "pypi"})
        members = (self.repositories.configuration(self.site.virtual) or {}).get("repositories", [])
        self.change_virtual(repositories=[*members, "pypi-scratch"], defaultDeploymentRepo="pypi-scratch")

    def make_remote_again(self, key: str = "", **fields: Any) -> None:
        """Delete the catalog's remote repository and make it again, under another key or with other fields."""
        self.repositories.delete(self.site.remote)
        self.repositories.create(remote_configuration(key or self.site.remote, self.organization, **fields))

    def name_remote(self, key: str) -> None:
        """Have everything as it is, but the catalog's remote repository under another key."""
        kept = self.repositories.configuration(self.site.remote) or {}
        notes = {name: kept.get(name) for name in ("description", "notes")}
        self.security.revoke(self.permission)
        self.make_remote_again(key, **notes)
        self.site = replace(self.site, remote=key)
        self.change_virtual(repositories=[key, self.site.local])
        self.grant_instead()

    # ---------------------------------------------------------------- rights

    def grant_instead(
        self,
        *actions: str,
        on: Sequence[str] = (),
        users: Mapping[str, Sequence[str]] | None = None,
        groups: Mapping[str, Sequence[str]] | None = None,
        include: Sequence[str] = ("**",),
        exclude: Sequence[str] = (),
    ) -> None:
        """Let the permission target of the catalog's remote say something else than Read and Deploy/Cache on it."""
        self.security.grant(
            self.permission,
            list(on) or [self.site.remote],
            {self.user.user: list(actions or (READ, DEPLOY_CACHE))} if users is None else users,
            groups=groups,
            include=include,
            exclude=exclude,
        )

    def make_group(self, name: str, **fields: Any) -> None:
        """Make a group without members. fields: what else is said of it."""
        self._put("groups", name, {"name": name, "description": "", "autoJoin": False, **fields})

    def change_user(self, **fields: Any) -> None:
        """Change the account that installs packages."""
        name = self.user.user
        self._put("users", name, {"name": name, "email": f"{name}@example.com", **fields}, method="POST")

    def _put(self, kind: str, name: str, body: Mapping[str, Any], method: str = "PUT") -> None:
        answer = self.session.request(method, f"api/security/{kind}/{name}", json=dict(body))
        if answer.status not in {200, 201}:
            raise ArtifactoryRefused(f"make the mistake with {name}", answer)

    # ---------------------------------------------------------------- what else there is

    def let_the_public_index_have_everything(self) -> None:
        """Publish, in several versions, what the catalog and the company have at the public index as well."""
        self._fill(PublicIndex(self.public_index))

    def mirror(self) -> str:
        """Set up a mirror of the public index at another host, and give its address."""
        mirror = Organization(self.catalog, answers_everybody=True)
        self._fill(mirror)
        return mirror.url.replace(self.catalog.address, self.catalog.other_address)

    def _fill(self, index: Organization) -> None:
        for project in (self.site.package, self.site.internal_package):
            for version in VERSIONS:
                index.publish(project, version, variant="not the catalog's")

    def look_at_the_example(self, key: str) -> None:
        """Have the page of the site's example cached, as if somebody had asked for it."""
        self.as_user.get_page(RemoteRepository(key, self.session), self.site.package)

    def install(self, project: str) -> None:
        """Have a project in the cache of the catalog's remote, as if somebody had installed it."""
        remote = RemoteRepository(self.site.remote, self.session)
        for link in self.as_user.page(remote, project).links:
            self.as_user.fetch_ok(link)
