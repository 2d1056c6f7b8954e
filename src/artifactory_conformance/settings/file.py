"""The settings file, conformance.toml: read strictly, as text by name of a setting, with the file as its origin."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from artifactory_conformance.settings.malformed import MalformedSettings, on_one_line
from artifactory_conformance.settings.table import BY_NAME, Setting

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE_NAME = "conformance.toml"
"""What is looked for in the folder where pytest is called."""

LARGEST = 1_000_000
"""Bytes that a settings file may have: more is another file by mistake."""

LARGEST_NUMBER = 10**9

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PLACE = re.compile(r"\(at (line [0-9]+, column [0-9]+|end of document)\)")
_NOT_THERE = ("config",)


@dataclass(frozen=True)
class SettingsFile:
    """What one file sets: texts by name of a setting. Paths in it are relative to its own folder.

    private: nobody but its owner, who runs this, may read it.
    """

    path: Path
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    private: bool = True

    @property
    def origin(self) -> str:
        """How a value says that it comes from here."""
        return on_one_line(str(self.path))


def read_settings_file(path: Path) -> SettingsFile:
    """Read a settings file; the null device is an empty one.

    Raises MalformedSettings, with one line, for a file that cannot be read or is no TOML, an unknown name, a value of
    another type than the setting's, and a password in a file that others may read.
    """
    place = path.absolute()
    content, private = _content(place)
    texts = {name: _text(place, name, value) for name, value in _data(place, content).items()}
    for name in texts:
        if BY_NAME[name].password and not private:
            raise refusal(
                place,
                f"{name} is a password, and others than you may read this file: chmod 600 it, "
                f"or set {BY_NAME[name].environment} instead",
            )
    return SettingsFile(place, texts, private)


def refusal(path: Path, problem: str) -> MalformedSettings:
    """Give the error that says what is wrong with a file. problem: what, and what to do; without any secret."""
    return MalformedSettings(f"{on_one_line(str(path))}: {on_one_line(problem)}")


def _content(path: Path) -> tuple[bytes, bool]:
    """Give the file's bytes, and whether it is private, both of what was opened."""
    try:
        opened = os.open(
            path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
        )  # a pipe nobody writes to is no reason to wait
    except (OSError, ValueError) as error:
        raise refusal(path, f"cannot be read: {getattr(error, 'strerror', None) or 'no name of a file'}") from None
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) and not os.path.samestat(found, os.stat(os.devnull)):
            raise refusal(path, "is no file; give one that `python -m artifactory_conformance init` has written")
        with os.fdopen(opened, "rb", closefd=False) as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise refusal(path, f"cannot be read: {error.strerror}") from None
    finally:
        os.close(opened)
    if len(content) > LARGEST:
        raise refusal(path, f"is larger than {LARGEST} bytes, so it is no settings file")
    return content, found.st_uid == os.geteuid() and not found.st_mode & _OTHERS


def _data(path: Path, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal(path, f"is not UTF-8 (line {line}); save it as UTF-8") from None
    except (ValueError, RecursionError) as error:  # the parser's own words may quote what stands there
        place = _PLACE.search(str(error))
        where = f" ({place[1]})" if place else ""
        raise refusal(path, f'is no TOML{where}; it holds lines like: repo = "pypi-remote"') from None


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


_TYPES = {bool: "true or false", int: "a number", float: "a number with a point", str: "a text", dict: "a table"}


def _wrong_type(path: Path, setting: Setting, wanted: str, value: object, seen: str = "is") -> MalformedSettings:
    found = _TYPES.get(type(value), "a list" if isinstance(value, list) else "a date or a time")
    return refusal(path, f"{setting.name} must be {wanted}, and {seen} {found}")
