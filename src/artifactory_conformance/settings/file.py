"""The settings file, conformance.toml: read strictly, as text by name of a setting, with the file as its origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from artifactory_conformance.settings.malformed import MalformedSettings, on_one_line
from artifactory_conformance.settings.setting import Setting
from artifactory_conformance.settings.table import BY_NAME
from artifactory_conformance.settings.toml_file import read_toml, refusal, type_of

FILE_NAME = "conformance.toml"
"""What is looked for in the folder where pytest is called."""

LARGEST_NUMBER = 10**9

_EXAMPLE = 'repo = "pypi-remote"'
_NOT_THERE = ("config",)


@dataclass(frozen=True)
class SettingsFile:
    """What one file sets: texts by name of a setting. Paths in it are relative to its own folder."""

    path: Path
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def origin(self) -> str:
        """How a value says that it comes from here."""
        return on_one_line(str(self.path))


def read_settings_file(path: Path) -> SettingsFile:
    """Read a settings file; the null device is an empty one.

    Raises MalformedSettings, with one line, for a file that cannot be read or is no TOML, an unknown name, a value of
    another type than the setting's, and a password in a file that others may read.
    """
    file = read_toml(path, _EXAMPLE)
    texts = {name: _text(file.path, name, value) for name, value in file.data.items()}
    for name in texts:
        if BY_NAME[name].password and not file.private:
            raise refusal(
                file.path,
                f"{name} is a password, and others than you may read this file: chmod 600 it, "
                f"or set {BY_NAME[name].environment} instead",
            )
    return SettingsFile(file.path, texts)


def _text(path: Path, name: str, value: object) -> str:
    """Give a value as an option would give it."""
    setting = BY_NAME.get(name)
    if setting is None:
        near = get_close_matches(name.replace("-", "_").lower(), BY_NAME, 1)
        meant = f"; did you mean {near[0]}?" if near else "; docs/settings.md lists all"
        raise refusal(path, f"unknown setting {name[:60]!r}{meant}")
    if name in _NOT_THERE:
        raise refusal(path, f"{name} says which file this is; give it as {setting.option} or {setting.environment}")
    if setting.flag:
        if not isinstance(value, bool):
            raise _wrong_type(path, setting, "true or false", value)
        return str(value).lower()
    if setting.number:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _wrong_type(path, setting, "a number", value)
        if abs(value) > LARGEST_NUMBER:
            raise refusal(path, f"{name} must be a number, and this one has too many digits")
        return str(value)
    if setting.repeatable:
        return _list(path, setting, value)
    if not isinstance(value, str):
        raise _wrong_type(path, setting, "a text in quotes", value)
    return str(path.parent / value) if setting.path and value else value


def _list(path: Path, setting: Setting, value: object) -> str:
    if not isinstance(value, list):
        raise _wrong_type(path, setting, "a list of texts", value)
    for entry in value:
        if not isinstance(entry, str):
            raise _wrong_type(path, setting, "a list of texts", entry, "has an entry that is")
        if not entry.strip() or "," in entry:
            raise refusal(path, f"{setting.name} must have one name in each of its texts, without a comma")
    return ",".join(value)


def _wrong_type(path: Path, setting: Setting, wanted: str, value: object, seen: str = "is") -> MalformedSettings:
    return refusal(path, f"{setting.name} must be {wanted}, and {seen} {type_of(value)}")
