"""What breaks only when many ask at once."""

import contextlib
import threading
import time
from collections.abc import Iterator

from artifactory_conformance.reference.authentication import AuthenticationFailed
from artifactory_conformance.reference.defects.calls import is_pypi
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.flights import Flights
from artifactory_conformance.reference.hold import Hold, Method

AT_ONCE = 15
"""Requests that are well at the same time."""

LOOKED_UP = 0.05
"""Seconds that it takes to look a user up, so that those who ask at once meet."""


@fault("T39", "C-07", "A85")
def who_would_wait_for_a_download_is_refused(hold: Hold) -> None:
    """Whoever asks for what is being downloaded for somebody else meets an error instead of waiting."""
    busy: set[tuple[str, str]] = set()

    def impatient(one_at_a_time: Method) -> Method:
        @contextlib.contextmanager
        def changed(self: Flights, repository: str, path: str) -> Iterator[None]:
            if (repository, path) in busy:
                raise RequestRefused(500, "Could not process download request: another one is under way")
            busy.add((repository, path))
            try:
                with one_at_a_time(self, repository, path):
                    yield
            finally:
                busy.discard((repository, path))

        return changed

    hold.replace(Flights, "one_at_a_time", impatient)


@fault("B-11", "T39")
def right_credentials_are_refused_under_load(hold: Hold) -> None:
    """When many log in at once, some of them are taken for others and refused."""
    lock, inside = threading.Lock(), [0]

    def come(call: Call) -> Call:
        with lock:
            inside[0] += 1
            too_many = inside[0] > AT_ONCE
        time.sleep(LOOKED_UP)
        if too_many:
            raise AuthenticationFailed("Authentication is required")
        return call

    def go(_: Call, answer: Answer) -> Answer:
        with lock:
            inside[0] -= 1
        return answer

    hold.before(is_pypi, come)
    hold.after(is_pypi, go)
