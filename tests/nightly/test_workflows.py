"""Workflows of the CI: least rights, time limits, pinned actions, and secrets in the environment of a step alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = sorted((Path(__file__).parents[2] / ".github" / "workflows").glob("*.yml"))
SECRET = re.compile(r"\bsecrets\b")


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def jobs(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    return found


def texts(value: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give every text with the keys that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*way, str(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, way)
    else:
        yield way, str(value)


def test_there_are_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["nightly.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_no_more_and_has_an_end(path: Path) -> None:
    assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {"contents": "read"}
    for job in jobs(path).values():
        assert "permissions" not in job
        assert 0 < job["timeout-minutes"] < 360
        assert re.fullmatch(r"ubuntu-[0-9.]+", job["runs-on"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_those_of_the_host_at_a_major_version(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z/-]+@v[0-9]+", name) for name in used)
    assert all(
        step["with"]["persist-credentials"] is False for step in steps(path) if "checkout" in step.get("uses", "")
    )


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_secrets_are_given_by_the_environment_of_a_step_and_never_shown(path: Path) -> None:
    given = [way for way, text in texts(jobs(path)) if SECRET.search(text)]
    assert given
    assert all(way[-2] == "env" and "steps" in way for way in given)
    names = {way[-1] for way in given}
    for step in steps(path):
        run = step.get("run", "")
        assert "${{" not in run, "what is put into a script is run as a part of it"
        assert not re.search(r"\bset -x|\becho\b|\benv\b|\bprintenv\b", run)
        shown = [name for name in names if re.search(rf"\$\{{?{name}", run) and not name.endswith("_USER")]
        assert all("--password-stdin" in run for _ in shown)


def test_what_a_night_needs_is_what_make_makes() -> None:
    makefile = (Path(__file__).parents[2] / "Makefile").read_text("utf-8")
    runs = "\n".join(step.get("run", "") for path in WORKFLOWS for step in steps(path))
    for target in re.findall(r"\bmake (\S+)", runs):
        name = target.replace(".venv/", "$(VENV)/")
        assert re.search(rf"^{re.escape(name)}:", makefile, re.MULTILINE), target
    assert "--history nightly-history" in makefile
