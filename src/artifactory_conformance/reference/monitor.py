"""The assumed-offline state of remotes (M-04, M-05, A50).

A real instance probes in the background. The model probes when a request comes after the delay has passed, so that
its clock decides alone.
"""

import threading
from dataclasses import dataclass

from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.outbound import Outbound, UpstreamUnreachable
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.switches import SwitchSet

GATEWAY_FAILURES = frozenset({502, 503, 504, 505})


@dataclass
class _Watch:
    """`next_probe` is None while the flag is still online (PROBING in A50)."""

    next_probe: float | None = None
    probes: int = 0


class OfflineMonitor:
    """Which remotes are assumed offline."""

    def __init__(self, clock: Clock, outbound: Outbound, switches: SwitchSet) -> None:
        self._switches = switches
        self._clock = clock
        self._outbound = outbound
        self._watches: dict[str, _Watch] = {}
        self._lock = threading.Lock()

    def fault(self, remote: Repository) -> None:
        """A request met an I/O error or a gateway status; from the second on the base URL decides (M-04)."""
        if remote.number("assumedOfflinePeriodSecs") <= 0:  # M-19
            return
        with self._lock:
            watch = self._watches.get(remote.key)
            if watch is None:
                watch = self._watches[remote.key] = _Watch()
                if self._switches.on("assumed_offline_after", "2"):
                    return
            if watch.next_probe is not None:
                return
        online = self._base_answers(remote)
        with self._lock:
            if online:
                self._watches.pop(remote.key, None)
            elif remote.key in self._watches:
                self._watches[remote.key] = _Watch(self._clock.now() + probe_delay(remote, 1), 1)

    def answered(self, remote: Repository) -> None:
        """The catalog gave an answer that counts as online."""
        with self._lock:
            watch = self._watches.get(remote.key)
            if watch is not None and watch.next_probe is None:
                del self._watches[remote.key]

    def is_offline(self, remote: Repository) -> bool:
        """Whether requests stay at home; a probe that is due is made now."""
        now = self._clock.now()
        with self._lock:
            watch = self._watches.get(remote.key)
            if watch is None or watch.next_probe is None:
                return False
            if now < watch.next_probe or self._switches.on("assumed_offline_recovery", "stays"):
                return True
            while watch.next_probe <= now:  # the probes that a real monitor would have made meanwhile
                watch.probes += 1
                watch.next_probe += probe_delay(remote, watch.probes)
        if not self._base_answers(remote):
            return True
        with self._lock:
            self._watches.pop(remote.key, None)
        return False

    def _base_answers(self, remote: Repository) -> bool:
        """GET of the base URL: everything but a gateway status is online, 401 and 404 too (A50)."""
        try:
            return self._outbound.ask(remote, "GET", remote.url + "/").status not in GATEWAY_FAILURES
        except UpstreamUnreachable:
            return False

    def reset(self) -> None:
        """All remotes are online again: a repository's configuration was saved (A40)."""
        with self._lock:
            self._watches.clear()

    def assumed_offline(self, key: str) -> bool:
        """The flag alone, for the control interface."""
        watch = self._watches.get(key)
        return watch is not None and watch.next_probe is not None


def probe_delay(remote: Repository, number: int) -> float:
    """Seconds before re-probe `number` (from 1): grows up to the assumed offline period (A50)."""
    period = remote.number("assumedOfflinePeriodSecs")
    if number >= 10:
        return float(period)
    if period // 10 < 2:
        return max(0.1, number * (period // 10))
    return max(0.1, float((1000 * period) ** (number / 10)) / 1000)
