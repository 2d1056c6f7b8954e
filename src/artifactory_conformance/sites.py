"""The site: what the guide makes an administrator set up, and a builder that follows the guide's steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from artifactory_conformance.artifactory import (
    DEPLOY_CACHE,
    READ,
    ArtifactoryRefused,
    Identity,
    LocalRepository,
    Repositories,
    Security,
    until,
)
from artifactory_conformance.artifactory.belongings import Belongings
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.catalog import CatalogService, CatalogUnavailable, Organization
from artifactory_conformance.catalog_url import ACTIVESTATE, ACTIVESTATE_ADDRESSES
from artifactory_conformance.distributions import Distribution, DistributionSpec, build_wheel
from artifactory_conformance.evidence import Credentials, RecordedSession
from artifactory_conformance.ledger import Footprint, Ledger, Owner
from artifactory_conformance.settings import Settings

NOTE = "ActiveState Curated Catalog for Python packages. Do NOT mix with public PyPI in Virtual repositories"


@dataclass(frozen=True)
class Site:
    """The site as it is known to this run: keys, the organization and where its catalog should be.

    Empty texts mean: not known, or not there.
    """

    remote: str
    virtual: str = ""
    local: str = ""
    organization: str = ""
    catalog_address: str = ACTIVESTATE
    package: str = ""
    internal_package: str = ""

    @property
    def catalog_addresses(self) -> tuple[str, ...]:
        """Where the catalog may be: the address that was given, or ActiveState's own."""
        return ACTIVESTATE_ADDRESSES if self.catalog_address == ACTIVESTATE else (self.catalog_address,)

    def as_data(self) -> dict[str, str]:
        """Give it as builtins, for other processes."""
        return {f"site.{name}": value for name, value in asdict(self).items()}

    @staticmethod
    def from_data(data: Mapping[str, str]) -> Site:
        """Take it back from `as_data`."""
        return Site(**{name.removeprefix("site."): value for name, value in data.items() if name.startswith("site.")})


def site_of(settings: Settings) -> Site:
    """Give the site that somebody else has set up, as far as the settings tell."""
    return Site(
        remote=settings.repo,
        virtual=settings.virtual,
        local=settings.local,
        organization=settings.organization,
        catalog_address=settings.catalog_address or ACTIVESTATE,
    )


class SiteBuilder:
    """Follows the guide: remote repository, permission target, user, local and virtual repository.

    session: an administrator's, at level mutate. Whatever it creates there goes through the ledger. Its names are the
    guide's and not the run's: each thing is removed only after a look whether it is ours, for another run at the same
    time may have made it first. The organization at the fake catalog is no part of the instance, and ends with that.
    """

    def __init__(
        self,
        settings: Settings,
        session: RecordedSession,
        catalog: CatalogService,
        ledger: Ledger,
        make_secret: Callable[[], str],
    ) -> None:
        self._settings = settings
        self._session = session
        self._catalog = catalog
        self._ledger = ledger
        self._make_secret = make_secret
        self._footprint = Footprint(ledger)
        self._belongings = Belongings(session)
        self._organization: Organization | None = None
        self._repositories = Repositories(session)
        self._security = Security(session)
        self.site = site_of(settings)
        self.catalog_account = Credentials()

    def build(self) -> Credentials:
        """Set everything up; give the user that installs packages.

        Raises ArtifactoryRefused, CatalogUnavailable, NotSettled or TargetUnreachable; `remove` then cleans up.
        """
        organization = self._organization = Organization(self._catalog, password=self._make_secret())
        organization.publish("curated-part", requires_python=">=3.8")
        organization.publish("curated-example", "1.2.0", requires=["curated-part"], requires_python=">=3.8")
        self.catalog_account = Credentials(organization.user, organization.password)
        user = Credentials(self._ledger.name("user"), self._make_secret())
        permission = self._settings.repo + "-read"
        self.site = Site(
            remote=self._settings.repo,
            virtual=self._settings.virtual,
            local=self._settings.local,
            organization=organization.id,
            catalog_address=self._catalog.address,
            package="curated-example",
            internal_package="internal-example",
        )
        self._create_remote(organization)
        self._create_local_and_virtual()
        self._create_user(user, permission)
        self._upload_internal_package()
        return user

    def wait_for_user(self, session: RecordedSession) -> None:
        """Wait until the user that was built may do what it was granted. session: the user's. Raises NotSettled."""
        for store in (f"{self.site.remote}-cache", self.site.local):
            wait_until_readable(session, store)

    def remove(self) -> list[str]:
        """Remove everything that was built; give a line for each thing that stays behind."""
        left = self._footprint.remove()
        if self._organization is not None:
            try:
                self._organization.drop()
            except CatalogUnavailable as error:
                left.append(f"organization {self._organization.id} at the catalog: {error}")
            self._organization = None
        return left

    def _create_remote(self, organization: Organization) -> None:
        self._create_repository(remote_configuration(self._settings.repo, organization) | {"description": NOTE})

    def _create_local_and_virtual(self) -> None:
        local, virtual = self.site.local, self.site.virtual
        self._create_repository({"key": local, "rclass": "local", "packageType": "pypi"})
        self._create_repository(virtual_configuration(virtual, [self.site.remote, local], local))

    def _create_repository(self, configuration: dict[str, Any]) -> None:
        noted = {**configuration, "notes": self._ledger.note}
        self._create("repository", configuration["key"], Owner.NOTES, lambda: self._repositories.create(noted))

    def _create_user(self, user: Credentials, permission: str) -> None:
        security, email = self._security, self._ledger.email(user.user)
        self._create("user", user.user, Owner.EMAIL, lambda: security.create_user(user.user, user.password, email))
        self._grant(permission, self.site.remote, user, READ, DEPLOY_CACHE)
        self._grant(self.site.local + "-read", self.site.local, user, READ)

    def _grant(self, permission: str, repository: str, user: Credentials, *actions: str) -> None:
        given = {user.user: actions}
        self._create(
            "permission target", permission, Owner.USERS, lambda: self._security.grant(permission, [repository], given)
        )

    def _create(self, kind: str, name: str, owner: Owner, create: Callable[[], None]) -> None:
        entry = self._ledger.entry(kind, name, owner)
        self._footprint.create(kind, name, create, lambda: self._belongings.remove(entry), owner)

    def _upload_internal_package(self) -> None:
        wheel = build_wheel(DistributionSpec(project=self.site.internal_package, version="1.0"))
        local = LocalRepository(self.site.local, self._session)
        upload_and_wait(Identity(self._session), local, wheel)


def upload_and_wait(uploader: Identity, repository: Keyed, *wheels: Distribution) -> None:
    """Upload distributions and wait until the repository's pages list them: pages lag behind uploads (T-04).

    Raises ArtifactoryRefused when an upload is refused, NotSettled when a page does not follow.
    """
    for wheel in wheels:
        answer = uploader.upload(repository, wheel)
        if answer.status not in {200, 201}:
            raise ArtifactoryRefused(f"upload {wheel.filename} to {repository.key}", answer)
    for wheel in wheels:
        _wait_until_listed(uploader, repository, wheel)


def _wait_until_listed(user: Identity, repository: Keyed, wheel: Distribution) -> None:
    until(
        f"{repository.key} lists {wheel.filename}",
        lambda: user.get_page(repository, wheel.project),
        holds=lambda page: page.status == 200 and wheel.filename in page.text,
    )


def wait_until_readable(session: RecordedSession, store: str) -> None:
    """Wait until a user's Read on a local or a cache is enforced, not only written (admin 2.9).

    The storage API judges Read before existence (C24), so anything but 401 and 403 tells; it fills no cache. Raises
    NotSettled.
    """
    until(
        f"{session.credentials.name} may read {store}",
        lambda: session.request("GET", f"api/storage/{store}"),
        holds=lambda answer: answer.status not in {401, 403},
    )


def create_repository(
    footprint: Footprint, repositories: Repositories, configuration: dict[str, Any], owner: Owner
) -> None:
    """Create a repository through the ledger. owner: where it says whose it is.

    Raises ArtifactoryRefused or NotSettled.
    """
    key = configuration["key"]
    footprint.create(
        "repository", key, lambda: repositories.create(configuration), lambda: repositories.delete(key), owner
    )


class Upstream(Protocol):
    """What a remote repository can stand in front of: an organization at the catalog, or another site's repository."""

    @property
    def url(self) -> str:
        """What goes into both URL fields."""

    @property
    def user(self) -> str:
        """Who asks there."""

    @property
    def password(self) -> str:
        """With which password."""


def remote_configuration(key: str, upstream: Upstream, **changed: Any) -> dict[str, Any]:
    """Give a remote repository's configuration as the guide's step 3 asks for, with some fields changed."""
    return {
        "key": key,
        "rclass": "remote",
        "packageType": "pypi",
        "url": upstream.url,
        "pyPIRegistryUrl": upstream.url,
        "pyPIRepositorySuffix": "simple",
        "username": upstream.user,
        "password": upstream.password,
        "storeArtifactsLocally": True,
        "retrievalCachePeriodSecs": 7200,
        "missedRetrievalCachePeriodSecs": 1800,
        "unusedArtifactsCleanupPeriodHours": 0,
        "xrayIndex": False,
        **changed,
    }


def virtual_configuration(key: str, members: list[str], deploy_to: str = "") -> dict[str, Any]:
    """Give a virtual repository's configuration as the guide's optional part asks for."""
    configuration = {"key": key, "rclass": "virtual", "packageType": "pypi", "repositories": members}
    return {**configuration, "defaultDeploymentRepo": deploy_to} if deploy_to else configuration
