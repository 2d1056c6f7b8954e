"""Every effective value with where it came from, for people; secrets masked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from artifactory_conformance.settings.setting import Setting
from artifactory_conformance.settings.table import TABLE
from artifactory_conformance.settings.value import Value
from artifactory_conformance.settings.values import Settings

MASK = "********"
SHOWN_OF_AN_ORGANIZATION = 8
"""Characters of an organization's UUID that are shown: enough to tell two apart."""

_ORGANIZATION = ("organization", "catalog_user")


def echo(values: Mapping[str, Value], settings: Settings | None) -> str:
    """Give a table with a line a setting: name, value, origin.

    settings: what the values became; None if they are malformed, and then the texts are shown as they were given.
    """
    rows = [(setting.name, _shown(values[setting.name], settings), values[setting.name].origin) for setting in TABLE]
    name, value = (max(len(row[column]) for row in rows) for column in (0, 1))
    value = min(value, 48)
    return "".join(f"{row[0]:<{name}}  {row[1]:<{value}}  {row[2]}".rstrip() + "\n" for row in rows)


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Name the variables that begin like ours and set nothing: mistyped ones."""
    known = {setting.environment for setting in TABLE}
    return sorted(name for name in environment if name.startswith("CONFORMANCE_") and name not in known)


def _shown(value: Value, settings: Settings | None) -> str:
    setting = value.setting
    if setting.password:
        return MASK if value.text else "-"
    text = _in_effect(setting, settings) if settings and hasattr(settings, setting.name) else value.harmless()
    if setting.name in _ORGANIZATION and text:
        text = f"{text[:SHOWN_OF_AN_ORGANIZATION]}…"
    return (text if text.isprintable() else repr(text)) or "-"


def _in_effect(setting: Setting, settings: Settings) -> str:
    found = getattr(settings, setting.name)
    if isinstance(found, tuple):
        return ",".join(found)
    if isinstance(found, bool):
        return str(found).lower()
    return str(found.value if isinstance(found, Enum) else found or "")
