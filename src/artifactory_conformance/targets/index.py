"""The index target: a simple index at a URL that somebody gave, whatever serves it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from uuid import uuid4

from artifactory_conformance.artifactory.logs import LogFile, LogUnreadable
from artifactory_conformance.catalog import CatalogService, CatalogUnavailable, Organization, Published
from artifactory_conformance.evidence import Credentials, RecordedSession, TargetUnreachable
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.sites import Site, site_of
from artifactory_conformance.targets.base import Connections, OtherSite, TargetFailed
from artifactory_conformance.targets.given_catalog import connect_catalog
from artifactory_conformance.targets.names import NamesInTheList
from artifactory_conformance.targets.signs import Signs, of_index

OLDER = ("1.0", "1.0.post1", "1.1")
"""Versions before the newest, so that the page has more files than most checks look at."""


class IndexTarget:
    """Somebody's index: it is read, and nothing else is known of it.

    Where the suite controls the catalog behind it, a project for the run is offered there before, and withdrawn after.
    """

    kind = TargetKind.INDEX

    def __init__(self, settings: Settings, connections: Connections, make_secret: Callable[[], str]) -> None:
        self._settings = settings
        self._connections = connections
        self.make_secret = make_secret
        self.alone = False
        self.base = settings.index_url
        self.administrator: Credentials | None = None
        self.user = Credentials(settings.user, settings.password) if settings.user else None
        known = settings.catalog_user and settings.catalog_password
        self.catalog_account = Credentials(settings.catalog_user, settings.catalog_password) if known else None
        self.site: Site = replace(site_of(settings), package=settings.project)
        self.catalog: CatalogService | None = None
        self.public_index: CatalogService | None = None
        self._offered: list[str] = []
        self._names: NamesInTheList | None = None

    def recognize(self, session: RecordedSession) -> Signs:
        """Ask for the page of the project that it is known to have."""
        return of_index(session, self.site.package)

    def prepare(self) -> Mapping[str, str]:
        """Offer a project, which needs another one, at the catalog behind it; without one the project was named."""
        if not self._settings.catalog_control:
            return {"package": self._settings.project}
        try:
            organization = self._organization()
            part, example = (f"curated-{name}-{uuid4().hex[:8]}" for name in ("part", "example"))
            self._offered += [part, example]
            organization.publish(part, "1.2.0", requires_python=">=3.8")
            for version in (*OLDER, "1.2.0"):
                organization.publish(example, version, requires=[part], requires_python=">=3.8")
                organization.publish(example, version, kind="sdist", requires=[part], requires_python=">=3.8")
        except (CatalogUnavailable, TargetUnreachable) as error:
            raise TargetFailed(f"nothing could be offered behind the index: {error}") from error
        self._let_the_list_expire()
        return {"package": example}

    def _organization(self) -> Organization:
        catalog = connect_catalog(self._settings, self._connections)
        assert catalog is not None
        return Organization(catalog, known=self._settings.organization)

    def start(self, prepared: Mapping[str, str]) -> None:
        """Take over what was prepared."""
        if not prepared:
            raise TargetFailed("the target was not prepared")
        self.site = replace(self.site, package=prepared["package"])
        try:
            self.catalog = connect_catalog(self._settings, self._connections)
        except (CatalogUnavailable, TargetUnreachable) as error:
            raise TargetFailed(str(error)) from error

    @property
    def names(self) -> NamesInTheList:
        """Names of projects for checks; the first are made when one is needed. Raises CatalogUnavailable."""
        if self._names is None:
            self._names = NamesInTheList(self._organization(), self._let_the_list_expire)
        return self._names

    def offer_sdist(self) -> Published:
        """Offer a new project of which there is an sdist alone. Raises CatalogUnavailable."""
        return self._organization().publish(self.names.take(), kind="sdist")

    def _let_the_list_expire(self) -> None:
        if self._settings.page_period:
            self.elapse(self._settings.page_period + 1)

    def stop(self) -> None:
        """Withdraw the names that were made, and what checks have offered under them."""
        if self._names is not None:
            with suppress(CatalogUnavailable):  # with the catalog they are gone as well
                self._names.withdraw()

    def finish(self) -> None:
        """Withdraw what was offered."""
        try:
            while self._offered:
                self._organization().withdraw_project(self._offered.pop())
        except (CatalogUnavailable, TargetUnreachable) as error:
            raise TargetFailed(f"left behind at the catalog: {error}") from error

    def elapse(self, seconds: float) -> None:
        """Wait: nobody's index has a clock of ours."""
        time.sleep(seconds)

    def with_full_store(self) -> AbstractContextManager[None]:
        """Refuse: its store is somebody else's."""
        raise TargetFailed("the store of an index is never filled")

    def second_site(self) -> OtherSite:
        """Refuse: no other is known."""
        raise TargetFailed("there is no second site")

    def first_start(self, repositories: bytes) -> OtherSite:
        """Refuse: none like it can be started."""
        raise TargetFailed("there is nothing to start afresh")

    def untrusted_catalog(self) -> CatalogService:
        """Refuse: what the index trusts is not ours to say."""
        raise TargetFailed("there is no catalog of an authority that the index does not trust")

    def read_log(self, file: LogFile) -> bytes:
        """Refuse: its logs lie on somebody's server."""
        raise LogUnreadable(f"{file.value} lies on the server of {self.base}")

    def last_words(self) -> str:
        """Nothing: its logs are not ours."""
        return ""
