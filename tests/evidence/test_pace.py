"""How somebody's server is asked: in turns, on few connections, patiently, and not for more than was allowed."""

from __future__ import annotations

import itertools
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest

from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder, Redactor, TargetUnreachable
from artifactory_conformance.evidence.pace import MEGABYTE, BudgetUsedUp, NoTurn, Pace
from artifactory_conformance.settings import Bounds
from artifactory_conformance.targets import Connections
from artifactory_conformance.verdicts import Level
from tests.evidence.raw_server import LIMITS, Asked, answer, serving

QUICK = replace(LIMITS, body_bytes=4 * MEGABYTE, back_off=0.05, patient=2.0, turn=5.0)
OK = answer(200, b"ok", "Content-Type: text/plain")


def gives(*replies: bytes) -> Callable[[Asked, socket.socket], None]:
    """Answer with these bytes one after the other, and with the last of them from then on."""
    waiting = list(replies)

    def reply(_asked: Asked, connection: socket.socket) -> None:
        connection.sendall(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return reply


def session(url: str, pace: Pace, recorder: Recorder | None = None) -> RecordedSession:
    return RecordedSession(
        url, recorder=recorder or Recorder(), limits=QUICK, level=Level.PULL, credentials=Credentials(), pace=pace
    )


def pace_of(folder: Path, **bounds: int) -> Pace:
    made = Pace(folder, Bounds(**bounds), QUICK)
    made.begin(patient=True)
    return made


# ---------------------------------------------------------------- pace


def test_requests_of_two_processes_stand_apart(tmp_path):
    """A second process on the same folder has its turns between those of this one."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom artifactory_conformance.evidence.pace import Pace\n"
        "from artifactory_conformance.settings import Bounds\n"
        "pace = Pace(Path(sys.argv[1]), Bounds(requests_per_second=10))\n"
        "for _ in range(5):\n    with pace.turn():\n        print(time.monotonic(), flush=True)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    times = sorted(float(line) for process in running for line in process.communicate(timeout=30)[0].splitlines())
    assert len(times) == 10
    assert times[-1] - times[0] >= 0.85
    assert all(later - earlier > 0.05 for earlier, later in itertools.pairwise(times))


def test_no_pace_waits_for_nothing(tmp_path):
    pace = pace_of(tmp_path)
    began = time.monotonic()
    for _ in range(50):
        with pace.turn():
            pass
    assert time.monotonic() - began < 0.5


def test_no_more_connections_than_allowed_are_open_and_none_is_kept(tmp_path):
    pace, slow = pace_of(tmp_path, connections=2), threading.Event()
    most, now, lock = [0], [0], threading.Lock()

    def one() -> None:
        with pace.turn():
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            slow.wait(0.05)
            with lock:
                now[0] -= 1

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == [2]


def test_no_connection_is_kept_for_it_would_be_one_more(tmp_path):
    ended = threading.Event()

    def wait_for_its_end(_asked: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n")  # it may be kept
        if connection.recv(1) == b"":
            ended.set()

    with serving(wait_for_its_end) as server:
        asking = session(server.url, pace_of(tmp_path, connections=2))
        asking.request("GET", "x")
        assert ended.wait(5)
        asking.close()


def test_one_that_is_kept_is_given_up_when_another_session_needs_it(tmp_path):
    connections = []

    def note(_asked: Asked, connection: socket.socket) -> None:
        while connections.append(connection.getpeername()) or True:
            connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n")
            if not connection.recv(65536):
                return

    pace = pace_of(tmp_path, connections=1)
    with serving(note) as server:
        keeping, other = session(server.url, pace), session(server.url, pace)
        with keeping.kept_open():
            keeping.request("GET", "x")
            keeping.request("GET", "x")
            other.request("GET", "x")
            keeping.request("GET", "x")
        keeping.request("GET", "x")
    first, second, third, fourth, fifth = connections
    assert first == second
    assert len({first, third, fourth, fifth}) == 4


def test_whoever_gets_no_turn_in_time_asks_nothing(tmp_path):
    pace = pace_of(tmp_path, connections=1)
    waiting = Pace(tmp_path, Bounds(connections=1), replace(QUICK, turn=0.1))
    with pace.turn(), pytest.raises(NoTurn, match="in use"), waiting.turn():
        raise AssertionError("it had a turn")
    pace.hold(60)
    with serving(gives(OK)) as server, pytest.raises(TargetUnreachable, match="nothing was asked"):
        session(server.url, pace).request("GET", "x")
    assert not server.asked


# ---------------------------------------------------------------- budgets


def test_requests_beyond_the_budget_are_refused_and_recorded(tmp_path):
    pace, recorder = pace_of(tmp_path, max_requests=2), Recorder()
    with serving(gives(OK, OK, OK)) as server:
        asking = session(server.url, pace, recorder)
        asking.request("GET", "x")
        asking.request("GET", "x")
        with pytest.raises(BudgetUsedUp, match="--max-requests"):
            asking.request("GET", "x")
        assert "--max-requests" in pace.refused
        assert len(server.asked) == 2
        assert "--max-requests" in recorder.items()[-1]["error"]
        pace.counts = False
        asking.request("GET", "x")
        assert len(server.asked) == 3


def test_a_download_ends_where_the_budget_does_and_the_next_one_never_begins(tmp_path):
    pace = pace_of(tmp_path, max_megabytes=1)
    body = b"x" * (3 * MEGABYTE)
    with serving(gives(answer(200, body), OK)) as server:
        asking = session(server.url, pace)
        with pytest.raises(BudgetUsedUp, match="--max-megabytes"):
            asking.request("GET", "file.whl")
        with pytest.raises(BudgetUsedUp):
            asking.request("GET", "file.whl")
    assert len(server.asked) == 1


def test_what_is_no_download_is_not_counted_as_one(tmp_path):
    pace = pace_of(tmp_path, max_megabytes=1)
    with serving(gives(answer(200, b"x" * 2 * MEGABYTE), OK)) as server:
        asking = session(f"{server.url}/artifactory", pace)
        asking.request("GET", "api/storage/pypi-cache")
        assert asking.request("GET", "api/pypi/pypi/simple/example/").status == 200


def test_another_process_has_the_same_budget(tmp_path):
    with pace_of(tmp_path, max_requests=1).turn():
        pass
    with pytest.raises(BudgetUsedUp), pace_of(tmp_path, max_requests=1).turn():
        raise AssertionError("it had a turn")


# ---------------------------------------------------------------- patience


@pytest.mark.parametrize("status", [429, 503])
def test_an_answer_that_asks_for_patience_is_waited_out_and_recorded(tmp_path, status):
    recorder = Recorder()
    with serving(gives(answer(status), answer(status, b"", "Retry-After: 0"), OK)) as server:
        assert session(server.url, pace_of(tmp_path), recorder).request("GET", "x").status == 200
    assert [item["status"] for item in recorder.items()] == [status, status, 200]


def test_the_time_that_it_names_is_kept_by_every_process(tmp_path):
    with serving(gives(answer(429, b"", "Retry-After: 1"), OK)) as server:
        began = time.monotonic()
        assert session(server.url, pace_of(tmp_path)).request("GET", "x").status == 200
        assert time.monotonic() - began >= 1
    other = pace_of(tmp_path)
    other.hold(0.3)
    began = time.monotonic()
    with pace_of(tmp_path).turn():
        assert time.monotonic() - began >= 0.25


@pytest.mark.parametrize(
    "told",
    ["3600", formatdate(time.time() + 3600, usegmt=True), "9" * 400],
    ids=["seconds", "a date", "too long to be a number"],
)
def test_a_time_beyond_the_limits_is_not_waited_for(tmp_path, told):
    with serving(gives(answer(503, b"", f"Retry-After: {told}"))) as server:
        began = time.monotonic()
        assert session(server.url, pace_of(tmp_path)).request("GET", "x").status == 503
        assert time.monotonic() - began < 1


def test_a_server_that_never_can_is_left_alone_at_last(tmp_path):
    with serving(gives(*[answer(503, b"", "Retry-After: nonsense")] * 20)) as server:
        assert session(server.url, pace_of(tmp_path)).request("GET", "x").status == 503
    assert 3 < len(server.asked) < 8


def test_who_is_about_such_an_answer_gets_it_at_once(tmp_path):
    pace = pace_of(tmp_path)
    pace.begin(patient=False)
    with serving(gives(answer(503), OK)) as server:
        assert session(server.url, pace).request("GET", "x").status == 503
    assert len(server.asked) == 1


def test_a_write_is_never_sent_again(tmp_path):
    pace = pace_of(tmp_path)
    with serving(gives(answer(503), OK)) as server:
        asking = RecordedSession(server.url, recorder=Recorder(), limits=QUICK, level=Level.MUTATE, pace=pace)
        assert asking.request("POST", "x").status == 503
    assert len(server.asked) == 1


# ---------------------------------------------------------------- a proxy


def test_what_is_somebodys_is_asked_by_the_proxy_and_what_is_ours_is_not(tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    made = Connections(Recorder(), Redactor(), "suite/1", QUICK)
    with serving(gives(OK)) as proxy, serving(gives(OK)) as own:
        address = proxy.url.replace("://", "://us%40er:s3cret@")
        connections = replace(made, pace=pace_of(tmp_path), proxy=address)
        try:
            connections.to_target("http://artifactory.invalid", Credentials(), Level.PULL).request("GET", "x")
            connections.to_catalog("http://catalog.invalid", ours=False).request("GET", "simple/")
            connections.to_catalog(own.url).request("GET", "_control/health")
        finally:
            connections.close()
    assert [asked.path for asked in proxy.asked] == [
        "http://artifactory.invalid/x",
        "http://catalog.invalid/simple/",
    ]
    assert {asked.headers["proxy-authorization"] for asked in proxy.asked} == {"Basic dXNAZXI6czNjcmV0"}
    assert [asked.path for asked in own.asked] == ["/_control/health"]
    assert "proxy-authorization" not in own.asked[0].headers
    assert "s3cret" not in repr(connections)


def test_an_answer_without_end_by_a_proxy_meets_the_deadline_as_well(tmp_path):
    def drips(_asked: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(50):
            connection.sendall(b"x")
            time.sleep(0.1)

    with serving(drips) as proxy:
        limits = replace(QUICK, exchange=0.5)
        asking = RecordedSession(
            "http://artifactory.invalid", recorder=Recorder(), limits=limits, level=Level.PULL, proxy=proxy.url
        )
        began = time.monotonic()
        with pytest.raises(TargetUnreachable, match="no end of the answer after"):
            asking.request("GET", "x")
        assert time.monotonic() - began < 3
