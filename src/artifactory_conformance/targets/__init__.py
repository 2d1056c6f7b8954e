"""What is under test, behind one small protocol; nothing outside knows which one it is.

The plugin makes and ends a target, fixtures ask it; it imports artifactory, catalog, evidence, settings and sites.
"""

from artifactory_conformance.targets.authority import Authority, bundle_in
from artifactory_conformance.targets.base import Connections, NothingToStart, Target, TargetFailed
from artifactory_conformance.targets.choose import make_target
from artifactory_conformance.targets.place import OUR_OWN, place_of
from artifactory_conformance.targets.pulse import Heart

__all__ = [
    "OUR_OWN",
    "Authority",
    "Connections",
    "Heart",
    "NothingToStart",
    "Target",
    "TargetFailed",
    "bundle_in",
    "make_target",
    "place_of",
]
