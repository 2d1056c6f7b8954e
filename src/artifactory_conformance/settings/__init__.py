"""Options and environment variables become one frozen Settings; every value remembers where it came from.

The plugin makes it, targets and reporting read it; it imports only levels.
"""

from .resolve import MalformedSettings, resolve
from .table import TABLE, Setting
from .values import Administrator, Settings, TargetKind

__all__ = ["TABLE", "Administrator", "MalformedSettings", "Setting", "Settings", "TargetKind", "resolve"]
