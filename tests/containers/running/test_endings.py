"""Whatever way a run goes, nothing of it is left at the engine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from artifactory_conformance.containers.engine import Engine
from tests.containers.running.runs import STAND_IN, begin, finish, left, run

FOLDER = "suites/package_access"


def starts(line: str) -> bool:
    return "nothing answers yet" in line


def judges(line: str) -> bool:
    return line.startswith("suites/") or "workers [" in line


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
@pytest.mark.parametrize("single", [(), ("--artifactory-version", "slow")], ids=["compose", "testcontainers"])
def test_a_run_that_is_stopped_while_it_starts_leaves_nothing(
    tmp_path: Path, sick: dict[str, str], number: int, single: tuple[str, ...]
) -> None:
    begun = begin(tmp_path, sick["slow"], FOLDER, *single)
    begun.until(starts)
    os.killpg(begun.process.pid, number)
    assert finish(begun).code == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_a_run_that_is_stopped_while_it_judges_leaves_nothing(tmp_path: Path, stand_in: str, number: int) -> None:
    begun = begin(tmp_path, stand_in, FOLDER, "-n", "2")
    begun.until(judges)
    os.kill(begun.process.pid, number) if number == signal.SIGTERM else os.killpg(begun.process.pid, number)
    assert finish(begun).code == 2


@pytest.mark.short
def test_who_presses_ctrl_c_twice_leaves_nothing(tmp_path: Path, sick: dict[str, str]) -> None:
    begun = begin(tmp_path, sick["slow"], FOLDER)
    begun.until(starts)
    for _ in range(2):
        os.killpg(begun.process.pid, signal.SIGINT)
    assert finish(begun).code == 2


@pytest.mark.short
def test_what_a_killed_run_has_left_is_swept_and_what_goes_on_is_not(
    tmp_path: Path, stand_in: str, sick: dict[str, str], engine: Engine
) -> None:
    killed, going = begin(tmp_path / "1", sick["slow"], FOLDER), begin(tmp_path / "2", sick["slow"], FOLDER)
    killed.until(starts)
    going.until(starts)
    os.killpg(killed.process.pid, signal.SIGKILL)
    finish(killed)
    before = left(engine)

    swept = subprocess.run(
        [sys.executable, "-m", "artifactory_conformance", "sweep"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    after = left(engine)
    os.killpg(going.process.pid, signal.SIGINT)
    assert finish(going).code == 2
    assert swept.returncode == 0
    assert swept.stdout.count("removed") == 1
    assert after
    assert set(after) < set(before)
    assert len(after) == len(before) / 2


@pytest.mark.short
def test_a_start_that_fails_says_why_and_leaves_nothing(tmp_path: Path, sick: dict[str, str]) -> None:
    ended = run(tmp_path, sick["derby"], FOLDER)
    assert ended.code == 6
    assert "likely reason: this version takes PostgreSQL alone" in ended.output
    assert "last lines: DB Type derby is not allowed" in ended.output


@pytest.mark.short
def test_a_free_edition_that_is_given_a_licence_says_so(tmp_path: Path) -> None:
    ended = run(tmp_path, f"{STAND_IN}:oss", FOLDER, more={"ARTIFACTORY_LICENSE": "some-licence-text"})
    assert ended.code == 4
    assert "a free edition takes none: start an image of Pro" in ended.output
    assert "some-licence-text" not in ended.output


def test_a_licence_that_is_refused_is_told_without_its_text(tmp_path: Path, sick: dict[str, str]) -> None:
    ended = run(tmp_path, sick["unlicensed"], FOLDER, more={"ARTIFACTORY_LICENSE": "wrong-licence-text"})
    assert ended.code == 4
    assert "the licence was refused" in ended.output
    assert "wrong-licence-text" not in ended.output


@pytest.mark.parametrize(
    ("licence", "told"), [("", "No license installed!"), ("stand-in expired licence", "Trial license expired!")]
)
def test_without_a_valid_licence_nothing_is_judged(
    tmp_path: Path, sick: dict[str, str], licence: str, told: str
) -> None:
    ended = run(tmp_path, sick["unlicensed"], FOLDER, more={"ARTIFACTORY_LICENSE": licence})
    assert ended.code == 4
    assert told in ended.output
    assert "--artifactory-license" in ended.output


def test_an_image_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    ended = run(tmp_path, f"{STAND_IN}:nowhere", FOLDER)
    assert ended.code == 4
    assert f"ERROR: image {STAND_IN}:nowhere is not here and cannot be fetched" in ended.output


def test_a_port_that_is_taken_is_told(tmp_path: Path, stand_in: str, taken_port: int) -> None:
    ended = run(tmp_path, stand_in, FOLDER, f"--artifactory-port={taken_port}")
    assert ended.code == 4
    assert "a port is taken: leave ARTIFACTORY_PORT out" in ended.output
