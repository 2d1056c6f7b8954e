"""The recorded session against servers that break off, drip, or never end."""

from __future__ import annotations

import gzip
import select
import time

import pytest

from artifactory_conformance.evidence import AnswerBrokeOff, TargetUnreachable
from tests.evidence.raw_server import LIMITS, PASSWORD, SECONDS, answer, resets, says, serving


def no_answer(connect, server, **limits: float) -> str:
    started = time.monotonic()
    with pytest.raises(TargetUnreachable) as refused:
        connect(server.url, **limits).request("GET", "x")
    assert time.monotonic() - started < SECONDS - 1
    assert "\n" not in str(refused.value)
    assert PASSWORD not in str(refused.value)
    return str(refused.value)


def endless(_asked, connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def test_an_endless_body_is_given_up(connect, recorder):
    with serving(endless) as server:
        assert "more than 100000 bytes" in no_answer(connect, server)
    assert "more than 100000 bytes" in recorder.items()[0]["error"]


@pytest.mark.parametrize(("kind", "most"), [("application/json", 500), ("text/html; charset=x", 500), ("x/y", 100_000)])
def test_a_text_is_given_up_sooner_than_a_file(connect, kind: str, most: int):
    with serving(says(answer(200, b"x" * (most + 1), f"Content-Type: {kind}"))) as server:
        assert f"more than {most} bytes" in no_answer(connect, server, text_bytes=500)
        server.reply = says(answer(200, b"x" * most, f"Content-Type: {kind}"))
        assert len(connect(server.url, text_bytes=500).request("GET", "x").body) == most


def dripping(start: bytes, drop: bytes):
    """Send a start, then a drop every few moments, until nobody takes it any more."""

    def reply(_asked, connection):
        connection.sendall(start)
        for _ in range(SECONDS * 20):
            if select.select([connection], [], [], 0.05)[0]:
                return
            connection.sendall(drop)

    return reply


SLOW = {
    "body of a known length": (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"),
    "body until the connection ends": (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    "chunked body": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "headers": (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
    "status line": (b"HTTP/1.1 200 ", b"x"),
}


@pytest.mark.parametrize("part", SLOW)
def test_a_drip_that_keeps_every_time_out_of_the_socket_ends_at_the_deadline(connect, recorder, part: str):
    with serving(dripping(*SLOW[part])) as server:
        assert "no end of the answer after 0.4 s" in no_answer(connect, server, exchange=0.4)
    assert recorder.answered == 0
    assert "no end of the answer" in recorder.items()[0]["error"]


ENDED_EARLY = {
    "in the middle of the body": says(answer(body=b"half", length=9)),
    "by a reset in the middle": resets(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
    "by a reset before the answer": resets(),
}


@pytest.mark.parametrize("end", ENDED_EARLY)
def test_an_answer_that_ends_early_is_told_from_one_that_does_not_come(connect, end: str):
    with serving(ENDED_EARLY[end]) as server, pytest.raises(AnswerBrokeOff):
        connect(server.url).request("GET", "x")


def test_what_does_not_come_in_time_or_at_all_has_not_broken_off(connect):
    with serving(lambda _asked, _connection: server.ending.wait(SECONDS)) as server:
        for limits in ({"read": 0.2}, {"exchange": 0.2}):
            with pytest.raises(TargetUnreachable) as late:
                connect(server.url, **limits).request("GET", "x")
            assert type(late.value) is TargetUnreachable
    with pytest.raises(TargetUnreachable) as refused:
        connect(server.url).request("GET", "x")
    assert type(refused.value) is TargetUnreachable


def test_silence_ends_at_the_time_out_of_reading(connect):
    with serving(lambda _asked, _connection: server.ending.wait(SECONDS)) as server:
        assert "no answer in time" in no_answer(connect, server, read=0.2)


def test_a_body_that_stops_half_way_ends_at_the_time_out_of_reading(connect):
    def reply(_asked, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")
        server.ending.wait(SECONDS)

    with serving(reply) as server:
        assert "no answer in time" in no_answer(connect, server, read=0.2)


def test_a_session_can_be_used_again_after_a_deadline(connect):
    with serving(dripping(*SLOW["chunked body"])) as server:
        session = connect(server.url, exchange=0.3)
        with pytest.raises(TargetUnreachable):
            session.request("GET", "x")
        server.reply = says(answer(200, b"fine"))
        assert session.request("GET", "x").text == "fine"


@pytest.mark.parametrize(
    "reply",
    [
        says(answer(200, b"only this", length=1000)),
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort"),
        says(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\nConnection: close\r\n\r\nxxxx"),
        says(b"SSH-2.0-server\r\n\r\n"),
        says(b"HTTP/1.1 abc\r\n\r\n"),
        says(b""),
        resets(),
        resets(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf"),
    ],
    ids=["truncated", "truncated chunk", "no gzip", "no HTTP", "no status", "closed", "reset", "reset in the body"],
)
def test_an_answer_that_breaks_off_is_no_answer_and_is_recorded(connect, recorder, reply):
    with serving(reply) as server:
        no_answer(connect, server)
    (item,) = recorder.items()
    assert item["status"] is None
    assert item["error"]
    assert recorder.answered == 0


def test_nobody_listening_is_no_answer_and_is_recorded(connect, recorder):
    with serving(says(answer())) as server:
        pass
    assert "no connection" in no_answer(connect, server)
    assert recorder.items()[0]["error"].startswith(f"GET {server.url}/x: no connection")


@pytest.mark.parametrize("path", ["http://[/", "http://127.0.0.1:port/", "nonsense://x/y", "http://127.0.0.1:70000/"])
def test_what_is_no_url_is_no_answer(connect, recorder, path: str):
    with pytest.raises(TargetUnreachable):
        connect("http://127.0.0.1:9").request("GET", path)
    assert recorder.items()[0]["error"]


@pytest.mark.parametrize("bytes_inside", [90_000, 200_000_000])
def test_a_compressed_body_is_bounded_by_what_it_grows_to(connect, bytes_inside: int):
    bomb = gzip.compress(b"0" * 1_000_000) * (bytes_inside // 1_000_000) or gzip.compress(b"0" * bytes_inside)
    with serving(says(answer(200, bomb, "Content-Encoding: gzip"))) as server:
        if bytes_inside > LIMITS.body_bytes:
            assert "more than 100000 bytes" in no_answer(connect, server)
        else:
            assert len(connect(server.url).request("GET", "x").body) == bytes_inside
