"""Who asks, and what comes of it: an answer, a piece of one, or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import urllib3
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.evidence.redaction import cut


class TargetUnreachable(Exception):
    """No answer came: refused, reset, too slow, too long, or a redirect without end."""


class AnswerBrokeOff(TargetUnreachable):
    """The connection ended before the answer did, and not by a deadline of ours: whoever asked hears of it."""


@dataclass(frozen=True)
class Credentials:
    """Who asks: nobody, a user with a password, or the bearer of a token."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """What evidence calls this identity."""
        return self.user or ("bearer token" if self.token else "anonymous")


ANONYMOUS = Credentials()


@dataclass(frozen=True)
class Answer:
    """A complete answer: after redirects if they were followed, which `redirects` then lists as (status, Location)."""

    status: int
    headers: CaseInsensitiveDict[str]
    body: bytes = field(repr=False)
    url: str
    method: str
    identity: str
    redirects: tuple[tuple[int, str], ...] = ()

    @property
    def text(self) -> str:
        """The body as text, undecodable bytes replaced."""
        return self.body.decode("utf-8", "replace")

    @property
    def media_type(self) -> str:
        """Content-Type without parameters, lower case."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def __str__(self) -> str:
        start = " ".join(cut(self.text, 200).split())
        return (
            f"{self.method} {self.url} as {self.identity or 'anonymous'} -> {self.status} {self.media_type} {start!r}"
        )


@dataclass(frozen=True)
class BrokenOff:
    """No answer, or one that does not end: whoever asked knows that there is nothing, or a piece."""

    problem: str

    def __str__(self) -> str:
        return self.problem


def origin(url: str) -> tuple[str, str, int | None]:
    """Give scheme, host and port: credentials never leave it. Raises ValueError for what is no URL."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or ""), parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def asked_patience(answer: Answer) -> float:
    """Give the seconds for which an answer asks to be left alone; 0 if it names none."""
    try:
        return float(urllib3.Retry().parse_retry_after(answer.headers.get("Retry-After", "0").strip()))
    except (urllib3.exceptions.HTTPError, ValueError, OverflowError):
        return 0.0


def is_text(headers: CaseInsensitiveDict[str]) -> bool:
    """Tell by an answer's headers whether its body is text."""
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind.startswith("text/") or "json" in kind
