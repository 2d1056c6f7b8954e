"""How long answers take: recorded, and never the ground of a verdict."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from artifactory_conformance.evidence import Answer


def median_seconds(ask: Callable[[], Answer], times: int) -> float:
    """Ask several times and give the median of the seconds until the whole answer was there."""
    taken = []
    for _ in range(times):
        started = time.monotonic()
        ask()
        taken.append(time.monotonic() - started)
    return round(median(taken), 3)
