"""The container target: an Artifactory that is started for the run, with a fake catalog on one network with it."""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from artifactory_conformance.artifactory import ArtifactoryRefused
from artifactory_conformance.artifactory.logs import LogFile, LogUnreadable
from artifactory_conformance.catalog import CatalogService, CatalogUnavailable
from artifactory_conformance.containers.compose import ComposeStack
from artifactory_conformance.containers.engine import Engine, EngineRefused, EngineUnusable
from artifactory_conformance.containers.guard import uninterrupted
from artifactory_conformance.containers.images import newest_of, repository_of
from artifactory_conformance.containers.licence import LicenceRefused
from artifactory_conformance.containers.readiness import EulaNotAccepted, NotStarted, Readiness
from artifactory_conformance.containers.single import SingleStack
from artifactory_conformance.containers.stack import (
    ARTIFACTORY_PORT,
    CATALOG,
    CATALOG_FILES,
    CATALOG_PORT,
    FIRST_SITE,
    LOGS,
    PUBLIC_INDEX,
    Running,
    Stack,
    Wanted,
    look_ahead,
)
from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder, TargetUnreachable
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import Administrator, Settings, TargetKind
from artifactory_conformance.targets.base import Connections, NothingToStart, TargetFailed
from artifactory_conformance.targets.first_steps import FRESH, as_owner, issues_tokens, take_over
from artifactory_conformance.targets.given_catalog import wait_for_catalog
from artifactory_conformance.targets.instance import InstanceTarget
from artifactory_conformance.targets.model_control import ModelControl
from artifactory_conformance.targets.neighbours import Neighbours, SecondContainer
from artifactory_conformance.targets.signs import of_artifactory

CONTEXT = "/artifactory"
NOT_STARTED = (
    *(EngineRefused, NotStarted, TargetFailed),
    *(ArtifactoryRefused, CatalogUnavailable, TargetUnreachable),
)


class ContainerTarget(InstanceTarget):
    """An Artifactory of the run's own: an instance that is set up, with everything that only its owner can give.

    One for all processes; the controlling one starts it, and takes it down on every way out. root: the folder with
    docker-compose.yml. run: its name. tell: takes lines about how far a start is.
    """

    kind = TargetKind.CONTAINER

    def __init__(
        self,
        settings: Settings,
        connections: Connections,
        ledger: Ledger,
        make_secret: Callable[[], str],
        scratch: Path,
        root: Path,
        run: str,
        tell: Callable[[str], None],
    ) -> None:
        super().__init__(settings, connections, ledger, make_secret)
        self._scratch = scratch
        self._root = root
        self._tell = tell
        self._wanted = self._what_is_wanted(settings, run)
        self._stack: Stack | None = None
        self._engine: Engine | None = None
        self._neighbours: Neighbours | None = None
        self._container = ""
        self._control: ModelControl | None = None

    def _what_is_wanted(self, settings: Settings, run: str) -> Wanted:
        given = settings.containers
        return Wanted(
            image=given.image,
            catalog_image=given.catalog_image,
            run=run,
            memory=given.memory,
            database=given.database,
            port=given.port,
            accept_eula=given.accept_eula,
        )

    # ---------------------------------------------------------------- once for the run

    def prepare(self) -> Mapping[str, str]:
        """Start everything, make it the run's own, and build the guide's set-up.

        Raises NothingToStart for what somebody has to put right, TargetFailed else; nothing is left behind then.
        """
        try:
            return self._prepared()
        except (EngineUnusable, EulaNotAccepted, LicenceRefused) as error:
            raise NothingToStart(str(error) + self._taken_down()) from error
        except NOT_STARTED as error:
            raise TargetFailed(str(error) + self._taken_down()) from error
        except BaseException:
            self._taken_down()
            raise

    def _prepared(self) -> Mapping[str, str]:
        engine = self._engine = Engine(self._connections.limits)
        wanted = self._with_version(engine)
        limits = self._connections.limits
        if wanted.database == "postgresql":
            wanted = replace(wanted, database_password=uuid4().hex)
            self._connections.redactor.add(wanted.database_password)
        single = bool(self._settings.containers.versions)
        self._stack = SingleStack(engine, wanted) if single else ComposeStack(engine, wanted, self._root, self._scratch)
        look_ahead(engine, wanted, self._tell, limits.engine_memory)
        atexit.register(self._taken_down)
        self._tell(f"starting {wanted.image}")
        running = self._stack.start()
        self._wait(engine, running)
        base = running.artifactory + CONTEXT
        password = self.make_secret()
        version = take_over(self._connections, base, password, self._settings.containers.licence)
        owner = as_owner(self._connections, base, Credentials(FRESH.user, password))
        model = of_artifactory(owner).model
        can = [name for name, known in self._found_out(owner, model, version.serves_pypi) if known]
        prepared = {
            "base": base,
            "catalog_control": running.catalog,
            "public_control": running.public_index,
            "container": running.container,
            "network": running.network,
            "image": wanted.image,
            "administrator_password": password,
            "neighbour_password": self.make_secret(),
            "model": model,
            "can": " ".join(can),
        }
        self._take_up(prepared)
        return {**prepared, **super().prepare()}

    def _with_version(self, engine: Engine) -> Wanted:
        """The image of the version that was asked for; of a line like 7.146.x the newest one that is here."""
        if not self._settings.containers.versions:
            return self._wanted
        version, *others = self._settings.containers.versions
        if others:
            raise EngineUnusable(
                "several versions are several runs: `python -m artifactory_conformance verify` makes them"
            )
        repository = repository_of(self._wanted.image)
        if version.endswith(".x"):
            version = newest_of(version, engine.tags(repository)) or version
        self._wanted = replace(self._wanted, image=f"{repository}:{version}")
        return self._wanted

    def _wait(self, engine: Engine, running: Running) -> None:
        apart = replace(self._connections, recorder=Recorder(), opened=[])  # its start is no evidence
        try:
            Readiness(
                engine,
                running.container,
                apart.to_catalog(running.artifactory),
                as_owner(apart, running.artifactory + CONTEXT, FRESH),
                self._tell,
                self._connections.limits,
                accept_eula=self._wanted.accept_eula,
            ).wait()
            for control, host in ((running.catalog, CATALOG), (running.public_index, PUBLIC_INDEX)):
                wait_for_catalog(CatalogService(apart.to_catalog(control), _at(host), apart.to_catalog))
        finally:
            apart.close()

    @staticmethod
    def _found_out(owner: RecordedSession, model: str, serves_pypi: bool) -> Iterator[tuple[str, bool]]:
        yield "clock", bool(model)
        yield "store", bool(model)
        yield "token", serves_pypi and issues_tokens(owner)

    def _taken_down(self) -> str:
        """Take the stack down and say what stays; may be called again. Nobody interrupts it."""
        stack, self._stack = self._stack, None
        if stack is None:
            return ""
        with uninterrupted():
            try:
                left = stack.stop()
            except (EngineRefused, EngineUnusable) as error:
                left = [str(error)]
        return f"; left behind, for `make sweep`: {', '.join(left)}" if left else ""

    def finish(self) -> None:
        """Take everything down, with what was set up on it."""
        self._builder = None
        if left := self._taken_down():
            raise TargetFailed(left.removeprefix("; "))

    # ---------------------------------------------------------------- in every process

    def start(self, prepared: Mapping[str, str]) -> None:
        """Take over what was prepared."""
        if not prepared:
            raise TargetFailed("the target was not prepared")
        self._take_up(prepared)
        super().start(prepared)
        connect = self._connections.to_catalog
        public = CatalogService(connect(prepared["public_control"]), _at(PUBLIC_INDEX), connect)
        try:
            public.check()
        except (CatalogUnavailable, TargetUnreachable) as error:
            raise TargetFailed(str(error)) from error
        self.public_index = public

    def _take_up(self, prepared: Mapping[str, str]) -> None:
        """Be the instance target of what was started."""
        base = prepared["base"]
        password = prepared["administrator_password"]
        self._settings = replace(
            self._settings,
            artifactory_url=base,
            administrator=Administrator(FRESH.user, password),
            catalog_control=prepared["catalog_control"],
            catalog_address=_at(CATALOG),
            catalog_other_address=_at(CATALOG_FILES),
            set_up_site=True,
        )
        self.base = base
        self.administrator = Credentials(FRESH.user, password)
        self.user = self.user or self.administrator
        self._container = prepared["container"]
        self._connections.addresses[base] = f"http://{FIRST_SITE}:{ARTIFACTORY_PORT}{CONTEXT}"
        if "clock" in prepared["can"].split():
            self._control = ModelControl(self._connections.to_catalog(base.removesuffix(CONTEXT)))
        wanted = replace(self._wanted, image=prepared["image"], port=0)
        self._neighbours = Neighbours(
            wanted,
            prepared["network"],
            prepared["neighbour_password"],
            self._settings.containers.licence,
            replace(self._connections, recorder=Recorder(), opened=[]),
            self._connections,
            self._scratch,
            self._tell,
        )

    def stop(self) -> None:
        """End what this process has started beside it."""
        if self._neighbours is not None:
            self._neighbours.close()

    def elapse(self, seconds: float) -> None:
        """Move the clock of a stand-in that nobody else uses at the moment; wait else."""
        if self._control is not None and self.alone:
            self._control.elapse(seconds)
        else:
            time.sleep(seconds)

    def with_full_store(self) -> AbstractContextManager[None]:
        """Let a stand-in say of every item that it cannot be stored. Raises TargetFailed for anything else."""
        if self._control is None:
            raise TargetFailed("the store of an Artifactory is never filled")
        return self._control.with_full_store()

    def second_site(self) -> SecondContainer:
        """Give an Artifactory of the same image beside this one, which is made when it is first wanted."""
        assert self._neighbours is not None
        return self._neighbours.second_site(self._own_engine())

    def first_start(self, repositories: bytes) -> SecondContainer:
        """Give a fresh Artifactory of the same image, which finds the file in its volume."""
        assert self._neighbours is not None
        return self._neighbours.first_start(self._own_engine(), repositories)

    def untrusted_catalog(self) -> CatalogService:
        """Give a catalog behind an authority of this process's own."""
        assert self._neighbours is not None
        return self._neighbours.untrusted_catalog(self._own_engine())

    def read_log(self, file: LogFile) -> bytes:
        """Give a log file out of the container."""
        try:
            return self._own_engine().read_file(self._container, f"{LOGS}/{file.value}") or b""
        except (EngineRefused, EngineUnusable) as error:
            raise LogUnreadable(f"{file.value} cannot be had out of the container: {error}") from error

    def last_words(self) -> str:
        """Give how the container has ended, if it has, with its last lines."""
        try:
            engine = self._own_engine()
            state = engine.state(self._container)
            lines = engine.last_lines(self._container, 3)
        except (EngineRefused, EngineUnusable):
            return ""
        return "" if state.runs else f"its container ended with {state.exit_code}; {'; '.join(lines)}"

    def _own_engine(self) -> Engine:
        if self._engine is None:
            self._engine = Engine(self._connections.limits)
        return self._engine


def _at(host: str) -> str:
    return f"http://{host}:{CATALOG_PORT}"
