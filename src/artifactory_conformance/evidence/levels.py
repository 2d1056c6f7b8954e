"""What a request can do to a target, told from its method and path: the session refuses what is above the level."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from artifactory_conformance.verdicts import Level


class AboveLevel(Exception):
    """A check asked for more than the run's level allows: a mistake of the check, never sent."""


CONTEXT = "/artifactory"
"""Where Artifactory lives, if no proxy maps it elsewhere; Access and the router live beside it."""

_READS = frozenset({"GET", "HEAD", "OPTIONS"})

_QUIET_APIS = frozenset({"admin", "repositories", "search", "security", "storage", "storageinfo", "system", "v2"})
"""REST interfaces whose reads fetch nothing. Every other one may hand out files of a remote, as `pypi` does (U-01)."""

_TEST_BUTTON = "api/admin/repositories/testremote"
"""The one POST that changes nothing: it makes the instance ask the catalog once, and fills no cache (G6)."""

_MISLEADING = re.compile(r"//|[\\;\x00-\x1f]|(^|/)\.\.?(/|$)")
"""What a server may read as another path than it looks like: dot segments, path parameters, backslashes."""


def _decoded(path: str) -> str:
    """Undo percent-encoding until nothing is left of it, however often it was applied."""
    while (plain := unquote(path)) != path:
        path = plain
    return path


def reach_of(method: str, url: str, context: str) -> Level:
    """Give the lowest level at which a request may be sent.

    context: the path under which Artifactory lives (`/artifactory`, or empty behind some proxies).
    A read below a repository's key may fill its cache, a HEAD as well (F-05); below `<key>-cache` it cannot (A101).
    What is not known to be harmless counts as filling a cache, and so does a path that can be read in two ways.
    Raises ValueError for what is no URL.
    """
    if method.upper() not in _READS:
        own = f"{context.rstrip('/')}/{_TEST_BUTTON}"
        return Level.PULL if method.upper() == "POST" and urlsplit(url).path == own else Level.MUTATE
    path = _decoded(urlsplit(url).path)
    if _MISLEADING.search(path):
        return Level.PULL
    context = context.rstrip("/")
    root = context.removesuffix(CONTEXT)
    if path.startswith((f"{root}/access/api/", f"{root}/router/api/")):
        return Level.OBSERVE
    if f"{path}/" != f"{context}/" and not path.startswith(f"{context}/"):
        return Level.PULL
    first, _, rest = path[len(context) :].lstrip("/").partition("/")
    if first == "api":
        return Level.OBSERVE if rest.partition("/")[0] in _QUIET_APIS else Level.PULL
    return Level.OBSERVE if not first or first.endswith("-cache") else Level.PULL
