"""Other clients than pip: found, sealed off, recorded, and never given a secret on the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.clients import tool
from artifactory_conformance.clients.arguments import SecretInArguments
from artifactory_conformance.clients.client_run import InstalledDistribution
from artifactory_conformance.clients.lock_files import LockNotUnderstood
from artifactory_conformance.clients.pip_compile import PipCompile
from artifactory_conformance.clients.tool import Read, Tool, ToolMissing, find
from artifactory_conformance.clients.uv import Uv
from artifactory_conformance.evidence import Recorder, Redactor
from tests.clients.simple_index import ENCODED_PASSWORD, PASSWORD, SimpleIndex, Wheel, serving


class Absent(Tool):
    program = distribution = "no-such-client"

    def run(self, *arguments: str, read: Read = tuple, **environment: str) -> None:
        self._run(arguments, environment, read)


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
    with Uv(tmp_path, recorder, Redactor(), index.url) as uv:
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
    with Uv(tmp_path, recorder, Redactor(), index.url) as uv:
        run = uv.pip_install("example", environment={"UV_HTTP_RETRIES": "0"})
        assert not run.ok
        assert "Connection refused" in run.stderr
        assert uv.installed() == {}
    assert index.requests == []
    assert recorder.answered == 0


def test_pip_compile_pins_with_hashes_and_shows_nobody_the_password(
    tmp_path: Path, recorder: Recorder, index: SimpleIndex
) -> None:
    with PipCompile(tmp_path, recorder, Redactor(), index.url) as pip_compile:
        run = pip_compile.compile("example", index_url=index.url_with_password)
        assert run.ok, run.said
        assert {(found.name, found.sha256) for found in run.distributions} == {
            (wheel.project, wheel.sha256) for wheel in index.wheels
        }
        assert pip_compile.home.holding(PASSWORD)[:1] == ["cwd/requirements.txt"]
    for text in ("\n".join(index.command_lines), str(recorder.items())):
        assert "pip-compile" in text
        assert PASSWORD not in text
        assert ENCODED_PASSWORD not in text
