"""Options and environment variables become one frozen Settings; every value remembers where it came from.

The plugin makes it, targets and reporting read it; it imports only levels and the guide.
"""

from artifactory_conformance.settings.given import MalformedSettings
from artifactory_conformance.settings.resolve import resolve
from artifactory_conformance.settings.table import TABLE, Setting
from artifactory_conformance.settings.values import Administrator, Settings, TargetKind

__all__ = ["TABLE", "Administrator", "MalformedSettings", "Setting", "Settings", "TargetKind", "resolve"]
