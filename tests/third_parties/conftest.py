"""A model with a catalog behind it, once for all tests: each of them makes repositories and accounts of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from artifactory_conformance.catalog import Organization
from artifactory_conformance.distributions import Distribution, DistributionSpec, build_wheel
from artifactory_conformance.evidence import Recorder, Redactor
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import resolve
from artifactory_conformance.targets import Connections, Target, make_target
from tests.third_parties.plain import Plain

SECRET = "a-throw-away-1A"
_numbers = count(1)


@pytest.fixture(scope="session")
def connections() -> Iterator[Connections]:
    made = Connections(Recorder(), Redactor(), "artifactory-conformance tests")
    yield made
    made.close()


@pytest.fixture(scope="session", params=["7.84-pro", "7.161-pro"])
def target(
    request: pytest.FixtureRequest, connections: Connections, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    """Give an embedded target: the oldest and the newest version that the model plays."""
    folder = tmp_path_factory.mktemp("target")
    settings = resolve({"model_profile": request.param, "reports": str(folder)}, {})
    made = make_target(settings, connections, Ledger(folder / "ledger.jsonl", "third"), lambda: SECRET, folder)
    made.start(made.prepare())
    yield made
    made.stop()


@pytest.fixture
def plain(target: Target) -> Plain:
    """Give the instance as its administrator sees it by plain HTTP."""
    assert target.administrator is not None
    return Plain(target.base, target.administrator.name, target.administrator.password)


@pytest.fixture
def organization(target: Target) -> Iterator[Organization]:
    """Give an organization at the catalog, with nothing in it."""
    assert target.catalog is not None
    made = Organization(target.catalog, password=SECRET)
    yield made
    made.drop()


@pytest.fixture
def name() -> Callable[[str], str]:
    """Give names that no other test has."""
    number = next(_numbers)
    return lambda stem: f"{stem}-{number}"


@pytest.fixture
def wheel(name: Callable[[str], str]) -> Distribution:
    """Give a wheel whose bytes no other test has."""
    return build_wheel(DistributionSpec("internal-thing", "2.0", requires=("base>=1",), variant=name("variant")))


@pytest.fixture
def wheel_file(wheel: Distribution, tmp_path: Path) -> Path:
    """Give the wheel as a file."""
    file = tmp_path / wheel.filename
    file.write_bytes(wheel.content)
    return file
