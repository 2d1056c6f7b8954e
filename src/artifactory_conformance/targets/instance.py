"""The instance target: an Artifactory at a URL that somebody gave."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

from artifactory_conformance.artifactory import ArtifactoryRefused, NotSettled, Repositories, Security, System
from artifactory_conformance.artifactory.logs import LogFile, LogUnreadable
from artifactory_conformance.catalog import CatalogService, CatalogUnavailable
from artifactory_conformance.evidence import Answer, Credentials, RecordedSession, TargetUnreachable
from artifactory_conformance.evidence.levels import CONTEXT
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.sites import Site, SiteBuilder, site_of
from artifactory_conformance.targets.base import Connections, OtherSite, TargetFailed
from artifactory_conformance.targets.given_catalog import connect_catalog
from artifactory_conformance.targets.refusal import in_words
from artifactory_conformance.targets.signs import of_artifactory
from artifactory_conformance.verdicts import Level


class InstanceTarget:
    """Somebody's Artifactory. It is changed at level mutate only, and then only through the ledger."""

    kind = TargetKind.INSTANCE
    recognize = staticmethod(of_artifactory)

    def __init__(
        self, settings: Settings, connections: Connections, ledger: Ledger, make_secret: Callable[[], str]
    ) -> None:
        self._settings = settings
        self._connections = connections
        self._ledger = ledger
        self.make_secret = make_secret
        self.alone = False
        self._builder: SiteBuilder | None = None
        self.base = settings.artifactory_url
        admin = settings.administrator
        self.administrator = Credentials(admin.user, admin.password, admin.token) if admin else None
        self.user = Credentials(settings.user, settings.password) if settings.user else None
        known = settings.catalog_user and settings.catalog_password
        self.catalog_account = Credentials(settings.catalog_user, settings.catalog_password) if known else None
        self.site: Site = site_of(settings)
        self.catalog: CatalogService | None = None
        self.public_index: CatalogService | None = None

    def prepare(self) -> Mapping[str, str]:
        """Find the context; with --set-up-site build the guide's set-up, whose user every process then knows."""
        self.base = self._find_base()
        self._see_administrator()
        self._see_licence()
        if not self._settings.set_up_site or not self._serves_pypi():
            return {"base": self.base}
        try:
            self.catalog = connect_catalog(self._settings, self._connections)
            assert self.administrator is not None
            assert self.catalog is not None
            session = self._connections.to_target(self.base, self.administrator, Level.MUTATE)
            self._refuse_what_exists(session)
            self._builder = SiteBuilder(self._settings, session, self.catalog, self._ledger, self.make_secret)
            user = self._builder.build()
            self._builder.wait_for_user(self._connections.to_target(self.base, user, Level.OBSERVE))
        except (ArtifactoryRefused, CatalogUnavailable, NotSettled, TargetUnreachable) as error:
            problem = f"the site could not be set up: {error}"
            try:
                self.finish()
            except TargetFailed as left:
                problem += f"; {left}"
            raise TargetFailed(problem) from error
        account = self._builder.catalog_account
        return {
            "base": self.base,
            "user": user.user,
            "password": user.password,
            "catalog_user": account.user,
            "catalog_password": account.password,
            **self._builder.site.as_data(),
        }

    def _refuse_what_exists(self, session: RecordedSession) -> None:
        """Raise TargetFailed if something has a name already that the site would take, and would remove later."""
        repositories, security = Repositories(session), Security(session)
        settings = self._settings
        taken = [f"repository {key}" for key in (settings.repo, settings.virtual, settings.local) if key]
        taken = [name for name in taken if repositories.configuration(name.split()[1]) is not None]
        grants = [f"{key}-read" for key in (settings.repo, settings.local) if key]
        taken += [f"permission target {name}" for name in grants if security.permission(name) is not None]
        if taken:
            raise TargetFailed(f"the site was not set up, for the instance has already: {', '.join(taken)}")

    def start(self, prepared: Mapping[str, str]) -> None:
        """Take over what was prepared."""
        if not prepared:
            raise TargetFailed("the target was not prepared")
        self.base = prepared["base"]
        if "user" in prepared:
            self.user = Credentials(prepared["user"], prepared["password"])
            self.catalog_account = Credentials(prepared["catalog_user"], prepared["catalog_password"])
            self.site = Site.from_data(prepared)
        try:
            self.catalog = connect_catalog(self._settings, self._connections)
            self.public_index = self.catalog
        except (CatalogUnavailable, TargetUnreachable) as error:
            raise TargetFailed(str(error)) from error

    def _find_base(self) -> str:
        """Try the URL as given and with the context; the one that answers like an Artifactory is the base (U-01)."""
        given = self._settings.artifactory_url
        candidates = [given] if urlsplit(given).path.endswith(CONTEXT) else [given + CONTEXT, given]
        who = self.user or self.administrator or Credentials()
        seen: list[str] = []
        refusing: list[str] = []
        for base in candidates:
            answer = self._ask_version(base, who)
            if _tells_version(answer):
                return base
            if _by_artifactory(answer):
                refusing.append(f"the target {in_words(answer, who)}")
                if answer.status in {401, 403}:
                    break  # every further try with wrong credentials can lock the account (P-11)
            seen.append(str(answer))
        raise TargetFailed(refusing[0] if refusing else f"{given} is no Artifactory; seen: {' | '.join(seen)}")

    def _see_administrator(self) -> None:
        """Find out with one request whether the administrator's credentials are taken, before many checks use them."""
        if self.administrator is None or self.user is None:
            return  # nobody to see, or seen already
        answer = self._ask_version(self.base, self.administrator)
        if answer.status != 200:
            raise TargetFailed(f"the target {in_words(answer, self.administrator)}")

    def _see_licence(self) -> None:
        """Find out whether an instance without add-ons lacks a licence alone, which is no edition and no verdict."""
        who = self.user or self.administrator
        if who is None or not self._settings.level.allows(Level.PULL):
            return
        session = self._connections.to_target(self.base, who, Level.PULL)
        try:
            found = System.read_version(session.request("GET", "api/system/version"))
            told = "" if found.addons else System(session).lack_of_licence()
        except (ArtifactoryRefused, TargetUnreachable):
            return  # the preflight tells
        finally:
            session.close()
        if told:
            raise TargetFailed(f"the Artifactory says {told!r}: it needs a licence that is valid today (admin 1.4)")

    def _serves_pypi(self) -> bool:
        """Find out whether there is anything to set up: the free editions have no PyPI repositories."""
        assert self.administrator is not None
        session = self._connections.to_target(self.base, self.administrator, Level.OBSERVE)
        try:
            return System(session).detect().serves_pypi
        except (ArtifactoryRefused, TargetUnreachable) as error:
            raise TargetFailed(f"the edition could not be told: {error}") from error
        finally:
            session.close()

    def _ask_version(self, base: str, who: Credentials) -> Answer:
        session = self._connections.to_target(base, who, Level.OBSERVE)
        try:
            return session.request("GET", "api/system/version")
        except TargetUnreachable as error:
            raise TargetFailed(f"no answer from {self._settings.artifactory_url}: {error}") from error
        finally:
            session.close()

    def stop(self) -> None:
        """Nothing of this process's own."""

    def finish(self) -> None:
        """Remove the site that was set up."""
        if self._builder is not None and (left := self._builder.remove()):
            raise TargetFailed(f"left behind on the instance: {'; '.join(left)}")

    def elapse(self, seconds: float) -> None:
        """Wait: a real instance has no clock of ours."""
        time.sleep(seconds)

    def with_full_store(self) -> AbstractContextManager[None]:
        """Refuse: somebody else's files lie in its store."""
        raise TargetFailed("the store of an instance is never filled")

    def second_site(self) -> OtherSite:
        """Refuse: no other instance is known."""
        raise TargetFailed("there is no second site")

    def first_start(self, repositories: bytes) -> OtherSite:
        """Refuse: none like it can be started."""
        raise TargetFailed("there is nothing to start afresh")

    def untrusted_catalog(self) -> CatalogService:
        """Refuse: what the instance trusts is not ours to say."""
        raise TargetFailed("there is no catalog of an authority that the instance does not trust")

    def read_log(self, file: LogFile) -> bytes:
        """Refuse: its logs lie on somebody's server."""
        raise LogUnreadable(f"{file.value} lies on the server of {self.base}")

    def last_words(self) -> str:
        """Nothing: its logs are not ours."""
        return ""


def _tells_version(answer: Answer) -> bool:
    return answer.status == 200 and answer.media_type.endswith("json") and b'"version"' in answer.body


def _by_artifactory(answer: Answer) -> bool:
    return any(name in answer.headers for name in ("X-JFrog-Version", "X-Artifactory-Id"))
