"""One server for all tests of this folder; every test puts its own fresh model behind it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from artifactory_conformance.reference.app import application
from artifactory_conformance.reference.fault import Fault
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.profiles import profile_named
from tests.reference.model_client import ModelClient
from tests.reference.stub_catalog import StubCatalog

START_DEADLINE = 10.0


class _Stage:
    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self.origin = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[_Stage]:
    stage = _Stage()
    # With the protocol named, asyncio switches Nagle's algorithm off; otherwise every answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(stage, lifespan="off", log_config=None, server_header=False, ws="none", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_DEADLINE
    while not server.started:
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)
    stage.origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    yield stage
    server.should_exit = True
    thread.join(START_DEADLINE)
    listener.close()


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
def start(stage: _Stage, the_catalog: StubCatalog) -> Iterator[Callable[..., ModelClient]]:
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
