"""Removal of cached items that nobody has asked for in a while (A100).

A real instance does it by a job in the night. The model does it when a request comes, so that its clock decides alone.
"""

from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.repositories import Repositories, Repository, RepositoryClass
from artifactory_conformance.reference.store import Item, Store
from artifactory_conformance.reference.switches import SwitchSet

HOUR = 3600.0


class Cleanup:
    """Off by default: a period of 0 hours keeps everything."""

    def __init__(self, repositories: Repositories, store: Store, clock: Clock, switches: SwitchSet) -> None:
        self._repositories = repositories
        self._store = store
        self._clock = clock
        self._keeps_pages = switches.on("cleanup_pages", "kept")

    def sweep(self) -> None:
        """Remove what has not been used for the period of its remote; whether pages go as well is open (open 24)."""
        for remote in self._repositories:
            period = remote.number("unusedArtifactsCleanupPeriodHours") * HOUR
            if remote.kind is RepositoryClass.REMOTE and period > 0:
                self._sweep(remote, self._clock.now() - period)

    def _sweep(self, remote: Repository, before: float) -> None:
        for item in self._store.below(remote.cache_key, ""):
            if self._store.last_used(item) < before and not self._is_kept(item):
                self._store.remove(remote.cache_key, item.path)

    def _is_kept(self, item: Item) -> bool:
        return item.is_index and self._keeps_pages
