"""The engine by its command: what is wrong with it is one line that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from artifactory_conformance.containers.compose import find_compose
from artifactory_conformance.containers.engine import Engine, EngineRefused, EngineUnusable
from tests.containers.made import healthy, put_docker


def unusable() -> str:
    with pytest.raises(EngineUnusable) as refused:
        Engine()
    text = str(refused.value)
    assert text.isprintable()
    return text


def test_without_the_command_there_is_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "install Docker" in unusable()


def test_an_engine_that_does_not_answer_is_to_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, "echo 'Cannot connect to the Docker daemon at unix:///x.' >&2; exit 1")
    told = unusable()
    assert "start it, or set DOCKER_HOST" in told
    assert "unix:///x" in told


def test_who_may_not_use_the_socket_is_told_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, "echo 'Got permission denied while trying to connect' >&2; exit 1")
    assert "group docker" in unusable()


def test_newer_clients_tell_a_dead_engine_in_their_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, """echo '{"MemTotal": 0, "ServerErrors": ["permission denied on the socket"]}'""")
    assert "group docker" in unusable()


def test_an_engine_tells_its_memory_and_whether_an_image_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_docker(tmp_path, monkeypatch, healthy("'image inspect '*' here') echo sha ;;"))
    engine = Engine()
    assert engine.memory == 8 * 1024**3
    assert engine.has_image("here")
    assert not engine.has_image("elsewhere")


def test_what_the_engine_refuses_is_its_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, healthy("pull*) printf 'one\\nlast words\\n' >&2; exit 1 ;;"))
    with pytest.raises(EngineRefused, match=r"^last words$"):
        Engine().pull("x")


def test_a_file_that_is_not_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, healthy("cp*) echo 'Error: No such file or directory' >&2; exit 1 ;;"))
    assert Engine().read_file("x", "/y") is None


def test_the_newer_compose_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, "case \"$*\" in 'compose version') ;; *) exit 1 ;; esac")
    put_docker(tmp_path, monkeypatch, "exit 0", "docker-compose")
    assert find_compose() == "docker compose"


def test_the_older_compose_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, "exit 1")
    put_docker(tmp_path, monkeypatch, "exit 0", "docker-compose")
    assert find_compose() == "docker-compose"


def test_without_compose_there_is_something_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, "exit 1")
    put_docker(tmp_path, monkeypatch, "exit 1", "docker-compose")
    with pytest.raises(EngineUnusable, match="install Docker's compose plugin"):
        find_compose()
