"""One run as one process sees it: settings, secrets, scratch, ledger, target."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import sys
import time
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from artifactory_conformance import __version__
from artifactory_conformance.artifactory.project_choice import ProjectChoice
from artifactory_conformance.clients.sealed_home import Network
from artifactory_conformance.evidence import Credentials, Organizations, RecordedSession, Recorder, Redactor
from artifactory_conformance.evidence.pace import Pace
from artifactory_conformance.ledger import Ledger, ledger_of
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.plugin.claims import Claims
from artifactory_conformance.plugin.watching import WatchedFile
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.settings.of_others_servers import OTHERS
from artifactory_conformance.targets import Connections, Heart, Target, bundle_in, make_target, place_of
from artifactory_conformance.verdicts import Level

SCRATCH = ".scratch"

RUN_BYTES = 5
"""Of a run's id. It is in the names of all that the run makes and tells whose they are: too long for chance."""

RUNS_AT_ONCE = 20
"""How many other runs may end in the same reports folder while this one begins."""


@dataclass
class RunState:
    """What all parts of the plugin share in one process.

    executes: this process runs checks. controls: this process folds and reports. prepared: what `Target.prepare` gave;
    problem: why it failed, if it did. turns: the lock by which processes leave the instance to each other. claims: what
    each check has to itself. tell: shows a line before there is a check. effective: the settings for people to read,
    secrets masked. pace: how somebody's server is asked; None for what the run starts itself.
    """

    key: ClassVar[pytest.StashKey[RunState]] = pytest.StashKey()

    settings: Settings
    run: str
    process: str
    canary: str = field(repr=False)
    executes: bool
    controls: bool
    redactor: Redactor
    recorder: Recorder
    connections: Connections
    ledger: Ledger
    scratch: Path
    target: Target
    heart: Heart
    claims: Claims
    prepared: Mapping[str, str] = field(default_factory=dict, repr=False)
    problem: str = ""
    effective: str = field(default="", repr=False)
    started: bool = False
    watched: list[WatchedFile] = field(default_factory=list)
    turns: Path | None = None
    tell: Callable[[str], None] = lambda _: None
    pace: Pace | None = None
    projects: ProjectChoice | None = None

    def leaked(self) -> bool:
        """Tell whether a secret was about to be shown by this process."""
        return any(file.hit for file in self.watched)

    def interrupt(self, _number: int, _frame: types.FrameType | None) -> None:
        """Take SIGTERM for an orderly stop like Ctrl-C, which workers would hear as well: they have to clean up too."""
        for pid in self._workers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        raise KeyboardInterrupt("SIGTERM")

    def _workers(self) -> Iterator[int]:
        """Give the processes of this run that we have started, by their scratch folders: xdist does not name them."""
        for folder in self.scratch.parent.glob(f"{self.run}-*"):
            pid = folder.name.rpartition("-")[2]
            with suppress(OSError):  # it is gone already
                parent = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[1]
                if int(parent) == os.getpid():
                    yield int(pid)

    def as_user(self, level: Level) -> RecordedSession:
        """Give a session of the account that installs packages (of nobody, if there is none), at most at a level."""
        return self.connections.to_target(self.target.base, self.target.user or Credentials(), level)

    def as_administrator(self, level: Level) -> RecordedSession:
        """Give a session of the administrator, at most at a level."""
        return self.connections.to_target(self.target.base, self.target.administrator or Credentials(), level)

    @property
    def can(self) -> Collection[str]:
        """What is known of the target only since it was prepared."""
        return self.prepared.get("can", "").split()

    @property
    def network(self) -> Network:
        """How clients reach the target: they trust what the run's own sessions trust."""
        proxy = self.connections.proxy or None
        return Network(
            ca_bundle=self.connections.ca_bundle,
            http_proxy=proxy,
            https_proxy=proxy,
            agent=self.connections.user_agent if self.pace else "",
            one_connection=bool(self.pace and self.settings.bounds.connections),
        )

    def close(self) -> None:
        """End everything of this process; may be called again."""
        if self.started:
            self.started = False
            self.target.stop()
        self.ledger.close()
        self.connections.close()
        self.heart.connections.close()
        # Workers that were ended in the middle have left theirs, and what pip writes stops a moment after them.
        own = self.scratch.parent.glob(f"{self.run}-*") if self.controls else (self.scratch,)
        for folder in own:
            _remove(folder)
        with suppress(OSError):  # others are still at work in it
            self.scratch.parent.rmdir()


def begin_run(config: pytest.Config, settings: Settings, effective: str = "") -> RunState:
    """Make this process's state and stash it in the configuration. Nothing is contacted.

    effective: the settings for people to read, secrets masked.
    """
    given: Mapping[str, Any] = getattr(config, "workerinput", {}).get("conformance", {})
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    run = given.get("run") or secrets.token_hex(RUN_BYTES)
    canary = given.get("canary") or f"canary{secrets.token_hex(8)}"
    redactor = Redactor([canary, *settings.secrets()], _organizations(config, settings))
    recorder = Recorder()
    agent = f"artifactory-conformance/{__version__} run/{run}"
    scratch = _scratch(settings, run)
    trusted = bundle_in(scratch) if settings.tls else settings.ca_bundle
    pace = Path(given.get("pace") or scratch / "pace") if settings.target in OTHERS else None
    connections = Connections(
        recorder,
        redactor,
        agent,
        ca_bundle=trusted,
        pace=Pace(pace, settings.bounds) if pace else None,
        proxy=settings.proxy_with_credentials,
    )
    # What looks after the target goes on when a budget is used up; its looks are no evidence.
    looks = replace(connections, recorder=Recorder(), opened=[], pace=Pace(pace, settings.bounds) if pace else None)
    ledger = Ledger(
        ledger_of(settings.reports, run), run, worker.removeprefix("gw") + "w" if worker else "", place_of(settings)
    )
    tell: Callable[[str], None] = (lambda _: None) if worker else _teller(config, redactor)
    target = make_target(
        settings,
        connections,
        ledger,
        lambda: _secret(redactor, canary),
        scratch,
        root=config.rootpath,
        run=run,
        tell=tell,
    )
    state = RunState(
        settings=settings,
        run=run,
        process=worker or "main",
        canary=canary,
        executes=bool(worker) or not config.getoption("tx", None),
        controls=not worker,
        redactor=redactor,
        recorder=recorder,
        connections=connections,
        ledger=ledger,
        scratch=scratch,
        target=target,
        heart=_heart(target, looks),
        pace=connections.pace,
        claims=Claims(Path(given.get("claims") or scratch / "claims")),
        prepared=given.get("prepared", {}),
        problem=given.get("problem", ""),
        effective=effective,
        tell=tell,
    )
    if settings.exclusive or settings.target in {TargetKind.INDEX, TargetKind.CONTAINER}:
        state.turns = Path(given.get("turns") or scratch / "turns")
    config.stash[RunState.key] = state
    if not worker:
        _take_sigterm(config, state)
    return state


def _organizations(config: pytest.Config, settings: Settings) -> Organizations:
    """Know the run's organization; what is in the paths of this machine is none, and a path must stay one."""
    known = (settings.organization, settings.catalog_user)
    return Organizations(known, map(str, (settings.reports.absolute(), config.rootpath, *sys.path)))


def _teller(config: pytest.Config, redactor: Redactor) -> Callable[[str], None]:
    """Give what shows a line while there is no check yet; a worker has no terminal to show it on."""
    return lambda line: config.get_terminal_writer().line(redactor.text(f"conformance: {line}"))


def _take_sigterm(config: pytest.Config, state: RunState) -> None:
    before = signal.signal(signal.SIGTERM, state.interrupt)

    def give_back() -> None:
        signal.signal(signal.SIGTERM, before)

    config.add_cleanup(give_back)


def _heart(target: Target, connections: Connections) -> Heart:
    """Make what looks after a target; to ask an index for a page may fill its cache."""
    level = Level.PULL if target.kind is TargetKind.INDEX else Level.OBSERVE
    return Heart(target, connections, ask=target.recognize, level=level)


def _secret(redactor: Redactor, canary: str) -> str:
    """A throw-away password: it carries the run's canary, so that every leak of one is found."""
    secret = f"{canary}-{secrets.token_hex(8)}-Aa1"
    redactor.add(secret)
    return secret


def _remove(folder: Path) -> None:
    end = time.monotonic() + LIMITS.service_stop
    while folder.exists() and time.monotonic() < end:
        shutil.rmtree(folder, ignore_errors=True)  # somebody may still write into it: what is left is looked at again
        if folder.exists():
            time.sleep(LIMITS.settle_pause)


def _is_alive(pid: int) -> bool:
    """Tell whether a process is at work; one that was killed may be listed until somebody takes note of it."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


def _scratch(settings: Settings, run: str) -> Path:
    """Make this process's scratch folder below the reports, and remove those of processes that were killed."""
    folder = settings.reports / SCRATCH
    for old in folder.glob("*-*"):
        owner = old.name.rpartition("-")[2]
        if owner.isdigit() and not _is_alive(int(owner)):
            shutil.rmtree(old, ignore_errors=True)
    unusable = f"--reports {str(settings.reports)!r} (from {settings.origins['reports']}): cannot be written to"
    own = folder / f"{run}-{os.getpid()}"
    for _ in range(RUNS_AT_ONCE):
        try:
            own.mkdir(parents=True)
        except FileNotFoundError:  # another run has just ended, and removed the folder that it left empty
            continue
        except OSError as error:
            raise pytest.UsageError(f"{unusable}: {error.strerror}") from error
        return own
    raise pytest.UsageError(unusable)
