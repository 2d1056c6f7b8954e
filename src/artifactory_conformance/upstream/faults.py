"""The plan of what goes wrong at an index: where, for which requests, how often, how late, and what happens then."""

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass

from artifactory_conformance.upstream.effects import Asked, Effect

LONGEST_DELAY = 60.0
"""Seconds."""


@dataclass(frozen=True)
class Fault:
    """Where (a glob on the path below the base path), for which methods (None: all), and what happens.

    after: so many requests pass unharmed first. times: how often it happens then, None for always. delay: how late the
    answer is, in seconds. authorized: only for requests with credentials, or only for those without; None for both.
    unsigned: only for requests whose query lacks this name. is_http_1_0: the answer is one of HTTP/1.0, whose body ends
    with its connection. unguarded: it happens to everybody, and not only to who shows the right credentials.
    """

    path: str
    effect: Effect
    methods: frozenset[str] | None = None
    after: int = 0
    times: int | None = None
    delay: float = 0.0
    authorized: bool | None = None
    unsigned: str = ""
    is_http_1_0: bool = False
    unguarded: bool = False

    def concerns(self, asked: Asked, *, admitted: bool) -> bool:
        """Whether it is meant for such a request."""
        return (
            (admitted or self.unguarded)
            and fnmatch.fnmatchcase(asked.path, self.path)
            and (self.methods is None or asked.method in self.methods)
            and self.authorized in (None, "authorization" in asked.headers)
            and not (self.unsigned and f"{self.unsigned}=" in asked.query)
        )


class FaultPlan:
    """The faults of one organization; the first that matches and is due takes the request."""

    def __init__(self) -> None:
        self._faults: Sequence[Fault] = ()
        self._seen: list[int] = []

    def replace(self, faults: Sequence[Fault]) -> None:
        """Forget the former faults and expect these."""
        self._faults = tuple(faults)
        self._seen = [0] * len(self._faults)

    def take(self, asked: Asked, *, admitted: bool = True) -> Fault | None:
        """The fault of this request, and one use of it. admitted: whether its credentials are right."""
        for number, fault in enumerate(self._faults):
            if not fault.concerns(asked, admitted=admitted):
                continue
            last = None if fault.times is None else fault.after + fault.times
            if last is not None and self._seen[number] >= last:
                continue
            self._seen[number] += 1
            if self._seen[number] > fault.after:
                return fault
        return None
