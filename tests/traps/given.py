"""Fixtures of the tests that run pytest: a project, and a reference model that is somebody's instance to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.traps.instances import Instance
from tests.traps.project import Project


@pytest.fixture(scope="session")
def byte_code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of byte code for all runs: without it each of them compiles everything again."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    return shared / "byte-code"


@pytest.fixture
def project(tmp_path: Path, byte_code: Path) -> Project:
    return Project(tmp_path, byte_code)


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with Instance(tmp_path_factory.mktemp("instance")) as running:
        yield running


@pytest.fixture(params=[(), ("-n", "2")], ids=["serial", "two workers"])
def workers(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The options that say how many processes run the checks."""
    return request.param


__all__ = ["byte_code", "instance", "project", "workers"]
