"""What can go wrong at an index: each fault one small unit, and the plan that says where and how often."""

import fnmatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Protocol

from artifactory_conformance.upstream.replies import Reply

LONGEST_DELAY = 60.0
"""Seconds."""


class Effect(Protocol):
    """What a fault makes of the answer that would have been given."""

    def apply(self, reply: Reply) -> Reply:
        """The answer instead."""


@dataclass(frozen=True)
class Unharmed:
    """The right answer; for faults that only delay it."""

    def apply(self, reply: Reply) -> Reply:
        """The answer as it is."""
        return reply


@dataclass(frozen=True)
class OtherAnswer:
    """A status, a text, or both, whatever was asked for (U9: throttling as silent 403 or 404; 5xx; 429)."""

    status: int = HTTPStatus.OK
    body: str | None = None
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)

    def apply(self, reply: Reply) -> Reply:
        """Nothing is left of the right answer."""
        body = f"{self.status}\n" if self.body is None else self.body
        return Reply(self.status, body.encode(), {"content-type": self.content_type, **self.headers})


@dataclass(frozen=True)
class Truncated:
    """The connection ends after so many bytes of the body, although Content-Length promises all."""

    after: int

    def apply(self, reply: Reply) -> Reply:
        """The same answer, cut."""
        return replace(reply, cut_after=self.after)


@dataclass(frozen=True)
class ConnectionReset:
    """The connection is dropped without an answer."""

    def apply(self, reply: Reply) -> Reply:
        """No answer."""
        return replace(reply, is_reset=True)


@dataclass(frozen=True)
class Redirected:
    """Look elsewhere (U8: files of the real catalog are probably redirected to another host)."""

    url: str

    def apply(self, reply: Reply) -> Reply:
        """A 302 to the other place."""
        return Reply(HTTPStatus.FOUND, b"", {"location": self.url})


@dataclass(frozen=True)
class WrongBytes:
    """Other content of the same length under the same headers: the hash in the page does not fit any more."""

    def apply(self, reply: Reply) -> Reply:
        """Every byte inverted."""
        return replace(reply, body=reply.body.translate(bytes(range(255, -1, -1))))


@dataclass(frozen=True)
class Fault:
    """Where (a glob on the path below the base path), for which methods (None: all), how often (None: always), how
    late (seconds), and what happens.
    """

    path: str
    effect: Effect
    methods: frozenset[str] | None = None
    times: int | None = None
    delay: float = 0.0

    def concerns(self, method: str, path: str) -> bool:
        """Whether it is meant for such a request."""
        return fnmatch.fnmatchcase(path, self.path) and (self.methods is None or method in self.methods)


class FaultPlan:
    """The faults of one organization; the first that matches and is not used up takes the request."""

    def __init__(self) -> None:
        self._faults: Sequence[Fault] = ()
        self._uses: list[int] = []

    def replace(self, faults: Sequence[Fault]) -> None:
        """Forget the former faults and expect these."""
        self._faults = tuple(faults)
        self._uses = [0] * len(self._faults)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault of this request, and one use of it."""
        for number, fault in enumerate(self._faults):
            if fault.concerns(method, path) and (fault.times is None or self._uses[number] < fault.times):
                self._uses[number] += 1
                return fault
        return None
