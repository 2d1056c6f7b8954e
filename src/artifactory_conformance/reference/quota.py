"""How much may be stored: the quota of the instance (A58, admin 6), and a store that has no room left."""

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.store import Store
from artifactory_conformance.reference.switches import SwitchSet

TOTAL_SPACE = 200 * 1024**3
"""Bytes of the disk that the model claims to have."""

OTHERS_SPACE = TOTAL_SPACE // 5
"""Bytes of it that other things take: a quota of a few per cent is exceeded from the start, as on a real disk."""


class Quota:
    """The share of the disk that may be used, and whether the store takes anything at all.

    `enabled`, `limit` and `warning` are the instance's settings, the last two in per cent of the disk; `full` is set by
    the control interface alone.
    """

    def __init__(self, store: Store, switches: SwitchSet) -> None:
        self._store = store
        self._switches = switches
        self.enabled = False
        self.limit = 95
        self.warning = 85
        self.full = False

    @property
    def used_space(self) -> int:
        """Bytes of the disk that are taken."""
        return OTHERS_SPACE + self._store.size()

    def require_room(self) -> None:
        """Raises RequestRefused: 413 while the quota is exceeded (A58)."""
        if self.enabled and 100 * self.used_space >= self.limit * TOTAL_SPACE:
            raise RequestRefused(413, f"The storage quota of {self.limit}% is exceeded.")

    def require_write(self) -> None:
        """Raises RequestRefused if the store is full; A17 gives 500 for failures of the storage."""
        if self.full:
            raise RequestRefused(self._switches.status("full_store"), "The item could not be stored.")
