"""Other clients than pip: found, sealed off, recorded, and never given a secret on the command line."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.clients import private_etc, tool
from artifactory_conformance.clients.arguments import SecretInArguments
from artifactory_conformance.clients.client_run import InstalledDistribution
from artifactory_conformance.clients.lock_files import LockNotUnderstood
from artifactory_conformance.clients.pip_compile import PipCompile
from artifactory_conformance.clients.private_etc import PrivateEtc
from artifactory_conformance.clients.tool import Read, Tool, ToolMissing, find
from artifactory_conformance.clients.twine import Twine
from artifactory_conformance.clients.uv import Uv
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.evidence import Recorder, Redactor
from tests.clients.simple_index import ENCODED_PASSWORD, PASSWORD, USER, SimpleIndex, Wheel, serving
from tests.evidence import raw_server
from tests.evidence.raw_server import answer, says

BASE = "http://127.0.0.1:1/artifactory"


class Absent(Tool):
    program = distribution = "no-such-client"
    asked = re.compile(r"asked (\S+)")

    def run(self, *arguments: str, read: Read = tuple, index_url: str = "", **environment: str) -> None:
        self._run(arguments, environment, read, index_url=index_url)


def chosen(url: str = "", sha256: str | None = None) -> InstalledDistribution:
    return InstalledDistribution("example", "1.0", url, sha256, requested=True)


@pytest.fixture
def index() -> Iterator[SimpleIndex]:
    with serving(Wheel("example", "1.0", requires=("base",)), Wheel("base", "2.0")) as served:
        yield served


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


def test_client_that_is_not_installed_is_told_by_name(tmp_path: Path, recorder: Recorder) -> None:
    assert find("no-such-client") is None
    with Absent(tmp_path, recorder, Redactor(), "http://127.0.0.1:1") as absent:
        assert absent.version == ""
        with pytest.raises(ToolMissing, match="no-such-client"):
            absent.run()


def test_run_whose_record_is_not_understood_is_evidence_of_no_exchange(
    tmp_path: Path, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "find", lambda program: Path("/bin/true"))

    def read() -> tuple[InstalledDistribution, ...]:
        raise LockNotUnderstood("no lock")

    with Absent(tmp_path, recorder, Redactor(), "http://127.0.0.1:1") as client, pytest.raises(LockNotUnderstood):
        client.run(read=read)
    assert [item["client"] for item in recorder.items()] == ["no-such-client"]
    assert recorder.answered == 0


@pytest.mark.parametrize(
    ("arguments", "found", "index_url", "answered"),
    [
        pytest.param((), (), "", 0, id="nothing shown"),
        pytest.param((), (), f"{BASE}/api/pypi/r/simple", 0, id="nothing chosen"),
        pytest.param((), (chosen(),), f"{BASE}/api/pypi/r/simple", 0, id="chosen by name alone"),
        pytest.param((), (chosen(f"{BASE}/f.whl"),), "", 1, id="a file of the target"),
        pytest.param((), (chosen(f"{BASE.replace('//', '//me@')}/f.whl"),), "", 1, id="a file with a user"),
        pytest.param((), (chosen(f"{BASE}2/f.whl"),), "", 0, id="a file of its neighbour"),
        pytest.param((), (chosen("http://127.0.0.1:2/artifactory/f.whl"),), "", 0, id="a file of another port"),
        pytest.param((), (chosen("http://[/f.whl"),), "", 0, id="no address"),
        pytest.param((), (chosen(sha256="a"),), f"{BASE}/api/pypi/r/simple", 1, id="a hash, from the target's index"),
        pytest.param((), (chosen(sha256="a"),), "http://127.0.0.1:2/simple", 0, id="a hash, from another index"),
        pytest.param((), (chosen("http://h/f", "a"),), f"{BASE}/simple", 0, id="a hash of a file from elsewhere"),
        pytest.param((f"asked {BASE}/api",), (), "", 1, id="said that it asked"),
        pytest.param((f"read of {BASE}/api",), (), "", 0, id="said something else"),
        pytest.param(("asked http://127.0.0.1:2/",), (), "", 0, id="said that it asked another"),
    ],
)
def test_success_is_evidence_of_an_exchange_where_it_shows_one(
    tmp_path: Path,
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    found: tuple[InstalledDistribution, ...],
    index_url: str,
    answered: int,
) -> None:
    monkeypatch.setattr(tool, "find", lambda program: Path("/bin/echo"))
    with Absent(tmp_path, recorder, Redactor(), BASE) as client:
        client.run(*arguments, read=lambda: found, index_url=index_url)
    assert [item["exit_code"] for item in recorder.items()] == [0]
    assert recorder.answered == answered


def test_failure_is_no_evidence_whatever_it_shows(
    tmp_path: Path, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "find", lambda program: Path("/bin/sh"))
    with Absent(tmp_path, recorder, Redactor(), BASE) as client:
        client.run("-c", f"echo asked {BASE}/api; exit 1")
    assert recorder.answered == 0


def test_password_of_the_environment_is_refused_as_an_argument(
    tmp_path: Path, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "find", lambda program: Path("/bin/true"))
    with Absent(tmp_path, recorder, Redactor(), "http://127.0.0.1:1") as client, pytest.raises(SecretInArguments):
        client.run("--password", PASSWORD, INDEX=f"http://me:{ENCODED_PASSWORD}@127.0.0.1:1/")
    assert recorder.items() == []


def test_uv_locks_and_installs_and_shows_nobody_the_password(
    tmp_path: Path, recorder: Recorder, index: SimpleIndex
) -> None:
    with Uv(tmp_path, recorder, Redactor(), index.base) as uv:
        run = uv.sync("example", index_url=index.url_with_password)
        assert run.ok, run.said
        assert {(found.name, found.sha256) for found in run.distributions} == {
            (wheel.project, wheel.sha256) for wheel in index.wheels
        }
        assert uv.installed() == {"example": "1.0", "base": "2.0"}
    assert recorder.answered == 1
    for text in ("\n".join(index.command_lines), str(recorder.items())):
        assert "uv" in text
        assert PASSWORD not in text
        assert ENCODED_PASSWORD not in text


def test_uv_without_an_index_reaches_nobody(tmp_path: Path, recorder: Recorder, index: SimpleIndex) -> None:
    with Uv(tmp_path, recorder, Redactor(), index.base) as uv:
        run = uv.pip_install("example", environment={"UV_HTTP_RETRIES": "0"})
        assert not run.ok
        assert "Connection refused" in run.stderr
        assert uv.installed() == {}
    assert index.requests == []
    assert recorder.answered == 0


@pytest.mark.skipif(not private_etc.is_allowed(), reason="this kernel allows no mount namespace")
def test_uv_that_reads_its_project_reads_nothing_of_the_machine(
    tmp_path: Path, recorder: Recorder, index: SimpleIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    etc = PrivateEtc(tmp_path / "private")
    for folder in ("uv", "xdg/uv"):
        (etc.etc / folder.partition("/")[0]).unlink(missing_ok=True)
        (etc.etc / folder).mkdir(parents=True)
        etc.write(f"{folder}/uv.toml", "no-index = true\n")
    with Uv(tmp_path, recorder, Redactor(), index.base) as uv:
        monkeypatch.setattr(uv.home, "within", etc.within)
        run = uv.sync_project("example", index_url=index.url, user=USER, password=PASSWORD)
        assert run.ok, run.said
        assert uv.installed() == {"example": "1.0", "base": "2.0"}


def test_uv_that_installs_is_evidence_and_uv_that_has_nothing_to_do_is_none(
    tmp_path: Path, recorder: Recorder, index: SimpleIndex
) -> None:
    with Uv(tmp_path, recorder, Redactor(), index.base) as uv:
        assert uv.pip_install("example", index_url=index.url_with_password).ok
        assert recorder.answered == 1
        asked = len(index.requests)
        assert uv.pip_install("example", index_url=index.url_with_password).ok
        assert len(index.requests) == asked
    assert recorder.answered == 1
    assert PASSWORD not in str(recorder.items())


def test_twine_that_got_an_answer_is_evidence(tmp_path: Path, recorder: Recorder) -> None:
    wheel = build_wheel(DistributionSpec("example"))
    with raw_server.serving(says(answer(200))) as server, Twine(tmp_path, recorder, Redactor(), server.url) as twine:
        run = twine.upload(wheel, repository_url=f"{server.url}/api/pypi/local/", user="me", password=PASSWORD)
    assert run.ok, run.said
    assert [asked.method for asked in server.asked] == ["POST"]
    assert recorder.answered == 1


def test_pip_compile_pins_with_hashes_and_shows_nobody_the_password(
    tmp_path: Path, recorder: Recorder, index: SimpleIndex
) -> None:
    with PipCompile(tmp_path, recorder, Redactor(), index.base) as pip_compile:
        run = pip_compile.compile("example", index_url=index.url_with_password)
        assert run.ok, run.said
        assert {(found.name, found.sha256) for found in run.distributions} == {
            (wheel.project, wheel.sha256) for wheel in index.wheels
        }
        assert pip_compile.home.holding(PASSWORD)[:1] == ["cwd/requirements.txt"]
        assert recorder.answered == 1
        assert pip_compile.compile(index_url=index.url_with_password).ok
    assert recorder.answered == 1
    for text in ("\n".join(index.command_lines), str(recorder.items())):
        assert "pip-compile" in text
        assert PASSWORD not in text
        assert ENCODED_PASSWORD not in text
