"""The footprint ledger: what is created on a target is written down before that, and struck out when it is gone.

A run that is killed leaves its ledger behind, and `cleanup` removes by it what the run could not. The file is locked by
every process of the run that writes to it, and from the begin by the one that judges: the kernel lets go of a lock when
its process ends, however that is, so whoever gets the lock alone knows that the run is no more.
"""

from artifactory_conformance.ledger.entries import LONGEST, PREFIX, Entry, Owner, carries, mark_of, note_of
from artifactory_conformance.ledger.footprint import Footprint
from artifactory_conformance.ledger.orphans import (
    AtWork,
    Orphan,
    Unusable,
    ledger_of,
    ledgers_in,
    settle,
    take_over,
)
from artifactory_conformance.ledger.writing import Ledger

__all__ = [
    "LONGEST",
    "PREFIX",
    "AtWork",
    "Entry",
    "Footprint",
    "Ledger",
    "Orphan",
    "Owner",
    "Unusable",
    "carries",
    "ledger_of",
    "ledgers_in",
    "mark_of",
    "note_of",
    "settle",
    "take_over",
]
