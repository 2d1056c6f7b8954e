"""What an organization was asked, by whom, and what it answered."""

import enum
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

RECORDED_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "host",
        "if-modified-since",
        "if-none-match",
        "origin-artifactory",
        "range",
        "user-agent",
        "x-artifactory-originated",
    }
)
"""An allow-list: no other header, and with it no credential, ever gets into a journal."""


class CredentialsSeen(enum.Enum):
    """What a request brought along; nothing else about its password is kept."""

    NONE = "none"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass
class Entry:
    """One request: `time` in seconds of the epoch, `status` None while or if nothing was answered."""

    number: int
    time: float
    method: str
    path: str
    query: str
    user: str | None
    credentials: CredentialsSeen
    headers: dict[str, str]
    status: int | None = None
    sent_bytes: int = 0

    def as_json(self) -> dict[str, object]:
        """The entry as the control interface shows it."""
        return {**vars(self), "credentials": self.credentials.value}


@dataclass
class Journal:
    """The requests in the order of their arrival, numbered from 1; clearing does not start the numbers again."""

    entries: list[Entry] = field(default_factory=list)
    _last_number: int = 0

    def record(
        self,
        *,
        method: str,
        path: str,
        query: str,
        user: str | None,
        credentials: CredentialsSeen,
        headers: Iterable[tuple[str, str]],
    ) -> Entry:
        """Write a request down on arrival; what is answered is filled in before it is sent."""
        self._last_number += 1
        kept = {name.lower(): value for name, value in headers if name.lower() in RECORDED_HEADERS}
        entry = Entry(self._last_number, time.time(), method, path, query, user, credentials, kept)
        self.entries.append(entry)
        return entry

    def clear(self) -> None:
        """Forget what was recorded so far."""
        self.entries.clear()
