"""Lines of log files as records, and what an instance has logged since somebody looked."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.artifactory.logs import (
    Decided,
    Fetched,
    LogFile,
    Logs,
    LogUnreadable,
    Said,
    Served,
    read_decided,
    read_fetched,
    read_said,
    read_served,
)

TIME = "2024-08-01T12:00:00.123Z"
CELL = st.text(st.characters(exclude_characters="|", exclude_categories=("C", "Z")), max_size=12)
WORD = st.text(st.characters(categories=("L", "N"), include_characters="-._"), min_size=1, max_size=12)
BRACKETED = st.text(st.characters(exclude_characters="[]", exclude_categories=("C", "Z")), max_size=12)
NUMBER = st.integers(-1, 10**12)
ADDRESS = st.ip_addresses().map(str)


@given(st.builds(Served, CELL, CELL, CELL, CELL, CELL, CELL, NUMBER, NUMBER, NUMBER, NUMBER, CELL))
def test_a_served_request_reads_back(line: Served) -> None:
    assert read_served("|".join(map(str, vars(line).values()))) == line


def test_the_last_column_of_the_request_log_may_hold_the_separator() -> None:
    line = read_served(f"{TIME}|a1b2|127.0.0.1|reader|GET|/api/pypi/r/simple/x/|200|0|12|7|agent|of|parts")
    assert line.agent == "agent|of|parts"


@given(st.builds(Fetched, CELL, CELL, CELL, CELL, CELL, CELL, NUMBER), st.lists(CELL))
def test_an_outbound_request_reads_back_whatever_follows_its_status(line: Fetched, more: list[str]) -> None:
    assert read_fetched("|".join([*map(str, vars(line).values()), *more])) == line


@given(
    st.builds(Decided, st.just(TIME), BRACKETED, st.booleans(), WORD, WORD, WORD, ADDRESS),
    st.sampled_from(["", "."]),
    st.sampled_from(["", " [Basic]", " [token]"]),
)
def test_a_decision_reads_back_with_or_without_a_full_stop_and_a_kind_of_credentials(
    line: Decided, end: str, kind: str
) -> None:
    verdict = "ACCEPTED" if line.accepted else "DENIED"
    text = f"{line.time} [{line.trace}] [{verdict} {line.action}] {line.where} for {line.user}/{line.address}"
    assert read_decided(text + end + kind) == line


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            f"{TIME} [a1] [DENIED DEPLOY] r-cache:.pypi/npm.html for developer/10.0.0.7.",
            ("a1", False, "DEPLOY", "r-cache:.pypi/npm.html", "developer", "10.0.0.7"),
        ),
        (f"{TIME} [] [DENIED LOGIN]  for U/::1.", ("", False, "LOGIN", "", "U", "::1")),
        (
            f"{TIME} [ACCEPTED DOWNLOAD] r:a for b/c-1.0.whl for NA/127.0.0.1",
            ("", True, "DOWNLOAD", "r:a for b/c-1.0.whl", "NA", "127.0.0.1"),
        ),
    ],
    ids=["deploy", "login", "old form"],
)
def test_decisions_of_several_forms(line: str, read: tuple[object, ...]) -> None:
    assert read_decided(line) == Decided(TIME, *read)


def test_a_message_goes_on_in_lines_of_other_forms() -> None:
    head = f"{TIME} [jfrt ] [ERROR] [a1b2] [o.a.Some:12] [http-nio-1] - "
    said = read_said([head + "first", "\tat somewhere", head + "second"])
    assert [line.message for line in said] == ["first\n\tat somewhere", "second"]
    assert said[0] == Said(TIME, "ERROR", "a1b2", "o.a.Some:12", "http-nio-1", "first\n\tat somewhere")


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",))))
@pytest.mark.parametrize("read", [read_served, read_fetched, read_decided, lambda line: read_said([line])])
def test_any_other_line_is_unreadable_and_nothing_else(read, line: str) -> None:
    with suppress(LogUnreadable):
        read(line)


class Server:
    """Log files that grow."""

    def __init__(self) -> None:
        self.files = dict.fromkeys(LogFile, b"")

    def read(self, file: LogFile) -> bytes:
        return self.files[file]


def test_only_whole_lines_that_came_since_are_given() -> None:
    server = Server()
    server.files[LogFile.OUTBOUND] = b"old|a|r|u|GET|http://h/|200\n"
    logs = Logs(server.read)
    assert not logs.fetched("r")
    server.files[LogFile.OUTBOUND] += b"new|a|r|u|GET|http://h/|404\nnew|a|other|u|GET|http://h/|200\nnew|a|r|u|GE"
    assert [(line.time, line.status) for line in logs.fetched("r")] == [("new", 404)]


def test_a_file_that_was_put_aside_is_not_taken_for_silence() -> None:
    server = Server()
    server.files[LogFile.ACCESS] = b"a long line\n"
    logs = Logs(server.read)
    server.files[LogFile.ACCESS] = b""
    with pytest.raises(LogUnreadable, match="put aside"):
        logs.decided()
