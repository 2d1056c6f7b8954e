"""The missed-retrieval caches: what a remote remembers not to have (A37 to A43, M-13)."""

import threading
from dataclasses import dataclass

from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.repositories import Repository


@dataclass(frozen=True)
class _Miss:
    refusal: RequestRefused
    since: float


class MissedRetrievals:
    """One map per remote, from storage path to the refusal that was given."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._misses: dict[str, dict[str, _Miss]] = {}
        self._lock = threading.Lock()

    def remember(self, remote: Repository, path: str, refusal: RequestRefused) -> None:
        """Answer `path` with `refusal` from now on, until the period is over."""
        with self._lock:
            self._misses.setdefault(remote.key, {})[path] = _Miss(refusal, self._clock.now())

    def recall(self, remote: Repository, path: str) -> RequestRefused | None:
        """The refusal of a path that is still young. A period of 0 keeps nothing, a negative one for ever (A37)."""
        period = remote.number("missedRetrievalCachePeriodSecs")
        with self._lock:
            misses = self._misses.get(remote.key, {})
            miss = misses.get(path)
            if miss is None:
                return None
            if 0 <= period <= self._clock.now() - miss.since:
                del misses[path]
                return None
        return miss.refusal

    def forget(self, remote: Repository, path: str) -> None:
        """Drop one entry: the path was stored."""
        with self._lock:
            self._misses.get(remote.key, {}).pop(path, None)

    def forget_below(self, remote: Repository, prefix: str) -> None:
        """Drop every entry whose text starts with `prefix`, as a zap does (A40)."""
        with self._lock:
            misses = self._misses.get(remote.key, {})
            for path in [path for path in misses if path.startswith(prefix)]:
                del misses[path]

    def clear(self) -> None:
        """Empty the caches of all remotes: a repository's configuration was saved (A40)."""
        with self._lock:
            self._misses.clear()

    def paths(self, key: str) -> list[str]:
        """The remembered paths of a remote, for the control interface."""
        with self._lock:
            return sorted(self._misses.get(key, {}))
