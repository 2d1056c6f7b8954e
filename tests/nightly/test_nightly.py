"""A night from its command line to its page and exit code, with a registry that is there and runs that never were."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.nightly.command import main
from artifactory_conformance.nightly.history import History, Subject
from artifactory_conformance.reporting.lines import in_code, in_line
from tests.evidence.raw_server import Asked, answer, serving
from tests.nightly.made import check, results, write

OLD, NEW = "7.161.15", "7.161.20"
TAGS = ("7.161.15", "7.161.20", "latest")
SECRET = "a-secret-of-this-night"
LICENCE = {"ARTIFACTORY_LICENSE": SECRET}

Found = Callable[[Sequence[str]], tuple[int, Mapping[str, Any] | None]]


class Made:
    """Runs a night whose runs find what a test wants."""

    def __init__(self, folder: Path, at: str) -> None:
        self.folder, self.history = folder, folder / "history"
        self.images = f"{at}/jfrog/artifactory-{{edition}}"
        self.ran: list[list[str]] = []
        self.environments: list[Mapping[str, str]] = []

    def night(self, *arguments: str, found: Any = None, code: int = 0, environment: Mapping[str, str] = LICENCE) -> int:
        def run(given: Sequence[str], its: Mapping[str, str]) -> int:
            self.ran.append(list(given))
            self.environments.append(its)
            (reports,) = (Path(one.partition("=")[2]) for one in given if one.startswith("--reports="))
            if found is not None:
                write(reports / "results.json", found)
            return code

        own = [f"--history={self.history}", f"--images={self.images}", f"--reports={self.folder / 'reports'}"]
        return main([*own, *arguments], environment, run)

    @property
    def page(self) -> str:
        return (self.folder / "reports" / "changes.md").read_text("utf-8")

    def knows(self, version: str, found: Mapping[str, Any], edition: str = "pro", mode: str = "derby") -> None:
        write(self.history / f"{version}-{edition}-{mode}.json", found)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    def reply(asked: Asked, connection: socket.socket) -> None:
        there = asked.path.startswith(("/v2/jfrog/artifactory-pro/", "/v2/jfrog/artifactory-oss/"))
        connection.sendall(answer(200, json.dumps({"tags": TAGS}).encode()) if there else answer(404))

    with serving(reply) as server:
        yield Made(tmp_path, server.url.removeprefix("http://"))


PRO = ("--edition", "pro")
GOOD, BAD = results(check("a")), results(check("a", "nonconformant", message="it is not"))
SILENT = results(check("a", "inconclusive"))


def test_the_first_night_judges_every_edition_and_keeps_what_it_found(made: Made) -> None:
    assert made.night("--mode", "derby", "--mode", "postgresql", "suites/edition", found=GOOD) == 0
    assert {path.name for path in made.history.iterdir()} == {
        f"{NEW}-{edition}-{mode}.json" for edition in ("pro", "oss") for mode in ("derby", "postgresql")
    }
    image = made.images.replace("{edition}", "pro")
    reports = made.folder / "reports"
    assert made.ran[0] == [
        *("--target=container", f"--artifactory-image={image}", f"--artifactory-version={NEW}"),
        *(f"--reports={reports}/{NEW}-pro-derby", "suites/edition"),
    ]
    assert made.ran[1][1:3] == [f"--artifactory-image={image}:{NEW}", "--artifactory-database=postgresql"]
    assert "The first of its kind" in made.page


def test_what_is_known_is_not_judged_again_unless_all_is(made: Made) -> None:
    made.knows(NEW, GOOD)
    assert made.night(*PRO) == 0
    assert made.ran == []
    assert "nothing was run" in made.page
    assert made.night(*PRO, "--all", found=GOOD) == 0
    assert len(made.ran) == 1
    assert f"Beside the last run of {NEW}" in made.page


@pytest.mark.parametrize(
    ("before", "now", "code", "ends"),
    [
        (None, GOOD, 0, 0),
        (None, BAD, 1, 1),
        (None, GOOD, 6, 6),
        (GOOD, GOOD, 0, 0),
        (GOOD, GOOD, 6, 0),
        (GOOD, BAD, 1, 1),
        (BAD, BAD, 1, 0),
        (BAD, GOOD, 0, 0),
        (GOOD, SILENT, 6, 6),
        (SILENT, SILENT, 6, 0),
        (GOOD, GOOD, 2, 2),
        (GOOD, None, 6, 6),
        (GOOD, None, 4, 6),
        (GOOD, results(check("a", "inconclusive", evidence=0)), 6, 6),
    ],
)
def test_the_exit_code_is_of_what_is_new(
    made: Made, before: Mapping[str, Any] | None, now: Mapping[str, Any] | None, code: int, ends: int
) -> None:
    if before:
        made.knows(OLD, before)
    assert made.night(*PRO, found=now, code=code) == ends
    assert f"Exit code {ends}:" in made.page


def test_a_version_that_judged_nothing_is_tried_again(made: Made) -> None:
    assert made.night(*PRO, code=6) == 6
    assert made.night(*PRO, found=GOOD) == 0
    assert len(made.ran) == 2


def test_results_of_an_earlier_night_are_not_taken_for_those_of_this(made: Made) -> None:
    write(made.folder / "reports" / f"{NEW}-pro-derby" / "results.json", GOOD)
    assert made.night(*PRO, code=4) == 6
    assert not made.history.exists()


def test_the_last_run_of_a_version_counts_before_the_version_before(made: Made) -> None:
    made.knows(OLD, GOOD)
    made.knows(NEW, BAD)
    assert made.night(*PRO, "--all", found=BAD, code=1) == 0
    assert made.page.index(f"Beside the last run of {NEW}") < made.page.index(f"Beside {OLD}")


def test_the_page_names_check_clause_and_fact(made: Made) -> None:
    made.knows(
        OLD, results(check("a"), check("o", "observed", observations={"status": 404}), clauses={"X-1": "warning"})
    )
    now = results(
        check("a", "nonconformant", message="it\nis <not>"),
        check("o", "observed", observations={"status": 403}),
        clauses={"X-1": "conformant"},
    )
    assert made.night(*PRO, found=now, code=1) == 1
    assert r"* `a` (REMOTE-01, C-03): conformant → nonconformant: it is \<not\>" in made.page
    assert "* `o` (REMOTE-01, C-03), status: `404` → `403`" in made.page
    assert "* `X-1`: warning → conformant" in made.page


def test_no_run_gets_more_secrets_than_it_needs(made: Made, capfd: pytest.CaptureFixture[str]) -> None:
    account = {"REGISTRY_USER": "u", "REGISTRY_PASS": SECRET, "CONFORMANCE_CA_BUNDLE": "x", "PATH": "/bin"}
    assert made.night(found=GOOD, environment={**LICENCE, **account}) == 0
    assert made.environments == [{**LICENCE, "PATH": "/bin"}, {"PATH": "/bin"}]
    assert SECRET not in "".join(
        [*capfd.readouterr(), made.page, *(path.read_text() for path in made.history.iterdir())]
    )


def test_without_a_licence_the_free_edition_is_judged_and_that_is_told(made: Made) -> None:
    assert made.night(found=GOOD, environment={}) == 0
    assert [one[1] for one in made.ran] == [f"--artifactory-image={made.images.replace('{edition}', 'oss')}"]
    assert "pro: there is no licence in ARTIFACTORY_LICENSE" in made.page


def test_an_image_without_releases_is_told(made: Made) -> None:
    assert made.night("--images", made.images.replace("jfrog/artifactory", "other/image"), *PRO) == 6
    assert "the registry has no image of this name" in made.page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--target", "embedded"], "--target: is what a night decides itself"),
        (["--artifactory-version=7.1.2"], "--artifactory-version=7.1.2: is what a night decides itself"),
        (["--edition", "jcr"], "invalid choice: 'jcr'"),
        (["--mode", "x"], "invalid choice: 'x'"),
        (["--ca-bundle", "/nowhere"], "--ca-bundle '/nowhere': is not a file of certificates"),
        (["--images", "http://a:b@c/"], "credentials"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_asked(
    made: Made, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert made.night(*arguments) == 4
    assert told in capsys.readouterr().err
    assert made.ran == []


def test_half_an_account_and_a_missing_licence_are_refused(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert made.night(environment={"REGISTRY_USER": "u"}) == 4
    assert made.night(*PRO, environment={}) == 4
    told = capsys.readouterr().err
    assert "REGISTRY_USER and REGISTRY_PASS go together" in told
    assert "--edition pro: needs a licence" in told


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema_version": 2}', '{"schema_version": 1, "checks": [1]}', "[" * 9999]
)
def test_a_history_that_cannot_be_read_is_refused(made: Made, capsys: pytest.CaptureFixture[str], text: str) -> None:
    made.history.mkdir()
    (made.history / f"{OLD}-pro-derby.json").write_text(text)
    assert made.night(*PRO, found=GOOD) == 4
    assert "is no results.json of schema version 1; remove it" in capsys.readouterr().err
    assert made.ran == []


@given(st.lists(st.integers(0, 300), min_size=1, unique=True), st.integers(0, 300))
def test_the_version_before_is_the_newest_older_one(patches: list[int], now: int) -> None:
    class InMemory(History):
        def subjects(self) -> list[Subject]:
            others = [Subject(f"7.161.{now - 1}", "oss", "derby"), Subject(f"7.161.{now - 1}", "pro", "postgresql")]
            return [*(Subject(f"7.161.{patch}", "pro", "derby") for patch in patches), *others]

    older = [patch for patch in patches if patch < now]
    found = InMemory(Path()).previous(Subject(f"7.161.{now}", "pro", "derby"))
    assert found == (Subject(f"7.161.{max(older)}", "pro", "derby") if older else None)


@given(st.text() | st.lists(st.text()))
def test_whatever_is_told_stays_in_its_line(value: Any) -> None:
    for shown in (in_line(value), in_code(value)):
        assert len(shown.splitlines()) <= 1
        assert not re.search(r"(?<!\\)[<>|]", in_line(value))
    assert "`" not in in_code(value)[1:-1]
