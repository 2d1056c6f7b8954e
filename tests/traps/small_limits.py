"""A plugin for runs against hostile targets, `-p tests.traps.small_limits`: everything is given up sooner.

It shows that each wait has a limit; how long that is on a sound target is of no matter here.
"""

from __future__ import annotations

from artifactory_conformance.limits import LIMITS

SMALL = {
    "connect": 1.0,
    "read": 0.5,
    "exchange": 1.0,
    "pulse": 1.0,
    "settle": 0.5,
    "listed": 0.5,
    "quiet": 0.5,
    "together": 3.0,
    "client_run": 15.0,
    "body_bytes": 4 * 1024 * 1024,
    "text_bytes": 1024 * 1024,
}

for _name, _value in SMALL.items():
    object.__setattr__(LIMITS, _name, _value)  # frozen, and one for all modules
