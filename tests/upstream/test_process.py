"""The service as a process: its ready line, its ends, and what it refuses to start with."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests

from artifactory_conformance.distributions import DistributionSpec, build_sdist, build_wheel

SECONDS = 10


@pytest.fixture
def launch():
    """Start the service; whatever is left of it at the end of the test is killed."""
    processes = []

    def start(*arguments):
        command = [sys.executable, "-m", "artifactory_conformance.upstream", *arguments]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        processes.append(process)
        return process

    yield start
    for process in processes:
        with process:
            process.kill()


def get(url, path, **options):
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{url}{path}", timeout=SECONDS, **options)


def ready(process):
    return json.loads(process.stdout.readline())


def test_ready_line_tells_where_it_answers_and_who_it_is(launch):
    process = launch("--port", "0")

    line = ready(process)

    assert line == {"url": line["url"], "pid": process.pid}
    assert line["url"].startswith("http://127.0.0.1:")
    assert get(line["url"], "/_control/health").json()["status"] == "ok"


def test_term_signal_is_an_orderly_stop(launch):
    process = launch("--port", "0")
    ready(process)

    process.send_signal(signal.SIGTERM)

    assert process.communicate(timeout=SECONDS) == ("", "")
    assert process.returncode == 0


def test_end_of_stdin_is_an_orderly_stop_that_an_interrupt_is_not(launch):
    process = launch("--port", "0", "--until-stdin-closes")
    url = ready(process)["url"]

    process.send_signal(signal.SIGINT)
    assert get(url, "/_control/health").status_code == 200
    process.stdin.close()

    assert process.wait(SECONDS) == 0
    assert process.stderr.read() == ""


def test_stop_does_not_wait_for_an_answer_that_takes_long(launch):
    process = launch("--port", "0", "--layout", "pypi")
    url = ready(process)["url"]
    with requests.Session() as session:
        session.trust_env = False
        faults = {"faults": [{"path": "*", "delay": 60}]}
        session.put(f"{url}/_control/organizations/public/faults", json=faults, timeout=SECONDS)
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), SECONDS) as waiting:
        waiting.sendall(b"GET /simple/ HTTP/1.1\r\nHost: x\r\n\r\n")
        deadline = time.monotonic() + SECONDS
        while not get(url, "/_control/organizations/public/journal").json()["requests"]:
            assert time.monotonic() < deadline, "the request did not arrive"

        process.send_signal(signal.SIGTERM)

        assert process.wait(4) == 0


def test_taken_port_is_told_in_one_line(launch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = launch("--port", str(taken.getsockname()[1]))
        output, errors = process.communicate(timeout=SECONDS)

    assert (process.returncode, output, errors.count("\n")) == (4, "", 1)
    assert "cannot listen" in errors


@pytest.mark.parametrize("content", [None, {}, {"notes.txt": b""}, {"example-1.0-py3-none-any.whl": b"no wheel"}])
def test_unusable_folder_is_told_in_one_line(launch, tmp_path, content):
    folder = tmp_path / "folder"
    if content is not None:
        folder.mkdir()
        for name, each in content.items():
            (folder / name).write_bytes(each)

    process = launch("--port", "0", "--catalog-dir", str(folder))

    output, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, output, errors.count("\n")) == (4, "", 1)
    assert "folder" in errors


@pytest.mark.parametrize("layout", ["catalog", "pypi"])
def test_folder_is_offered_by_every_organization_beside_what_is_published(launch, tmp_path, layout):
    wheel = build_wheel(DistributionSpec("Example", requires_python=">=3.8"))
    sdist = build_sdist(DistributionSpec("other", requires_python="<4"))
    for each in (wheel, sdist):
        (tmp_path / each.filename).write_bytes(each.content)
    (tmp_path / "notes.txt").write_text("not offered")
    os.utime(tmp_path / wheel.filename, (1_600_000_000, 1_600_000_000))

    url = ready(launch("--port", "0", "--layout", layout, "--catalog-dir", str(tmp_path)))["url"]

    with requests.Session() as session:
        session.trust_env = False
        for _ in range(2):
            organization = {"id": "public", "base_path": ""}
            if layout == "catalog":
                organization = session.post(f"{url}/_control/organizations", timeout=SECONDS).json()
                session.auth = (organization["user"], organization["password"])
            projects = f"{url}/_control/organizations/{organization['id']}/projects"
            offered = session.get(projects, timeout=SECONDS).json()
            assert {name: [each["requires_python"] for each in files] for name, files in offered.items()} == {
                "example": [">=3.8"],
                "other": ["<4"],
            }
            answer = session.get(f"{url}{offered['example'][0]['path']}", timeout=SECONDS)
            assert answer.content == wheel.content
            assert answer.headers["Last-Modified"] == "Sun, 13 Sep 2020 12:26:40 GMT"
            assert session.get(f"{url}{organization['base_path']}/simple/other/", timeout=SECONDS).status_code == 200
