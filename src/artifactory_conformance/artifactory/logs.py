"""The log files of an instance as records: requests served, requests to catalogs, access decisions, service messages.

Forms of 7.x (admin 6; F3 to F5). Whatever follows the columns that are told here may
differ from version to version: the outbound log is documented with 10 columns and was seen with 11.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar


class LogFile(str, Enum):
    """The log files that checks read, by the names that 7.x gives them; `artifactory.log` is the 6.x name."""

    REQUEST = "artifactory-request.log"
    OUTBOUND = "artifactory-request-out.log"
    ACCESS = "artifactory-access.log"
    SERVICE = "artifactory-service.log"


class LogUnreadable(Exception):
    """A log file cannot be had, was put aside meanwhile, or holds a line of another form."""


@dataclass(frozen=True)
class Served:
    """A line of the request log: somebody asked, this was the answer. The path is below the context."""

    time: str
    trace: str
    address: str
    user: str
    method: str
    path: str
    status: int
    request_length: int
    response_length: int
    milliseconds: int
    agent: str


@dataclass(frozen=True)
class Fetched:
    """A line of the outbound log: a remote asked its upstream. user: on whose behalf."""

    time: str
    trace: str
    repository: str
    user: str
    method: str
    url: str
    status: int


@dataclass(frozen=True)
class Decided:
    """A line of the access log: somebody was let or not. where: `repository:path`, with what some actions add to it."""

    time: str
    trace: str
    accepted: bool
    action: str
    where: str
    user: str
    address: str


@dataclass(frozen=True)
class Said:
    """A message of the service log, continuation lines included."""

    time: str
    level: str
    trace: str
    source: str
    thread: str
    message: str


_ACCESS = re.compile(
    r"(?P<time>\S+) (?:\[(?P<trace>[^\]]*)\] )?\[(?P<verdict>ACCEPTED|DENIED) (?P<action>[^\]]+)\]"
    r"(?P<where>.*) for (?P<user>.*?) ?/ ?(?P<address>[0-9A-Fa-f.:]*[0-9A-Fa-f:])\.?(?: .*)?"
)
_SERVICE = re.compile(
    r"(?P<time>\S+) \[[^\]]*\] \[(?P<level>[^\]]*)\] \[(?P<trace>[^\]]*)\] "
    r"\[(?P<source>[^\]]*)\] \[(?P<thread>[^\]]*)\] - (?P<message>.*)"
)
_R = TypeVar("_R")


def read_served(line: str) -> Served:
    """Read `ts|trace|ip|user|METHOD|path|status|in|out|ms|agent`. Raises LogUnreadable."""
    try:
        time, trace, address, user, method, path, *numbers, agent = line.split("|", 10)
        status, request_length, response_length, milliseconds = map(int, numbers)
    except ValueError:
        raise _unlike(LogFile.REQUEST, line) from None
    return Served(
        time, trace, address, user, method, path, status, request_length, response_length, milliseconds, agent
    )


def read_fetched(line: str) -> Fetched:
    """Read `ts|trace|repository|user|METHOD|URL|status`, whatever follows. Raises LogUnreadable."""
    try:
        time, trace, repository, user, method, url, status, *_ = line.split("|")
        return Fetched(time, trace, repository, user, method, url, int(status))
    except ValueError:
        raise _unlike(LogFile.OUTBOUND, line) from None


def read_decided(line: str) -> Decided:
    """Read `ts [trace] [ACCEPTED|DENIED action] repository:path for user/ip`. Raises LogUnreadable."""
    found = _ACCESS.fullmatch(line)
    if found is None:
        raise _unlike(LogFile.ACCESS, line)
    return Decided(
        time=found["time"],
        trace=found["trace"] or "",
        accepted=found["verdict"] == "ACCEPTED",
        action=found["action"],
        where=found["where"].strip(),
        user=found["user"],
        address=found["address"],
    )


def read_said(lines: Iterable[str]) -> list[Said]:
    """Read `ts [service] [LEVEL] [trace] [Class:line] [thread] - message`; other lines continue the one before.

    Raises LogUnreadable if there is none before.
    """
    said: list[Said] = []
    for line in lines:
        found = _SERVICE.fullmatch(line)
        if found is not None:
            parts = {name: value.strip() for name, value in found.groupdict().items() if name != "message"}
            said.append(Said(**parts, message=found["message"]))
        elif said:
            said[-1] = replace(said[-1], message=f"{said[-1].message}\n{line}")
        else:
            raise _unlike(LogFile.SERVICE, line)
    return said


def _unlike(file: LogFile, line: str) -> LogUnreadable:
    return LogUnreadable(f"a line of {file.value} has another form: {line[:200]!r}")


class Logs:
    """What an instance has logged since this object was made.

    read: gives the whole content of a file, nothing if there is none yet. Raises LogUnreadable when a file was put
    aside meanwhile. A line may follow the answer that it is about: wait for it.
    """

    def __init__(self, read: Callable[[LogFile], bytes]) -> None:
        self._read = read
        self._from = {file: len(read(file)) for file in LogFile}

    def lines(self, file: LogFile) -> list[str]:
        """Give the new lines of a file as they are; one that is still being written is left out."""
        content = self._read(file)
        if len(content) < self._from[file]:
            raise LogUnreadable(f"{file.value} was put aside meanwhile")
        whole, _, _ = content[self._from[file] :].rpartition(b"\n")
        return whole.decode("utf-8", "replace").replace("\r\n", "\n").split("\n") if whole else []

    def served(self) -> list[Served]:
        """Give the new lines of the request log."""
        return [read_served(line) for line in self.lines(LogFile.REQUEST)]

    def fetched(self, repository: str) -> list[Fetched]:
        """Give the new lines of the outbound log that are about one remote."""
        found = [read_fetched(line) for line in self.lines(LogFile.OUTBOUND)]
        return [line for line in found if line.repository == repository]

    def decided(self) -> list[Decided]:
        """Give the new lines of the access log."""
        return [read_decided(line) for line in self.lines(LogFile.ACCESS)]

    def said(self) -> list[Said]:
        """Give the new messages of the service log."""
        return read_said(self.lines(LogFile.SERVICE))
