"""A target that cannot be judged is never a clean run: exit code 6, one line that says what is wrong, and results."""

from __future__ import annotations

import socket

import pytest

from tests.traps.instances import READER, Instance, StubbornServer, as_instance
from tests.traps.project import GOOD, Ended, Project, check

NO_CREDENTIALS_NEEDED = check("anybody", "assert anonymous.get(VERSION).status == 200", fixtures="anonymous")


def assert_not_shown(ended: Ended, *telling: str) -> None:
    """Exit code 6, and every telling piece both on the terminal and in the results, nothing judged."""
    assert ended.code == 6, ended.output
    last = ended.output.rpartition("exit code 6: ")[2]
    assert last.count("\n") <= 2, f"more than one line says why: {last}"
    for piece in telling:
        assert piece in last
        assert piece in ended.results["why"]
    assert not [found for found in ended.results["clauses"] if found["verdict"] == "conformant"]
    assert set(ended.verdicts.values()) <= {"inconclusive target-lost", "not run needs-user"}


def test_port_where_nobody_listens(project: Project, workers: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    project.write(GOOD)
    ended = project.run(*workers, environment=as_instance(f"http://127.0.0.1:{port}"))
    assert_not_shown(ended, "no answer from", f"127.0.0.1:{port}", "refused")


@pytest.mark.parametrize(
    ("status", "body", "telling"),
    [
        (200, b"<html><title>Welcome</title></html>", ("is no Artifactory", "200 text/html", "Welcome")),
        (401, b"who are you?", ("is no Artifactory", "401")),
        (500, b"out of order", ("is no Artifactory", "500", "out of order")),
    ],
)
def test_server_that_answers_everything_alike(
    project: Project, workers: tuple[str, ...], status: int, body: bytes, telling: tuple[str, ...]
) -> None:
    project.write(GOOD)
    with StubbornServer(status, body, Content_Type="text/html") as server:
        assert_not_shown(project.run(*workers, environment=as_instance(server.url)), *telling)
        assert server.asked


@pytest.mark.parametrize(
    ("status", "telling"),
    [(401, f"refuses the credentials of {READER}: 401"), (500, "answers 500"), (200, "is no Artifactory")],
)
def test_artifactory_that_answers_everything_alike(project: Project, status: int, telling: str) -> None:
    project.write(GOOD)
    version = {"X_JFrog_Version": "Artifactory/7.84.17 78417900"}
    with StubbornServer(status, b"nothing of use", Content_Type="text/plain", **version) as server:
        assert_not_shown(project.run(environment=as_instance(server.url)), telling)


def test_wrong_credentials(project: Project, workers: tuple[str, ...], instance: Instance) -> None:
    project.write(GOOD)
    ended = project.run(*workers, environment=as_instance(instance.url, password="Not-the-right-one-4711"))
    assert_not_shown(ended, f"refuses the credentials of {READER}: 401", "Bad Credentials")
    assert "Not-the-right-one-4711" not in ended.output


def test_credentials_that_are_missing(project: Project, instance: Instance) -> None:
    project.write(GOOD, NO_CREDENTIALS_NEEDED)
    ended = project.run(environment=as_instance(instance.url, user=""))
    assert_not_shown(ended, "asks for credentials and none were given", "ARTIFACTORY_USER")
    assert ended.verdicts == {"good": "not run needs-user", "anybody": "inconclusive target-lost"}


def test_service_that_dies_at_its_start(project: Project) -> None:
    project.write(GOOD)
    folder = project.folder / "no-distributions"
    folder.mkdir()
    ended = project.run("--catalog-dir", str(folder))
    assert_not_shown(ended, "the embedded target did not start", "has no wheels and no sdists", "ended with 4")
