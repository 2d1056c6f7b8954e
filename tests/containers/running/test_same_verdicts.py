"""On the stand-in the suite comes to the verdicts that it comes to on the embedded target, check by check."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.containers.running.runs import LONGEST, Ended, environment, run, verdicts

TWO = ("-n", "2")
FIRST_CHECK = 15.0
"""Seconds from the start to the first check."""

VERSIONS = {"7.117.5": "7.117-pro", "7.161.20": "7.161-pro"}
SOME = ("suites/edition", "suites/replication", "suites/package_access", "suites/protocol")
"""Parts of the suite that a version is judged by: with the second site, the catalog that nobody trusts, and logs."""

PARTS = tuple(os.environ.get("CONTAINERS_PARTS", "").split())
"""What is run in the place of the whole suite, where that takes too long."""

TWO_SITES = (
    "suites/edition/test_version.py",
    "suites/edition/test_health.py",
    "suites/replication/test_second_site.py",
)

FIGURES = Path("reports/containers.jsonl")


def embedded(reports: Path, *arguments: str) -> tuple[dict[str, Any], float]:
    started = time.monotonic()
    own = [sys.executable, "-m", "artifactory_conformance", "verify", "--reports", str(reports), *arguments]
    subprocess.run(own, env=environment(""), capture_output=True, check=False, timeout=LONGEST)
    took = time.monotonic() - started
    found: dict[str, Any] = json.loads((reports / "results.json").read_text("utf-8"))
    return found, took


def note(what: str, seconds: float) -> None:
    """Put down a figure: how long something took depends on what else the machine does, and is no test."""
    FIGURES.parent.mkdir(exist_ok=True)
    with FIGURES.open("a", encoding="utf-8") as file:
        file.write(json.dumps({what: round(seconds, 1)}) + "\n")


def difference(container: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    here, there = verdicts(container), verdicts(other)
    return {name: (here.get(name), there.get(name)) for name in {*here, *there} if here.get(name) != there.get(name)}


def checked() -> dict[str, Any]:
    """Give the report of a `make check` that somebody made before, if one was named; it has to be one."""
    named = os.environ.get("CONTAINERS_CHECKED")
    if not named or PARTS:
        return {}
    found: dict[str, Any] = json.loads((Path(named) / "results.json").read_text("utf-8"))
    target = found["target"]
    whole = found["exit_code"] == 0  # a run of a part ends with 6
    assert (target["kind"], target["profile"], whole) == ("embedded", "7.84-pro", True), "no good `make check`"
    return found


@pytest.mark.short
def test_the_whole_suite_through_compose(tmp_path: Path, stand_in: str) -> None:
    reference = checked()
    if not reference:
        reference, alone = embedded(tmp_path / "embedded", *PARTS, *TWO)
        note("embedded", alone)
    ended = run(tmp_path / "container", stand_in, *PARTS, *TWO)
    results = ended.results()
    note("compose", ended.seconds)

    assert difference(results, reference) == {}
    assert ended.code == reference["exit_code"] == (6 if PARTS else 0)
    assert results["about"].startswith("reference model 7.84-pro in a container, image conformance-stand-in:7.84.17")
    assert results["target"]["kind"] == "container"


def test_the_first_check_comes_soon(tmp_path: Path, stand_in: str) -> None:
    began = time.time()
    ended = run(tmp_path, stand_in, "suites/edition/test_version.py")
    first = min(answered(ended))
    note("first check", first - began)
    assert first - began < FIRST_CHECK


def answered(ended: Ended) -> list[float]:
    """Give when checks got their answers, in whole seconds."""
    exchanges = map(json.loads, (ended.reports / "evidence.jsonl").read_text("utf-8").splitlines())
    headers = (exchange.get("response_headers") or {} for exchange in exchanges)
    return [parsedate_to_datetime(each["date"]).timestamp() for each in headers if "date" in each]


@pytest.mark.parametrize(
    "parts", [pytest.param(TWO_SITES, marks=pytest.mark.short, id="two sites"), pytest.param(SOME, id="more")]
)
def test_two_versions_with_a_second_site_each_through_testcontainers(
    tmp_path: Path, stand_in: str, parts: tuple[str, ...]
) -> None:
    ended = run(tmp_path / "container", stand_in, *parts, *TWO, f"--artifactory-version={','.join(VERSIONS)}")
    note(f"two versions, {len(parts)} parts", ended.seconds)
    for version, profile in VERSIONS.items():
        results = ended.results(version)
        reference, _ = embedded(tmp_path / version, *parts, *TWO, "--model-profile", profile)
        assert difference(results, reference) == {}
        assert results["target"]["version"] == version
        assert verdicts(results)["replication.both_sites_serve_the_same_bytes"][0] == "conformant"
    assert ended.code == 6, "a part of the suite is no proof"


@pytest.mark.parametrize(
    "parts", [pytest.param(("suites/edition",), marks=pytest.mark.short, id="edition"), pytest.param((), id="whole")]
)
def test_an_edition_without_pypi_is_told_as_such(tmp_path: Path, parts: tuple[str, ...]) -> None:
    ended = run(tmp_path / "container", "conformance-stand-in:oss", *parts, *TWO)
    note(f"without PyPI, {len(parts)} parts", ended.seconds)
    reference, _ = embedded(tmp_path / "embedded", *parts, *TWO, "--model-profile", "oss")
    assert difference(ended.results(), reference) == {}
    first = verdicts(ended.results())["edition.a_pypi_remote_of_the_first_start_has_no_package_address"]
    assert first[0] == "conformant"
    assert ended.code == 6
    assert "PyPI not shown: edition" in ended.output
    assert "with ARTIFACTORY_LICENSE or --artifactory-license" in ended.output


@pytest.mark.parametrize("image", ["conformance-catalog", "conformance-stand-in:7.84.17", "conformance-suite"])
def test_our_images_run_as_nobody_in_particular(image: str) -> None:
    shown = subprocess.run(
        ["docker", "image", "inspect", "--format", "{{.Config.User}}", image],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert shown.stdout.strip() == "1030:1030"


def test_the_suite_runs_in_its_image_without_a_network() -> None:
    writable = ("--tmpfs", "/tmp:exec", "--tmpfs", "/reports:exec,uid=1030")  # noqa: S108
    held = ("--network", "none", "--read-only", "--cap-drop", "ALL", *writable)
    done = subprocess.run(
        ["docker", "run", "--rm", *held, "conformance-suite", "verify", "suites/edition", "suites/package_access"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 6, done.stdout + done.stderr
    assert "nonconformant" not in done.stdout
    assert "inconclusive" not in done.stdout


def test_builds_leave_no_image_of_ours_without_a_name() -> None:
    named = ("--filter", "dangling=true", "--filter", "label=artifactory-conformance.image")
    shown = subprocess.run(
        ["docker", "image", "ls", "--quiet", *named],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert shown.stdout == ""
