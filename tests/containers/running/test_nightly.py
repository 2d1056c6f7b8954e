"""Two nights with a stand-in at a registry of our own: the second one judges what came in between."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artifactory_conformance.containers.engine import Engine
from tests.containers.running.debians_registry import push, registry
from tests.containers.running.runs import LONGEST, STAND_IN, environment

NAME = "jfrog/artifactory-pro"
FIRST, SECOND = "7.117.5", "7.161.20"
SOME = ("suites/edition", "-n", "2")

LICENCE = "stand-in licence"


@pytest.fixture
def published(tmp_path: Path, engine: Engine) -> Iterator[str]:
    """Give a registry with one version of a stand-in; what was fetched from it goes again."""
    with registry(tmp_path) as at:
        push(f"{STAND_IN}:{FIRST}", f"{at}/{NAME}:{FIRST}")
        yield at
        fetched = [f"{at}/{NAME}:{tag}" for tag in engine.tags(f"{at}/{NAME}")]
        if fetched:
            engine.ask("image", "rm", *fetched)


def night(folder: Path, at: str) -> tuple[int, str, str]:
    own = ["nightly", "--edition", "pro", "--images", f"{at}/jfrog/artifactory-{{edition}}"]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "artifactory_conformance", *own),
            *("--history", str(folder / "history"), "--reports", str(folder / "reports"), *SOME),
        ],
        env=environment("", ARTIFACTORY_LICENSE=LICENCE),
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    return done.returncode, done.stdout + done.stderr, (folder / "reports" / "changes.md").read_text("utf-8")


def kept(folder: Path, version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "history" / f"{version}-pro-derby.json").read_text("utf-8"))
    return found


def test_a_night_judges_what_is_new_at_the_registry(tmp_path: Path, published: str) -> None:
    code, output, page = night(tmp_path / "nights", published)
    assert code == 6, output  # a part of the suite is no proof, and the first night has nothing else to go by
    assert "The first of its kind" in page
    assert kept(tmp_path / "nights", FIRST)["target"]["version"] == FIRST

    push(f"{STAND_IN}:{SECOND}", f"{published}/{NAME}:{SECOND}")
    code, output, page = night(tmp_path / "nights", published)
    assert code == 0, output + page
    assert kept(tmp_path / "nights", SECOND)["target"]["version"] == SECOND
    assert f"{FIRST}-pro-derby: ended" not in output
    assert f"Beside {FIRST}" in page
    assert "Newly failing" not in page
    assert f"version: `{FIRST}` → `{SECOND}`" in page
    assert LICENCE not in output + page

    code, output, page = night(tmp_path / "nights", published)
    assert (code, "nothing was run" in page) == (0, True)
