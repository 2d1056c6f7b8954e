"""A kept connection may be closed at any time: who finds it so asks once more, on a new one, and says so."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from artifactory_conformance.evidence import RecordedSession, Recorder, TargetUnreachable
from tests.evidence.raw_server import LIMITS

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class ClosesAfter:
    """Answers so many requests on each connection, and closes it without a word instead of answering one more."""

    def __init__(self, *answers: int) -> None:
        self.asked: list[bytes] = []
        self._answers = answers
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        for answers in self._answers:
            with contextlib.suppress(OSError):
                connection, _ = self._socket.accept()
                with connection:
                    connection.settimeout(LIMITS.read)
                    for number in range(answers + 1):
                        got = connection.recv(65536)
                        self.asked += [got.partition(b" ")[0]] if got else []
                        if number < answers:
                            connection.sendall(OK)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@contextlib.contextmanager
def session_to(server: ClosesAfter, recorder: Recorder) -> Iterator[RecordedSession]:
    session = RecordedSession(server.url, recorder=recorder, limits=LIMITS, level=None)
    try:
        yield session
    finally:
        session.close()
        server.close()


def test_a_question_on_a_connection_that_was_closed_is_asked_again(recorder: Recorder):
    server = ClosesAfter(1, 1)
    with session_to(server, recorder) as session:
        assert session.request("GET", "first").body == b"ok"
        assert session.request("GET", "second").body == b"ok"
    assert server.asked == [b"GET", b"GET", b"GET"]
    assert [bool(item["error"]) for item in recorder.items()] == [False, True, False]
    assert recorder.items()[1]["error"].endswith("the kept connection was closed; asked again")


def test_what_is_answered_with_nothing_on_a_new_connection_is_not_asked_again(recorder: Recorder):
    server = ClosesAfter(1, 0, 1)
    with session_to(server, recorder) as session:
        session.request("GET", "first")
        with pytest.raises(TargetUnreachable):
            session.request("GET", "second")
    assert server.asked == [b"GET", b"GET", b"GET"]


def test_what_may_have_changed_something_is_never_sent_again(recorder: Recorder):
    server = ClosesAfter(1, 1)
    with session_to(server, recorder) as session:
        session.request("GET", "first")
        with pytest.raises(TargetUnreachable):
            session.request("POST", "second", data=b"x")
    assert server.asked == [b"GET", b"POST"]
