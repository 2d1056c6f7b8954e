"""Whether all processes of a run judged one and the same instance, as far as its answers tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

UNNAMED = ""
"""What stands for the node of an answer that names none: that of any instance whose header a proxy takes away."""


@dataclass(frozen=True)
class Met:
    """What one process met: the nodes that answered it, none if nothing did, and the version, empty for none."""

    nodes: frozenset[str]
    version: str


def difference(processes: Iterable[Met]) -> str:
    """Say that processes met different instances; empty if they met one, or nobody can tell."""
    met = [process for process in processes if process.nodes]
    if not met:
        return ""
    problem = "the processes of this run met different instances: "
    versions = sorted({process.version for process in met if process.version})
    if len(versions) > 1:
        return f"{problem}versions {', '.join(versions)}"
    common = frozenset.intersection(*(process.nodes for process in met))
    all_named = all(process.nodes - {UNNAMED} for process in met)
    if common - {UNNAMED} or (common and not all_named):
        return ""
    seen = sorted(frozenset.union(*(process.nodes for process in met)))
    return problem + ", ".join(node or "one without a name" for node in seen)


def doubt(processes: Iterable[Met]) -> str:
    """Say that it cannot be told from some answers which instance they are of; empty if it can."""
    if not any(UNNAMED in process.nodes for process in processes):
        return ""
    rests = "that one instance answered all along rests on the version alone"
    return f"answers name no node (no X-Artifactory-Id; does a proxy take it away?): {rests}"
