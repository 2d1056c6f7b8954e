"""A service as a child process: ready, never ready, dead at once; it ends with us whatever it does."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from artifactory_conformance.limits import Limits
from artifactory_conformance.targets.embedded import UPSTREAM
from artifactory_conformance.targets.service import Service, ServiceFailed

LIMITS = Limits(service_start=10, service_stop=5)
IMPATIENT = Limits(service_start=0.5, service_stop=0.5)
READY = "import json, os, sys; print(json.dumps({'url': 'http://127.0.0.1:1', 'pid': os.getpid()}), flush=True); "
UNTIL_CLOSED = "sys.stdin.buffer.read()"
STUBBORN = "import signal, threading; signal.signal(signal.SIGTERM, signal.SIG_IGN); threading.Event().wait(60)"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make every service started from now on run this program, whatever its module."""

    def play(source: str) -> None:
        (tmp_path / "program.py").write_text(source, "utf-8")
        script = tmp_path / "python"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "{tmp_path}/program.py" "$@"\n', "utf-8")
        script.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(script))

    return play


@pytest.fixture
def start(tmp_path: Path):
    started: list[Service] = []

    def make(limits: Limits = LIMITS, module: str = "a.module", *arguments: str) -> Service:
        started.append(Service(module, *arguments, cwd=tmp_path, limits=limits))
        return started[-1]

    yield make
    for service in started:
        service.stop()


def gone(service: Service) -> bool:
    return not service.alive


def test_a_real_service_becomes_ready_and_ends_when_it_is_stopped(start):
    service = start(LIMITS, UPSTREAM)
    assert service.url.startswith("http://127.0.0.1:")
    assert service.alive
    service.stop()
    assert gone(service)
    assert service.last_words() == f"{UPSTREAM} ended with 0"


def test_it_ends_when_its_pipe_closes_even_if_nobody_stops_it(start, program):
    program(READY + UNTIL_CLOSED)
    service = start()
    assert service.url == "http://127.0.0.1:1"
    service._process.stdin.close()  # what our death does
    assert service._process.wait(10) == 0


def test_what_it_is_started_with(start, program):
    program(
        READY + "print(sys.argv[1:], sorted(os.environ), os.getsid(0) == os.getpid(), file=sys.stderr); " + UNTIL_CLOSED
    )
    service = start(LIMITS, "a.module", "--profile", "x")
    assert service.url
    service.stop()
    words = service.last_words()
    assert "'-I', '-m', 'a.module', '--port', '0', '--until-stdin-closes', '--profile', 'x'" in words
    assert "PATH" in words
    assert "HOME" not in words
    assert "True" in words


def test_one_that_dies_at_once_is_told_with_its_last_words_and_at_once(start, program):
    program("import sys; print('line one', file=sys.stderr); sys.exit('no such profile')")
    began = time.monotonic()
    words = "line one; no such profile; a.module ended with 1"
    with pytest.raises(ServiceFailed, match=re.escape(f"a.module ended before it was ready; its last words: {words}")):
        _ = start().url
    assert time.monotonic() - began < LIMITS.service_start


def test_one_that_says_nothing_is_told_in_time_and_killed(start, program):
    program("import sys; print('still thinking', file=sys.stderr, flush=True); " + STUBBORN)
    service = start(IMPATIENT)
    began = time.monotonic()
    with pytest.raises(ServiceFailed, match=r"a\.module was not ready within 0\.5 s; its last words: still thinking"):
        _ = service.url
    assert time.monotonic() - began < 10
    assert gone(service)


@pytest.mark.parametrize("line", ["hello", "[]", "7", "{}", "null", '"url"'])
def test_one_that_says_something_else_than_ready_is_refused(start, program, line: str):
    program(f"import sys; print('''{line}''', flush=True); " + UNTIL_CLOSED)
    service = start()
    with pytest.raises(ServiceFailed, match="said something else"):
        _ = service.url
    assert gone(service)


def test_one_that_does_not_want_to_stop_is_killed_in_time(start, program):
    program(READY + STUBBORN)
    service = start(IMPATIENT)
    assert service.url
    began = time.monotonic()
    service.stop()
    assert time.monotonic() - began < 10
    assert gone(service)
    assert "ended with -9" in service.last_words()


def test_a_grandchild_that_keeps_the_pipes_open_does_not_hold_up_the_stop(start, program, tmp_path: Path):
    child = f"import subprocess; open('{tmp_path}/child', 'w').write(str(subprocess.Popen(['sleep', '60']).pid)); "
    program(READY + child + UNTIL_CLOSED)
    service = start(IMPATIENT)
    assert service.url
    deadline = time.monotonic() + 10
    while not (tmp_path / "child").exists() or not (tmp_path / "child").read_text():
        assert time.monotonic() < deadline
    began = time.monotonic()
    try:
        service.stop()
        assert time.monotonic() - began < 10
        assert gone(service)
    finally:
        psutil.Process(int((tmp_path / "child").read_text())).kill()


def test_stopping_twice_or_after_its_death_is_fine(start, program):
    program(READY)
    service = start()
    assert service.url
    service.stop()
    service.stop()
    assert gone(service)


def test_only_the_last_words_are_kept(start, program):
    program("import sys; [print('line', n, file=sys.stderr) for n in range(100)]; sys.exit(3)")
    with pytest.raises(ServiceFailed) as failed:
        _ = start().url
    assert "line 99" in str(failed.value)
    assert "line 79" not in str(failed.value)


def test_words_that_are_no_text_do_not_break_the_listening(start, program):
    program("import sys; sys.stderr.buffer.write(b'\\xff\\xfe no text\\n'); sys.exit(2)")
    with pytest.raises(ServiceFailed, match="no text"):
        _ = start().url


def test_no_process_of_ours_is_left(start, program):
    program(READY + UNTIL_CLOSED)
    service = start()
    assert service.url
    pid = service._process.pid
    service.stop()
    assert pid not in {child.pid for child in psutil.Process(os.getpid()).children(recursive=True)}
