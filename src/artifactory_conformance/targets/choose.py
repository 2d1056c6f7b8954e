"""Which target the settings mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.targets.base import Connections, Target
from artifactory_conformance.targets.container import ContainerTarget
from artifactory_conformance.targets.embedded import EmbeddedTarget
from artifactory_conformance.targets.index import IndexTarget
from artifactory_conformance.targets.instance import InstanceTarget


def make_target(
    settings: Settings,
    connections: Connections,
    ledger: Ledger,
    make_secret: Callable[[], str],
    scratch: Path,
    *,
    root: Path = Path(),
    run: str = "by-hand",
    tell: Callable[[str], None] = lambda _: None,
) -> Target:
    """Make the target that the settings name; nothing is contacted or started yet.

    scratch: a folder of this process. root: that of the suite's own files. run: its name. tell: takes lines about a
    start that takes long.
    """
    if settings.target is TargetKind.EMBEDDED:
        return EmbeddedTarget(settings, connections, ledger, make_secret, scratch)
    if settings.target is TargetKind.INDEX:
        return IndexTarget(settings, connections, make_secret)
    if settings.target is TargetKind.CONTAINER:
        return ContainerTarget(settings, connections, ledger, make_secret, scratch, root, run, tell)
    return InstanceTarget(settings, connections, ledger, make_secret)
