"""The verb from its command line to what it writes, with the model in the place of a real Artifactory."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from artifactory_conformance.containers.versions import verify_beside
from artifactory_conformance.first_contact.command import main
from tests.nightly.made import check, results, write

ROOT = Path(__file__).parents[2]
HEAD = "suites/protocol/test_page_headers.py::test_head_of_a_page_says_what_get_says"

Run = tuple[list[str], dict[str, str]]


def target(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "instance",
        "profile": None,
        "url": "https://a",
        "version": "7.146.3",
        "edition": "Pro or above",
        **fields,
    }


def made(status: int, **fields: Any) -> dict[str, Any]:
    one = check(
        "protocol.head_of_a_page_says_what_get_says", "observed", facts=["I-06"], observations={"status": status}
    )
    return {**results({**one, "reason": ""}), "level": "pull", "target": target(**fields)}


class Runs:
    """Runs that never were: the real one's finds 405, and so does the model's with the right switch."""

    def __init__(self, *, code: int = 0, silent: bool = False, **fields: Any) -> None:
        self.ran: list[Run] = []
        self._code, self._silent, self._fields = code, silent, fields

    def __call__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
        self.ran.append((list(arguments), dict(environment)))
        (reports,) = (Path(one.partition("=")[2]) for one in arguments if one.startswith("--reports="))
        if self._silent:
            return self._code
        real = reports.name == "real"
        status = 405 if real or "--model-switch=index_head=405" in arguments else 200
        write(reports / "results.json", made(status, **self._fields))
        (reports / "evidence.jsonl").write_text("")
        return self._code if real else 6


def contact(folder: Path, runs: Any, *arguments: str, environment: Mapping[str, str] | None = None) -> int:
    return main([f"--reports={folder}", *arguments], ROOT, environment or {}, runs)


def told(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "differences.json").read_text("utf-8"))
    return found


def test_the_model_is_asked_what_the_real_one_was_and_gets_nothing_of_it(tmp_path: Path) -> None:
    runs = Runs(code=1)
    given = ("--target", "instance", "--artifactory-url=https://a", "-k", "head", "--this-machine", "suites/protocol")
    secret = {"ARTIFACTORY_PASS": "a-secret", "ARTIFACTORY_LICENSE": "another", "PATH": "/bin"}
    assert contact(tmp_path, runs, *given, environment=secret) == 1
    assert runs.ran[0] == ([*given, f"--reports={tmp_path}/real"], secret)
    embedded = ["--target=embedded", f"--config={os.devnull}", "--model-profile=7.146-pro", "--level=pull"]
    assert runs.ran[1] == (
        [*embedded, "-k", "head", "suites/protocol", f"--reports={tmp_path}/model"],
        {"PATH": "/bin"},
    )
    assert all(ran[0][:4] == embedded and ran[1] == {"PATH": "/bin"} for ran in runs.ran[1:])
    assert runs.ran[2][0][4:] == ["-q", HEAD, f"--reports={tmp_path}/switch"]
    assert [(row["switch"], row["real"], row["facts"]) for row in told(tmp_path)["switches"]] == [
        ("index_head", "405", ["I-06", "open 9"])
    ]
    assert json.loads((tmp_path / "exchanges.har").read_text())["log"]["version"] == "1.2"


def test_without_a_search_it_is_compared_alone(tmp_path: Path) -> None:
    runs = Runs()
    assert contact(tmp_path, runs, "--no-search") == 0
    assert len(runs.ran) == 2
    assert [one["explained_by"] for one in told(tmp_path)["differences"]] == [[]]


@pytest.mark.parametrize(
    ("arguments", "fields", "profile"),
    [
        (["--profile", "7.84-pro"], {}, "7.84-pro"),
        ([], {"profile": "7.117-pro"}, "7.117-pro"),
        ([], {"edition": "free (no add-ons)"}, "oss"),
        ([], {"version": None}, "7.161-pro"),
    ],
)
def test_the_model_plays_what_fits(tmp_path: Path, arguments: list[str], fields: dict[str, Any], profile: str) -> None:
    runs = Runs(**fields)
    assert contact(tmp_path, runs, "--no-search", *arguments) == 0
    assert f"--model-profile={profile}" in runs.ran[1][0]


@pytest.mark.parametrize(("code", "ends"), [(4, 4), (2, 2), (6, 6), (3, 6)])
def test_a_run_without_results_ends_it(
    tmp_path: Path, code: int, ends: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "real" / "results.json", made(1))  # of an earlier time
    assert contact(tmp_path, Runs(code=code, silent=True)) == ends
    assert ("left no results" in capsys.readouterr().err) == (ends == 6)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--artifactory-version=7.1.2,7.1.3"], "one version at a time"),
        (["--profile", "x"], "invalid choice"),
        (["--artifactory-url", "https://u:p@h"], "--artifactory-url"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs()
    assert contact(tmp_path, runs, *arguments) == 4
    assert problem in capsys.readouterr().err
    assert runs.ran == []


@pytest.mark.timeout(600)
def test_a_model_in_its_place_is_told_by_exactly_the_fact_that_it_departs_from(tmp_path: Path) -> None:
    """The whole way, with real runs: once at the one with another answer, and at the model as often as it takes."""
    departs = ("--target=embedded", "--model-switch=blacked_out=403")
    place = "suites/caching/test_offline.py::test_what_a_blacked_out_remote_answers"
    assert contact(tmp_path, verify_beside, *departs, place, environment=clean()) == 6  # a part is no proof
    found = told(tmp_path)
    assert found["switches"] == [{"switch": "blacked_out", "facts": ["A46"], "played": "404", "real": "403"}]
    assert {(one["name"], one["model"], one["real"]) for one in found["differences"]} == {
        (name, 404, 403) for name in ("cached page", "cached file", "uncached page")
    }
    assert found["left"] == []
    archive = json.loads((tmp_path / "exchanges.har").read_text("utf-8"))["log"]
    refused = [entry for entry in archive["entries"] if entry["response"]["status"] == 403]
    assert len(refused) == 3


def clean() -> dict[str, str]:
    ours = ("ARTIFACTORY_", "CONFORMANCE_", "CATALOG_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
