"""Options, environment and a settings file become one frozen Settings; every value remembers where it came from.

The plugin makes it, targets and reporting read it; it imports only levels and the guide.
"""

from artifactory_conformance.settings.malformed import MalformedSettings, on_one_line
from artifactory_conformance.settings.options import given_options, options, parser_of_options, refuse_credentials
from artifactory_conformance.settings.resolve import resolve
from artifactory_conformance.settings.setting import Setting
from artifactory_conformance.settings.table import TABLE
from artifactory_conformance.settings.values import (
    Administrator,
    Bounds,
    ContainerSettings,
    Settings,
    Standpoint,
    TargetKind,
)

__all__ = [
    "TABLE",
    "Administrator",
    "Bounds",
    "ContainerSettings",
    "MalformedSettings",
    "Setting",
    "Settings",
    "Standpoint",
    "TargetKind",
    "given_options",
    "on_one_line",
    "options",
    "parser_of_options",
    "refuse_credentials",
    "resolve",
]
