"""One server for all tests of this folder; every test puts its own fresh model behind it."""

import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from artifactory_conformance.reference.app import application
from artifactory_conformance.reference.fault import Fault
from artifactory_conformance.reference.first_start import import_repositories
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.profiles import profile_named
from tests.reference.model_client import ModelClient
from tests.reference.stage import Stage, standing
from tests.reference.stub_catalog import StubCatalog


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    with standing() as stage:
        yield stage


@pytest.fixture(scope="session")
def the_catalog() -> Iterator[StubCatalog]:
    catalog = StubCatalog()
    yield catalog
    catalog.stop()


@pytest.fixture
def catalog(the_catalog: StubCatalog) -> StubCatalog:
    """A catalog without anything in it."""
    the_catalog.reset()
    return the_catalog


@pytest.fixture
def start(stage: Stage, the_catalog: StubCatalog) -> Iterator[Callable[..., ModelClient]]:
    """Start a fresh model: `start("7.84-pro", range="206")`."""
    clients: list[ModelClient] = []
    instances: list[Instance] = []

    def start_one(
        profile: str = "7.84-pro",
        *,
        state_dir: Path | None = None,
        faults: Sequence[Fault] = (),
        only_try: bool = False,
        **switches: str,
    ) -> ModelClient:
        chosen = profile_named(profile)
        instance = Instance(chosen, chosen.switch_set(switches), public_index=the_catalog.origin, state_dir=state_dir)
        instances.append(instance)
        import_repositories(instance, state_dir)
        for fault in faults:
            fault.install(Hold(instance, fault.name, only_try=only_try))
        stage.app = application(instance)
        clients.append(ModelClient(stage.origin))
        return clients[-1]

    yield start_one
    for client in clients:
        client.session.close()
    for instance in instances:
        instance.logs.close()
    stage.app = None


@pytest.fixture
def model(start: Callable[..., ModelClient]) -> ModelClient:
    """A fresh 7.84 Pro."""
    return start()


@pytest.fixture
def nowhere() -> Iterator[str]:
    """An address of this machine where nobody listens: bound, so that nobody else takes it, and not listening."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/org/pypi"
