"""The embedded target: reference model, fake catalog and fake public index as processes of this process's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

from artifactory_conformance.artifactory import ArtifactoryRefused, NotSettled, PageUnavailable
from artifactory_conformance.artifactory.logs import LogFile
from artifactory_conformance.catalog import CatalogService, CatalogUnavailable, Organization
from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder, TargetUnreachable
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.misconfigurations import MISCONFIGURATIONS, Administrator
from artifactory_conformance.settings import Settings, Standpoint, TargetKind
from artifactory_conformance.sites import Site, SiteBuilder, site_of
from artifactory_conformance.targets.authority import Authority
from artifactory_conformance.targets.base import FIRST_START, Connections, TargetFailed
from artifactory_conformance.targets.model import Model
from artifactory_conformance.targets.service import Service, ServiceFailed
from artifactory_conformance.targets.signs import of_artifactory
from artifactory_conformance.verdicts import Level

UPSTREAM = "artifactory_conformance.upstream"
NOT_STARTED = (ServiceFailed, ArtifactoryRefused, TargetUnreachable)


class EmbeddedTarget:
    """Our own small Artifactory with everything around it; each process that runs checks has its own."""

    kind = TargetKind.EMBEDDED
    recognize = staticmethod(of_artifactory)

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
        self.alone = True
        self._scratch = scratch
        self._services: list[Service] = []
        self._authority: Authority | None = None
        self._model: Model | None = None
        self._second: Model | None = None
        self._untrusted: CatalogService | None = None
        self._public_url = ""
        self._site: SiteBuilder | None = None
        self.base = ""
        self.administrator: Credentials | None = None
        self.user: Credentials | None = None
        self.catalog_account: Credentials | None = None
        self.catalog: CatalogService | None = None
        self.public_index: CatalogService | None = None

    def prepare(self) -> Mapping[str, str]:
        """Nothing: every process starts its own."""
        return {}

    def finish(self) -> None:
        """Nothing, likewise."""

    def start(self, prepared: Mapping[str, str]) -> None:
        """Start the three services, over https if that was asked for, and build the site."""
        folder = () if self._settings.catalog_dir is None else ("--catalog-dir", str(self._settings.catalog_dir))
        try:
            if self._settings.tls:
                self._authority = Authority(self._scratch)
            catalog = self._serve_upstream(*folder)
            public = self._serve_upstream("--layout", "pypi")
            self._public_url = public.url
            model = self._model = self._start_model("model", self._connections)
            self.base = model.base
            self.administrator = self.user = model.administrator
            self.catalog = self._service_at(catalog.url)
            self.public_index = self._service_at(public.url)
            if model.serves_pypi:
                self._build_site()
        except (*NOT_STARTED, CatalogUnavailable, NotSettled, PageUnavailable) as error:
            said = [str(error), self.last_words()]
            self.stop()
            raise TargetFailed(f"the embedded target did not start: {'; '.join(filter(None, said))}") from error

    def _serve_upstream(self, *arguments: str, authority: Authority | None = None) -> Service:
        shown = authority or self._authority
        tls = shown.service_options if shown else ()
        service = Service(UPSTREAM, *tls, *arguments, cwd=self._scratch)
        self._services.append(service)
        return service

    def _start_model(self, name: str, connections: Connections) -> Model:
        tls = (*self._authority.service_options, *self._authority.trust_options) if self._authority else ()
        model = Model(
            *("--profile", self._settings.model_profile),
            *(part for switch in self._settings.model_switch for part in ("--switch", switch)),
            *(part for name in self._settings.defect for part in ("--defect", name)),
            *(part for name in self._settings.variation for part in ("--variation", name)),
            *("--public-index", self._public_url),
            *tls,
            state=self._scratch / name,
            scratch=self._scratch,
            connections=connections,
            make_secret=self.make_secret,
        )
        self._services.append(model.service)
        return model

    def _service_at(self, url: str, trusted: Path | None = None) -> CatalogService:
        connect = partial(self._connections.to_catalog, ca_bundle=trusted)
        return CatalogService(connect(url), url, connect)

    def second_site(self) -> Model:
        """Give another model, a site of its own, which stays until it is sent down; the next one is a fresh one."""
        if self._second is None or not self._second.service.alive:
            aside = replace(self._connections, recorder=Recorder(), opened=[])  # its start is no evidence of a check
            try:
                self._second = self._start_model(f"site-{len(self._services)}", aside)
            except NOT_STARTED as error:
                raise TargetFailed(f"the second site did not start: {error}") from error
        return self._second

    def first_start(self, repositories: bytes) -> Model:
        """Give a fresh model that finds the file where an Artifactory looks for it."""
        name = f"first-start-{len(self._services)}"
        file = self._scratch / name / FIRST_START
        file.parent.mkdir(parents=True)
        file.write_bytes(repositories)
        aside = replace(self._connections, recorder=Recorder(), opened=[])  # its start is no evidence of a check
        try:
            return self._start_model(name, aside)
        except NOT_STARTED as error:
            raise TargetFailed(f"with a file of repositories it did not start: {error}") from error

    def untrusted_catalog(self) -> CatalogService:
        """Give a catalog behind an authority of its own, which nothing but the suite itself trusts."""
        if self._untrusted is None:
            try:
                authority = Authority(self._scratch / "untrusted")
                url = self._serve_upstream(authority=authority).url
                self._untrusted = self._service_at(url, authority.bundle)
            except ServiceFailed as error:
                raise TargetFailed(f"the catalog that nobody trusts did not start: {error}") from error
        return self._untrusted

    def _build_site(self) -> None:
        assert self.administrator is not None
        assert self.catalog is not None
        session = self._connections.to_target(self.base, self.administrator, Level.MUTATE)
        self._site = SiteBuilder(self._settings, session, self.catalog, self._ledger, self.make_secret)
        self.user = self._site.build()
        self._site.wait_for_user(self._connections.to_target(self.base, self.user, Level.OBSERVE))
        self.catalog_account = self._site.catalog_account
        aside = self._settings.standpoint is not Standpoint.EVERYTHING
        if aside:
            self._publish_more(self._site.site.organization)
        if self._settings.misconfiguration:
            self._make_mistakes(self._site, session, self._connections.to_target(self.base, self.user, Level.MUTATE))
        if aside:
            self._stand_aside()

    def _publish_more(self, organization: str) -> None:
        """Offer files that stay cold: at an instance of others nothing can be published for a check."""
        assert self.catalog is not None
        known = Organization(self.catalog, known=organization)
        for project in known.offers():
            for version, kind in (("0.1", "wheel"), ("0.2", "wheel"), ("0.1", "sdist"), ("0.2", "sdist")):
                known.publish(project, version, kind=kind, requires_python=">=3.8")

    def _stand_aside(self) -> None:
        """Leave the run no more than somebody has at an instance of others."""
        self.catalog = self.public_index = self.catalog_account = None
        if self._settings.standpoint is Standpoint.ACCOUNT:
            self.administrator = None

    def _make_mistakes(self, built: SiteBuilder, session: RecordedSession, user: RecordedSession) -> None:
        assert self.catalog is not None
        assert self.public_index is not None
        mistaken = Administrator(built.site, session, user, self.catalog, built.catalog_account, self.public_index)
        for name in self._settings.misconfiguration:
            MISCONFIGURATIONS[name].make(mistaken)
        built.site = mistaken.site

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
        assert self._model is not None
        self._model.elapse(seconds)

    def with_full_store(self) -> AbstractContextManager[None]:
        """Let the model say of every item that it cannot be stored."""
        assert self._model is not None
        return self._model.with_full_store()

    def read_log(self, file: LogFile) -> bytes:
        """Give a log file of the model."""
        assert self._model is not None
        return self._model.read_log(file)

    def last_words(self) -> str:
        """Give what the services said at last."""
        return "; ".join(words for service in self._services if not service.alive and (words := service.last_words()))
