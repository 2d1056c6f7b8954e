"""The protocol of a target, and how sessions to it are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from artifactory_conformance.artifactory.logs import LogFile
from artifactory_conformance.catalog import CatalogService
from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder, Redactor
from artifactory_conformance.evidence.pace import Pace
from artifactory_conformance.evidence.record import Party
from artifactory_conformance.limits import LIMITS, Limits
from artifactory_conformance.settings import TargetKind
from artifactory_conformance.sites import Site
from artifactory_conformance.targets.signs import Signs
from artifactory_conformance.verdicts import Level

FIRST_START = "etc/artifactory/artifactory.repository.config.import.json"
"""The file with repositories that a fresh Artifactory reads, below its data folder (admin 1.2)."""


class TargetFailed(Exception):
    """The target could not be reached, started or set up. The message says which, and what to do."""


class NothingToStart(Exception):
    """Something on this machine, or something that was given, has to be put right before the target can be started."""


@dataclass(frozen=True)
class Connections:
    """Makes recorded sessions of one process: with its recorder, its limits and the run's name in the User-Agent.

    ca_bundle: certificates of the authorities that are trusted, None for the usual ones.
    addresses: of bases that other servers reach at another address, that address.
    pace: how the target is asked, and proxy: by which way, with credentials, where it is somebody's.
    """

    recorder: Recorder
    redactor: Redactor
    user_agent: str
    limits: Limits = LIMITS
    ca_bundle: Path | None = None
    opened: list[RecordedSession] = field(default_factory=list, repr=False)
    addresses: dict[str, str] = field(default_factory=dict)
    pace: Pace | None = None
    proxy: str = field(default="", repr=False)

    def to_target(self, base: str, credentials: Credentials, level: Level) -> RecordedSession:
        """Give a session to the target as an identity, at most at a level."""
        return self._open(base, credentials, level, Party.TARGET, self.ca_bundle, ours=False)

    def to_catalog(
        self, base: str, user: str = "", password: str = "", *, ca_bundle: Path | None = None, ours: bool = True
    ) -> RecordedSession:
        """Give a session to a catalog; without a password, as nobody. ca_bundle: trust these instead.

        ours: the suite controls it, so it is asked without a proxy and as often as need be.
        """
        trusted = ca_bundle or self.ca_bundle
        return self._open(base, Credentials(user, password), None, Party.CATALOG, trusted, ours=ours)

    def _open(
        self,
        base: str,
        credentials: Credentials,
        level: Level | None,
        party: Party,
        ca_bundle: Path | None,
        *,
        ours: bool,
    ) -> RecordedSession:
        for secret in (credentials.password, credentials.token):
            self.redactor.add(secret)
        session = RecordedSession(
            base,
            recorder=self.recorder,
            limits=self.limits,
            level=level,
            credentials=credentials,
            party=party,
            user_agent=self.user_agent,
            ca_bundle=ca_bundle,
            address=self.addresses.get(base, ""),
            pace=None if ours else self.pace,
            proxy="" if ours else self.proxy,
        )
        self.opened.append(session)
        return session

    def close(self, keep: int = 0) -> None:
        """Close all sessions but those that were opened first. keep: how many."""
        while len(self.opened) > keep:
            self.opened.pop().close()


class OtherSite(Protocol):
    """Another Artifactory, which reaches the target and is reached by it."""

    @property
    def base(self) -> str:
        """Its URL with the context."""

    @property
    def administrator(self) -> Credentials:
        """Who may configure it."""

    def go_down(self) -> None:
        """Take it down for good."""


class Target(Protocol):
    """One thing under test. All of it is asked for only between `start` and `stop`.

    Prepared once per run (`prepare`, `finish`: in the controlling process), used in each executing process (`start`,
    `stop`). What `prepare` gives are builtins; every process's `start` gets them.
    """

    kind: TargetKind
    make_secret: Callable[[], str]
    alone: bool
    """Whether nobody else uses it at the moment; whoever gives turns on it says so."""

    @property
    def base(self) -> str:
        """URL of the instance with its context, without a final slash."""

    @property
    def administrator(self) -> Credentials | None:
        """Who may configure it."""

    @property
    def user(self) -> Credentials | None:
        """An account that installs packages."""

    @property
    def catalog_account(self) -> Credentials | None:
        """The organization's user name and password at the catalog behind the site."""

    @property
    def site(self) -> Site:
        """The keys of the guide's set-up, and what is known of its catalog."""

    @property
    def catalog(self) -> CatalogService | None:
        """A catalog that the suite controls and the target can reach."""

    @property
    def public_index(self) -> CatalogService | None:
        """The stand-in for the public index, reachable by the target."""

    def recognize(self, session: RecordedSession) -> Signs:
        """Ask for what it is known by. Raises ArtifactoryRefused, NotRecognized or TargetUnreachable."""

    def prepare(self) -> Mapping[str, str]:
        """Do what has to be done once before the run. Raises TargetFailed or NothingToStart."""

    def start(self, prepared: Mapping[str, str]) -> None:
        """Make it usable from this process. Raises TargetFailed."""

    def stop(self) -> None:
        """End what `start` began; never raises."""

    def finish(self) -> None:
        """Undo what `prepare` did. Raises TargetFailed if something stays behind."""

    def elapse(self, seconds: float) -> None:
        """Let time pass for the target: its clock is moved, or it is waited for."""

    def with_full_store(self) -> AbstractContextManager[None]:
        """Have no room in the store for a while. Raises TargetFailed where the store is not the suite's to fill."""

    def second_site(self) -> OtherSite:
        """Give a site beside this one, running; it stays for later checks unless one sends it down.

        Raises TargetFailed.
        """

    def first_start(self, repositories: bytes) -> OtherSite:
        """Give a fresh instance like this one, whose first start has found a file with repositories (admin 1.2).

        Whoever asks for it takes it down. Raises TargetFailed.
        """

    def untrusted_catalog(self) -> CatalogService:
        """Give a catalog that the suite controls, behind an authority that the target does not trust.

        Raises TargetFailed.
        """

    def read_log(self, file: LogFile) -> bytes:
        """Give the whole content of a log file, nothing if it is not there yet. Raises LogUnreadable."""

    def last_words(self) -> str:
        """Give what its services said at last, if they are ours."""
