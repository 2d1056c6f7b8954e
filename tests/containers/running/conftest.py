"""An engine is required here: `make containers` builds the images first, and `make test` leaves this folder out."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from artifactory_conformance.containers.engine import Engine
from tests.containers.running.runs import STAND_IN, image_of, left

SICK = "conformance-test"


@pytest.fixture(scope="session")
def engine() -> Engine:
    """Give the engine. Without one these tests fail."""
    return Engine()


@pytest.fixture(autouse=True)
def _nothing_is_left(engine: Engine) -> Iterator[None]:
    """See to it that there is nothing before, and nothing after, every test."""
    assert not left(engine), "run `make sweep`"
    yield
    assert not left(engine)


@pytest.fixture(scope="session")
def stand_in() -> str:
    """Give the image that plays the embedded target's usual profile."""
    return f"{STAND_IN}:7.84.17"


@pytest.fixture(scope="session")
def sick(engine: Engine, stand_in: str) -> Iterator[dict[str, str]]:
    """Give images of Artifactories that something is wrong with."""
    settings = {
        "unlicensed": "STAND_IN_LICENCE=none",
        "derby": 'STAND_IN_LAST_WORDS="DB Type derby is not allowed: Cannot start the application"',
        "slow": "STAND_IN_BOOT_SECONDS=120",
    }
    made = {name: image_of([f"FROM {stand_in}", f"ENV {it}"], f"{SICK}:{name}") for name, it in settings.items()}
    yield made
    for image in made.values():
        engine.ask("image", "rm", image)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Give a port of loop-back that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]
