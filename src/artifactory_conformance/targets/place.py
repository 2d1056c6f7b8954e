"""Where a target is, in the form in which the ledger of a run has it: two runs against one instance write the same."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from artifactory_conformance.evidence.levels import CONTEXT
from artifactory_conformance.settings import Settings, TargetKind

OUR_OWN = frozenset({TargetKind.EMBEDDED.value, TargetKind.CONTAINER.value})
"""Places that end with their run, and everything on them."""

_PORTS = {"http": 80, "https": 443}


def place_of(settings: Settings) -> str:
    """Give the address without Artifactory's context; of what the run starts itself, the word for that."""
    if settings.target.value in OUR_OWN:
        return settings.target.value
    parts = urlsplit(settings.url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = f":{parts.port}" if parts.port not in {None, _PORTS.get(parts.scheme)} else ""
    path = parts.path.rstrip("/")
    if settings.target is TargetKind.INSTANCE:
        path = path.removesuffix(CONTEXT).rstrip("/")
    return urlunsplit((parts.scheme, host + port, path, "", ""))
