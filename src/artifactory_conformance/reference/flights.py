"""One download per path: later requesters wait and are served from what the first one stored (C-07).

If the first one fails, each of them tries for itself (A86)."""

import contextlib
import threading
from collections.abc import Iterator

from artifactory_conformance.reference.errors import RequestRefused

DOWNLOAD_WAIT = 900.0
"""Seconds that a request waits for the download of another (A85: 15 minutes)."""


class Flights:
    """Locks by repository and path that exist as long as somebody uses them.

    shared: whether requests for the same path wait for each other at all.
    """

    def __init__(self, *, shared: bool) -> None:
        self._shared = shared
        self._locks: dict[object, tuple[threading.Lock, int]] = {}
        self._guard = threading.Lock()

    @contextlib.contextmanager
    def one_at_a_time(self, repository: str, path: str) -> Iterator[None]:
        """Hold the path for the time of the block. Raises RequestRefused after DOWNLOAD_WAIT (A85)."""
        name: object = (repository, path) if self._shared else object()
        with self._guard:
            lock, users = self._locks.get(name, (threading.Lock(), 0))
            self._locks[name] = (lock, users + 1)
        try:
            if not lock.acquire(timeout=DOWNLOAD_WAIT):
                raise RequestRefused(500, "Could not process download request: the download of another took too long")
            try:
                yield
            finally:
                lock.release()
        finally:
            with self._guard:
                lock, users = self._locks[name]
                if users == 1:
                    del self._locks[name]
                else:
                    self._locks[name] = (lock, users - 1)
