"""A peer is there when it answers, says why when it does not, and is gone with all that it started."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.peers.run import _refuse_shown
from tests.peers.running import PeerFailed, Running, free_port, unprivileged

SERVES = "import http.server, sys; http.server.test(http.server.SimpleHTTPRequestHandler, port=int(sys.argv[1]))"
WITH_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SERVES!r}, sys.argv[1]])"


def below(folder: Path) -> list[int]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == str(folder) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except psutil.Error:  # gone, or somebody else's
            continue
    return found


def test_a_server_is_waited_for_and_ends_with_its_children(tmp_path: Path) -> None:
    port = free_port()
    running = Running([sys.executable, "-c", WITH_A_CHILD, str(port)], tmp_path, {})
    running.wait_until_it_answers(f"http://127.0.0.1:{port}/")
    assert len(below(tmp_path)) == 3, "the leash, the server and its child"
    running.stop()
    assert below(tmp_path) == []


def test_a_server_that_ends_says_how(tmp_path: Path) -> None:
    running = Running([sys.executable, "-c", "import sys; sys.exit('no room')"], tmp_path, {})
    with pytest.raises(PeerFailed, match="ended with 1: no room"):
        running.wait_until_it_answers(f"http://127.0.0.1:{free_port()}/")
    running.stop()


def test_a_server_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.peers.running.READY", 0.3)
    running = Running([sys.executable, "-c", "import time; print('hm', flush=True); time.sleep(60)"], tmp_path, {})
    started = time.monotonic()
    with pytest.raises(PeerFailed, match="no answer within"):
        running.wait_until_it_answers(f"http://127.0.0.1:{free_port()}/")
    running.stop()
    assert time.monotonic() - started < 30
    assert below(tmp_path) == []


def test_what_nobody_can_get_at_is_run_as_it_is(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    program = hidden / "program"
    program.touch(mode=0o755)
    assert unprivileged([str(program), "x"], tmp_path) == [str(program), "x"]


def test_a_password_in_a_command_line_is_found(tmp_path: Path) -> None:
    _refuse_shown("nobody-has-this-in-a-command-line-" + "x" * 9)
    secret = f"shown-{tmp_path.name}-{free_port()}"
    running = Running([sys.executable, "-c", "import time; time.sleep(60)", secret], tmp_path, {})
    with pytest.raises(PeerFailed, match="in its command line") as failed:
        _refuse_shown(secret)
    running.stop()
    assert secret not in str(failed.value)
