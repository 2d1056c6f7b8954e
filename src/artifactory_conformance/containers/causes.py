"""Why a container did not start, as far as its last words and its end tell, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from artifactory_conformance.containers.engine import State

_KILLED = 137
"""Exit code of a process that was killed: by the kernel for memory, where nobody else did."""

_BY_WORDS: tuple[tuple[str, str], ...] = (
    # admin 2.3: from 7.84.7 on
    (
        r"DB Type \w+ is not allowed",
        "this version takes PostgreSQL alone: set ARTIFACTORY_DATABASE=postgresql, or take an older one",
    ),
    (r"Master key is missing", "its data folder is not its user's own (1030): use the named volume"),  # admin 2.2
    (r"No space left on device", "the engine's disk is full: `docker system df` tells of what"),
    (r"OutOfMemoryError|Cannot allocate memory", "memory: raise ARTIFACTORY_MEMORY, 4g is the least of an Artifactory"),
    (
        r"[Uu]limit|rlimit|[Tt]oo many open files",
        "a limit of the engine: raise its default-ulimits for nofile and nproc",
    ),
    (
        r"port is already allocated|[Aa]ddress already in use",
        "a port is taken: leave ARTIFACTORY_PORT out, or name another",
    ),
    (r"(?i)licen[sc]e", "its licence: see what it says, and ARTIFACTORY_LICENSE"),
)


def likely_reason(words: Sequence[str], state: State | None = None) -> str:
    """Name the likely reason with what to do; empty if nothing tells. words: the last lines that it printed."""
    if state is not None and (state.killed_for_memory or state.exit_code == _KILLED):
        return "memory: it was killed; raise ARTIFACTORY_MEMORY, 4g is the least of an Artifactory"
    text = "\n".join(words)
    return next((reason for pattern, reason in _BY_WORDS if re.search(pattern, text)), "")
