"""Ant-style patterns of repositories and permission targets (C4, V-05)."""

import functools
import re
from collections.abc import Iterable

EVERYTHING = ("**", "**/*")


def split_patterns(text: str) -> tuple[str, ...]:
    """The patterns of a comma-separated setting."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


@functools.lru_cache(maxsize=1024)
def _expression(pattern: str) -> re.Pattern[str]:
    out, rest = "", pattern + "**" if pattern.endswith("/") else pattern
    while rest:
        if rest.startswith("**/"):
            out, rest = out + "(?:[^/]+/)*", rest[3:]
        elif rest == "/**":
            out, rest = out + "(?:/.*)?", ""
        elif rest.startswith("**"):
            out, rest = out + ".*", rest[2:]
        elif rest[0] == "*":
            out, rest = out + "[^/]*", rest[1:]
        elif rest[0] == "?":
            out, rest = out + "[^/]", rest[1:]
        else:
            out, rest = out + re.escape(rest[0]), rest[1:]
    return re.compile(out)


def matches(pattern: str, path: str) -> bool:
    """Whether `path` (no leading slash) matches `pattern`."""
    return pattern in EVERYTHING or _expression(pattern).fullmatch(path) is not None


def matches_below(pattern: str, folder: str) -> bool:
    """Whether something below `folder` could match: what decides for folders (C4)."""
    if matches(pattern, folder):
        return True
    wanted, given = pattern.split("/"), [part for part in folder.split("/") if part]
    for position, part in enumerate(given):
        if position >= len(wanted):
            return False
        if wanted[position] == "**":
            return True
        if not matches(wanted[position], part):
            return False
    return len(given) < len(wanted)


def accepted(includes: Iterable[str], excludes: Iterable[str], path: str, *, folder: bool = False) -> bool:
    """Whether a path passes: an exclude wins, no include means all (C4)."""
    if any(matches(pattern, path) for pattern in excludes):
        return False
    wanted = tuple(includes)
    test = matches_below if folder else matches
    return not wanted or any(test(pattern, path) for pattern in wanted)
