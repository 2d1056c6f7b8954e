"""What the router in front of an Artifactory's services says of them (admin 2.2, admin 2.5)."""

from __future__ import annotations

import json
from typing import Any

HEALTH = "router/api/v1/system/health"
"""Below the root of the port that everything is reached by."""

WELL = "HEALTHY"


def states(body: bytes) -> tuple[tuple[str, str], ...]:
    """Give name and state of the router and of each service; nothing where the body is not the router's.

    In a cluster a name comes once for each node.
    """
    try:
        told = json.loads(body)
        parts: list[Any] = [{"service_id": "router", **told["router"]}, *told.get("services", [])]
        return tuple((str(part.get("service_id", "?")).partition("@")[0], str(part["state"])) for part in parts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()


def all_well(body: bytes) -> bool:
    """Tell whether the router says of itself and of all services that they are well."""
    return {state for _, state in states(body)} == {WELL}
