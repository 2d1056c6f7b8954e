"""Which target the settings mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.targets.base import Connections, Target
from artifactory_conformance.targets.embedded import EmbeddedTarget
from artifactory_conformance.targets.index import IndexTarget
from artifactory_conformance.targets.instance import InstanceTarget


def make_target(
    settings: Settings, connections: Connections, ledger: Ledger, make_secret: Callable[[], str], scratch: Path
) -> Target:
    """Make the target that the settings name; nothing is contacted or started yet."""
    if settings.target is TargetKind.EMBEDDED:
        return EmbeddedTarget(settings, connections, ledger, make_secret, scratch)
    if settings.target is TargetKind.INDEX:
        return IndexTarget(settings, connections, make_secret)
    return InstanceTarget(settings, connections, ledger, make_secret)
