"""What stands beside the container under test on its network, and is started when a check first wants it.

Checks that want it have the instance to themselves, so that one of each is enough for all processes of a run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from artifactory_conformance.artifactory import ArtifactoryRefused
from artifactory_conformance.catalog import CatalogService, CatalogUnavailable
from artifactory_conformance.containers.engine import Engine, EngineRefused, EngineUnusable
from artifactory_conformance.containers.leftovers import RUN
from artifactory_conformance.containers.licence import LicenceRefused
from artifactory_conformance.containers.readiness import EulaNotAccepted, NotStarted, Readiness
from artifactory_conformance.containers.single import ROLE, start_artifactory, start_catalog
from artifactory_conformance.containers.stack import (
    ARTIFACTORY_PORT,
    CATALOG_PORT,
    FRESH_SITE,
    SECOND_SITE,
    UNTRUSTED,
    Wanted,
)
from artifactory_conformance.evidence import Credentials, TargetUnreachable
from artifactory_conformance.targets.authority import Authority
from artifactory_conformance.targets.base import FIRST_START, Connections, TargetFailed
from artifactory_conformance.targets.first_steps import FRESH, as_owner, take_over
from artifactory_conformance.targets.given_catalog import wait_for_catalog

CONTEXT = "/artifactory"
NOT_STARTED = (
    *(EngineRefused, EngineUnusable, EulaNotAccepted, NotStarted),
    *(LicenceRefused, ArtifactoryRefused, TargetUnreachable),
)


@dataclass(frozen=True)
class SecondContainer:
    """A second site. base: how the suite reaches it."""

    base: str
    administrator: Credentials
    end: Callable[[], None]

    def go_down(self) -> None:
        """Remove its container."""
        self.end()


class Neighbours:
    """Those of one run, as one process sees them.

    wanted: the image and the run. password: of the second site's administrator, the same in all processes. apart: for
    what is no evidence of a check.
    """

    def __init__(
        self,
        wanted: Wanted,
        network: str,
        password: str,
        licence: str,
        apart: Connections,
        connections: Connections,
        scratch: Path,
        tell: Callable[[str], None],
    ) -> None:
        self._wanted = wanted
        self._network = network
        self._password = password
        self._licence = licence
        self._apart = apart
        self._connections = connections
        self._scratch = scratch
        self._tell = tell
        self._untrusted: CatalogService | None = None

    def close(self) -> None:
        """Close the connections; the containers end with the run."""
        self._apart.close()

    def _found(self, engine: Engine, role: str) -> list[str]:
        return engine.labelled("container", f"{RUN}={self._wanted.run}", f"{ROLE}={role}")

    def second_site(self, engine: Engine) -> SecondContainer:
        """Give the one that runs, or start one. Raises TargetFailed."""
        try:
            found = self._found(engine, SECOND_SITE)
            container = found[0] if found else start_artifactory(engine, self._wanted, self._network, SECOND_SITE)
            root = f"http://127.0.0.1:{engine.published(container, ARTIFACTORY_PORT)}"
            base = root + CONTEXT
            if not found:
                self._make_ready(engine, container, root)
        except NOT_STARTED as error:
            raise TargetFailed(f"the second site did not start: {error}") from error
        self._connections.addresses[base] = f"http://{SECOND_SITE}:{ARTIFACTORY_PORT}{CONTEXT}"
        return self._other(engine, container, base)

    def first_start(self, engine: Engine, repositories: bytes) -> SecondContainer:
        """Start one whose volume has a file with repositories. Raises TargetFailed."""
        try:
            engine.remove("container", self._found(engine, FRESH_SITE))  # that of a check which did not end it
            container = start_artifactory(
                engine, self._wanted, self._network, FRESH_SITE, files={FIRST_START: repositories}
            )
            root = f"http://127.0.0.1:{engine.published(container, ARTIFACTORY_PORT)}"
            self._make_ready(engine, container, root)
        except NOT_STARTED as error:
            raise TargetFailed(f"with a file of repositories it did not start: {error}") from error
        return self._other(engine, container, root + CONTEXT)

    def _other(self, engine: Engine, container: str, base: str) -> SecondContainer:
        self._connections.redactor.add(self._password)
        end = partial(engine.remove, "container", [container])
        return SecondContainer(base, Credentials(FRESH.user, self._password), end)

    def _make_ready(self, engine: Engine, container: str, root: str) -> None:
        """Wait for it and take it over; one that cannot be used is gone again."""
        limits = self._apart.limits
        owner = as_owner(self._apart, root + CONTEXT, FRESH)
        try:
            platform, accept = self._apart.to_catalog(root), self._wanted.accept_eula
            Readiness(engine, container, platform, owner, self._tell, limits, accept_eula=accept).wait()
            take_over(self._apart, root + CONTEXT, self._password, self._licence)
        except BaseException:
            engine.remove("container", [container])
            raise

    def untrusted_catalog(self, engine: Engine) -> CatalogService:
        """Give a catalog behind an authority that nobody but this process trusts. Raises TargetFailed."""
        if self._untrusted is not None:
            return self._untrusted
        folder = "/run/conformance"
        authority = Authority(self._scratch / "untrusted", UNTRUSTED)
        chain, key = authority.files
        try:
            engine.remove("container", self._found(engine, UNTRUSTED))  # that of another process, with its authority
            container = start_catalog(
                self._wanted,
                self._network,
                [UNTRUSTED],
                *("--tls-certificate", f"{folder}/chain.pem", "--tls-key", f"{folder}/key.pem"),
                files={f"{folder}/chain.pem": chain, f"{folder}/key.pem": key},
            )
            port = engine.published(container, CATALOG_PORT)
        except NOT_STARTED as error:
            raise TargetFailed(f"the catalog that nobody trusts did not start: {error}") from error
        connect = partial(self._connections.to_catalog, ca_bundle=authority.bundle)
        service = CatalogService(connect(f"https://127.0.0.1:{port}"), f"https://{UNTRUSTED}:{CATALOG_PORT}", connect)
        try:
            aside = self._apart.to_catalog(service.own_address, ca_bundle=authority.bundle)
            wait_for_catalog(CatalogService(aside, service.address, self._apart.to_catalog), self._apart.limits)
        except CatalogUnavailable as error:
            raise TargetFailed(f"the catalog that nobody trusts did not start: {error}") from error
        self._untrusted = service
        return service
