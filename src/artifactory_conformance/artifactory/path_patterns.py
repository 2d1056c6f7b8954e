"""Include and exclude patterns of repositories and permission targets, in the manner of Ant (C4, V-05)."""

from __future__ import annotations

import re
from collections.abc import Iterable

A_PAGE = ".pypi/example.html"
"""Where a project's page is cached (U-13)."""

A_FILE = f"{'0' * 64}/example-1.0-py3-none-any.whl"
"""Where a file is cached: at the catalog's own path (U-07, U-11)."""

_PARTS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_PART = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")


def split(text: str) -> tuple[str, ...]:
    """Give the patterns of a setting that separates them by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def let_through(include: Iterable[str], exclude: Iterable[str], path: str) -> bool:
    """Tell whether patterns let a path through: an exclude wins, no include at all means all (C4)."""
    wanted = tuple(include)
    if any(_matches(pattern, path) for pattern in exclude):
        return False
    return not wanted or any(_matches(pattern, path) for pattern in wanted)


def _matches(pattern: str, path: str) -> bool:
    whole = pattern + "**" if pattern.endswith("/") else pattern
    expression = "".join(_PARTS.get(part) or re.escape(part) for part in _PART.findall(whole))
    return re.fullmatch(expression, path) is not None
