"""The service as a process."""

import json
import subprocess
import sys

import pytest
import requests

COMMAND = [sys.executable, "-m", "artifactory_conformance.reference"]
DEADLINE = 20.0


@pytest.fixture
def service():
    command = [*COMMAND, "--port", "0", "--profile", "7.161-pro", "--switch", "range=200", "--until-stdin-closes"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process
    process.stdin.close()
    process.stdout.close()
    assert process.wait(DEADLINE) == 0


def test_the_service_tells_its_address_serves_and_ends_with_its_starter(service):
    ready = json.loads(service.stdout.readline())
    with requests.Session() as session:
        session.trust_env = False
        health = session.get(f"{ready['url']}/_control/health", timeout=DEADLINE).json()
        pong = session.get(f"{ready['url']}/artifactory/api/system/ping", timeout=DEADLINE)
        switches = session.get(f"{ready['url']}/_control/switches", timeout=DEADLINE).json()
    assert ready["pid"] == service.pid
    assert health == {"status": "ok", "model": True, "profile": "7.161-pro", "version": "7.161.20"}
    assert (pong.text, len(pong.raw.headers.getlist("Date"))) == ("OK", 1)
    assert {"range": "200"}.items() <= {one["name"]: one["value"] for one in switches}.items()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--profile", "6.0"], "unknown profile '6.0'"),
        (["--switch", "nonsense=1"], "unknown switch 'nonsense'"),
        (["--switch", "range=207"], "switch range has the values 200, 206, not '207'"),
        (["--switch", "range"], "a switch is given as NAME=VALUE"),
        (["--public-index", "http://pypi.example"], "the public index has to be an http(s) URL on this machine"),
    ],
)
def test_settings_that_do_not_exist_end_with_4_and_one_line(arguments, text):
    ended = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert (ended.returncode, ended.stdout) == (4, "")
    assert ended.stderr.startswith(text)
    assert ended.stderr.count("\n") == 1
