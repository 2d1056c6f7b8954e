"""Real distributions, served as the catalog of an embedded target."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.evidence import Recorder, Redactor
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import resolve
from artifactory_conformance.targets import Connections, Target, make_target

LOCKED = Path(__file__).parents[2] / "requirements" / "real.txt"
FETCH_SECONDS = 300


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch the locked distributions from the public index into a folder."""
    folder = tmp_path_factory.mktemp("distributions")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--no-cache-dir"]
    subprocess.run([*command, "--dest", str(folder), "--requirement", str(LOCKED)], check=True, timeout=FETCH_SECONDS)
    return folder


@pytest.fixture(scope="session")
def connections() -> Connections:
    return Connections(Recorder(), Redactor(), "artifactory-conformance tests")


@pytest.fixture(scope="session")
def target(distributions: Path, connections: Connections, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """Give an embedded target whose catalog offers the distributions."""
    folder = tmp_path_factory.mktemp("target")
    settings = resolve({"catalog_dir": str(distributions), "reports": str(folder)}, {})
    ledger = Ledger(folder / "ledger.jsonl", "real")
    made = make_target(settings, connections, ledger, lambda: "a-throw-away-1A", folder)
    made.start(made.prepare())
    yield made
    made.stop()
    connections.close()


@pytest.fixture
def pip(connections: Connections, target: Target, tmp_path: Path) -> Iterator[Installer]:
    """Give real pip in a sealed home."""
    with Installer(tmp_path, connections.recorder, connections.redactor, target.base) as installer:
        yield installer
