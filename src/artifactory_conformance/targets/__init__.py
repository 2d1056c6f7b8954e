"""What is under test, behind one small protocol; nothing outside knows which one it is.

The plugin makes and ends a target, fixtures ask it; it imports artifactory, catalog, evidence, settings and sites.
"""

from .base import Connections, Target, TargetFailed
from .choose import make_target
from .pulse import Heart

__all__ = ["Connections", "Heart", "Target", "TargetFailed", "make_target"]
