"""The list of all projects that an index may have: nobody has to serve it, and a public one has no end (U5, V-10)."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from packaging.utils import canonicalize_name, is_normalized_name

from artifactory_conformance.evidence import Answer

_HREF = re.compile(r"""<a\s[^>]*?href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
"""A public index lists more projects than a parser of HTML reads in the time of a check."""


def projects_listed(answer: Answer) -> list[str]:
    """Give the normalized names that a root page in HTML links to, sorted; none if that is not what came.

    What a link says is the name (H-05, H-06): with a slash behind it or without, whatever its text is.
    """
    if answer.status != 200 or answer.media_type != "text/html":
        return []
    named = {_name(href) for href in _HREF.findall(answer.text)}
    return sorted(name for name in named if is_normalized_name(name))


def _name(href: str) -> str:
    try:
        path = urlsplit(href).path
    except ValueError:
        return ""
    return str(canonicalize_name(unquote(path.rstrip("/").rpartition("/")[2])))
