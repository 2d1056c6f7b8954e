"""The suite's own checks, as its verb lists them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from artifactory_conformance.coverage.inventory import Check, read_json

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def listed() -> tuple[Check, ...]:
    """All checks, from `checks --json` in a process of its own."""
    verb = [sys.executable, "-m", "artifactory_conformance", "checks", "--json"]
    done = subprocess.run(verb, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return read_json(done.stdout)
