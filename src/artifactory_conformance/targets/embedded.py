"""The embedded target: reference model, fake catalog and fake public index as processes of this process's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from artifactory_conformance.artifactory import ArtifactoryRefused, NotSettled, Security, System
from artifactory_conformance.artifactory.logs import LogFile
from artifactory_conformance.catalog import CatalogService, CatalogUnavailable
from artifactory_conformance.evidence import Credentials, TargetUnreachable
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.sites import Site, SiteBuilder, site_of
from artifactory_conformance.targets.base import Connections, TargetFailed
from artifactory_conformance.targets.service import Service, ServiceFailed
from artifactory_conformance.verdicts import Level

MODEL = "artifactory_conformance.reference"
UPSTREAM = "artifactory_conformance.upstream"
FRESH_PASSWORD = "password"


class EmbeddedTarget:
    """Our own small Artifactory with everything around it; each process that runs checks has its own."""

    kind = TargetKind.EMBEDDED

    def __init__(
        self,
        settings: Settings,
        connections: Connections,
        ledger: Ledger,
        make_secret: Callable[[], str],
        scratch: Path,
    ) -> None:
        self._settings = settings
        self._connections = connections
        self._ledger = ledger
        self.make_secret = make_secret
        self._scratch = scratch
        self._state = scratch / "model"
        self._services: list[Service] = []
        self._site: SiteBuilder | None = None
        self.base = ""
        self.administrator: Credentials | None = None
        self.user: Credentials | None = None
        self.catalog: CatalogService | None = None
        self.public_index: CatalogService | None = None
        self._version = ""

    def prepare(self) -> Mapping[str, str]:
        """Nothing: every process starts its own."""
        return {}

    def finish(self) -> None:
        """Nothing, likewise."""

    def start(self, prepared: Mapping[str, str]) -> None:
        """Start the three services, give the model's administrator a password of this run, and build the site."""
        folder = () if self._settings.catalog_dir is None else ("--catalog-dir", str(self._settings.catalog_dir))
        try:
            catalog = self._serve(UPSTREAM, *folder)
            public = self._serve(UPSTREAM, "--layout", "pypi")
            model = self._serve(
                MODEL,
                *("--profile", self._settings.model_profile),
                *(part for switch in self._settings.model_switch for part in ("--switch", switch)),
                *("--public-index", public.url),
                *("--state-dir", str(self._state)),
            )
            self.base = f"{model.url}/artifactory"
            self._model_control = self._connections.to_catalog(model.url)
            self.catalog = self._service_at(catalog.url)
            self.public_index = self._service_at(public.url)
            if self._serves_pypi():
                self.administrator = self._own_administrator()
                self._build_site()
            else:  # neither users nor repositories can be made over REST there (admin 1.2)
                self.administrator = self.user = Credentials("admin", FRESH_PASSWORD)
        except (ServiceFailed, ArtifactoryRefused, CatalogUnavailable, NotSettled, TargetUnreachable) as error:
            words = self.last_words()
            self.stop()
            raise TargetFailed(f"the embedded target did not start: {error}; {words}") from error

    def _serve(self, module: str, *arguments: str) -> Service:
        service = Service(module, *arguments, cwd=self._scratch)
        self._services.append(service)
        return service

    def _service_at(self, url: str) -> CatalogService:
        return CatalogService(self._connections.to_catalog(url), url, self._connections.to_catalog)

    def _serves_pypi(self) -> bool:
        session = self._connections.to_target(self.base, Credentials("admin", FRESH_PASSWORD), Level.OBSERVE)
        return System(session).version().serves_pypi

    def _own_administrator(self) -> Credentials:
        fresh = self._connections.to_target(self.base, Credentials("admin", FRESH_PASSWORD), Level.MUTATE)
        own = Credentials("admin", self.make_secret())
        self._connections.redactor.add(own.password)
        Security(fresh).set_password("admin", own.password)
        return own

    def _build_site(self) -> None:
        assert self.administrator is not None
        assert self.catalog is not None
        session = self._connections.to_target(self.base, self.administrator, Level.MUTATE)
        self._site = SiteBuilder(self._settings, session, self.catalog, self._ledger, self.make_secret)
        self.user = self._site.build()

    @property
    def site(self) -> Site:
        """What the guide makes an administrator set up, as it was built; what would have been, where nothing can be."""
        return site_of(self._settings) if self._site is None else self._site.site

    def stop(self) -> None:
        """End the services; what they held was in memory."""
        while self._services:
            self._services.pop().stop()

    def elapse(self, seconds: float) -> None:
        """Move the model's clock."""
        body = {"advance": seconds}
        answer = self._model_control.request("POST", "_control/clock", json=body)
        if answer.status != 200:
            raise TargetUnreachable(f"the model's clock cannot be moved: {answer}")

    def read_log(self, file: LogFile) -> bytes:
        """Give a log file of the model."""
        path = self._state / "log" / file.value
        return path.read_bytes() if path.exists() else b""

    def last_words(self) -> str:
        """Give what the services said at last."""
        return "; ".join(words for service in self._services if not service.alive and (words := service.last_words()))
