"""What a request can do to a target, told from its method and path: the session refuses what is above the level."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from ..verdicts import Level


class AboveLevel(Exception):
    """A check asked for more than the run's level allows: a mistake of the check, never sent."""


_READS = frozenset({"GET", "HEAD", "OPTIONS"})


def reach_of(method: str, url: str, context: str) -> Level:
    """Give the lowest level at which a request may be sent.

    context: the path under which Artifactory lives (`/artifactory`, or empty behind some proxies).
    A read below a repository's key may fill its cache, a HEAD as well (F-05); below `<key>-cache` it cannot (A101).
    """
    if method.upper() not in _READS:
        return Level.MUTATE
    path = unquote(urlsplit(url).path)
    if path.startswith("/access/"):
        return Level.OBSERVE
    path = path.removeprefix(context).lstrip("/")
    first, _, rest = path.partition("/")
    if first == "api":
        return Level.PULL if rest.startswith("pypi/") else Level.OBSERVE
    return Level.OBSERVE if not first or first.endswith("-cache") else Level.PULL
