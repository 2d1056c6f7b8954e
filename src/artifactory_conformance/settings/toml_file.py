"""One TOML file of somebody's, read with care: what is wrong with it is one line that quotes nothing of it."""

from __future__ import annotations

import os
import re
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from artifactory_conformance.settings.malformed import MalformedSettings, on_one_line

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LARGEST = 1_000_000
"""Bytes that such a file may have: more is another file by mistake."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PLACE = re.compile(r"\(at (line [0-9]+, column [0-9]+|end of document)\)")
_TYPES = {bool: "true or false", int: "a number", float: "a number with a point", str: "a text", dict: "a table"}


@dataclass(frozen=True)
class TomlFile:
    """What a file holds. private: it belongs to whoever runs this, and nobody else may read it."""

    path: Path
    data: dict[str, Any] = field(repr=False)
    private: bool


def read_toml(path: Path, looks_like: str) -> TomlFile:
    """Read a file; the null device is an empty one. looks_like: a line as it could hold one, for whoever it is new to.

    Raises MalformedSettings, with one line, for what cannot be read, is no file, too large, not UTF-8 or no TOML.
    """
    place = path.absolute()
    content, private = _content(place)
    try:
        return TomlFile(place, tomllib.loads(content.decode("utf-8-sig")), private)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal(place, f"is not UTF-8 (line {line}); save it as UTF-8") from None
    except (ValueError, RecursionError) as error:  # the parser's own words may quote what stands there
        found = _PLACE.search(str(error))
        where = f" ({found[1]})" if found else ""
        raise refusal(place, f"is no TOML{where}; it holds lines like: {looks_like}") from None


def refusal(path: Path, problem: str) -> MalformedSettings:
    """Give the error that says what is wrong with a file. problem: what, and what to do; without any secret."""
    return MalformedSettings(f"{on_one_line(str(path))}: {on_one_line(problem)}")


def type_of(value: object) -> str:
    """Give the type of a value in words."""
    return _TYPES.get(type(value), "a list" if isinstance(value, list) else "a date or a time")


def _content(path: Path) -> tuple[bytes, bool]:
    """Give the file's bytes, and whether it is private, both of what was opened."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # nobody may write to a pipe: no waiting
    except (OSError, ValueError) as error:
        raise refusal(path, f"cannot be read: {getattr(error, 'strerror', None) or 'no name of a file'}") from None
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) and not os.path.samestat(found, os.stat(os.devnull)):
            raise refusal(path, "is no file; name a file, or /dev/null for none")
        with os.fdopen(opened, "rb", closefd=False) as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise refusal(path, f"cannot be read: {error.strerror}") from None
    finally:
        os.close(opened)
    if len(content) > LARGEST:
        raise refusal(path, f"is larger than {LARGEST} bytes; name the right file")
    return content, found.st_uid == os.geteuid() and not found.st_mode & _OTHERS
