"""What a run takes of the settings where the server is somebody's: how much it may be asked, and by which proxy."""

from __future__ import annotations

from artifactory_conformance.settings.given import Given
from artifactory_conformance.settings.value import COMMAND_LINE
from artifactory_conformance.settings.values import Bounds, TargetKind
from artifactory_conformance.verdicts import Level

OTHERS = frozenset({TargetKind.INSTANCE, TargetKind.INDEX})
"""Targets that the suite has not started."""

_NUMBERS = ("requests_per_second", "connections", "max_requests", "max_megabytes")
_REQUESTS = {Level.OBSERVE: 5_000, Level.PULL: 5_000, Level.MUTATE: 50_000}
"""A full run sends about 1200 at level pull, and 9500 at level mutate."""
_MEGABYTES = {Level.OBSERVE: 20, Level.PULL: 20, Level.MUTATE: 200}
_MEGABYTES_AT_AN_INDEX = 100
"""Up to 32 of them are of files that are compared, with what their pages say."""


def bounds_of(given: Given, target: TargetKind, level: Level) -> Bounds:
    """Give how much may be asked; no bounds for what the run starts itself. Raises MalformedSettings."""
    values = {name: given.number(name, least=0) for name in _NUMBERS if given.text(name)}
    if target not in OTHERS:
        for name in (*_NUMBERS, "no_wrong_passwords"):
            if given[name].origin == COMMAND_LINE:
                raise given[name].refuse("is for a server of somebody's: --target instance or index")
        return Bounds()
    megabytes = _MEGABYTES_AT_AN_INDEX if target is TargetKind.INDEX else _MEGABYTES[level]
    defaults = {"max_requests": _REQUESTS[level], "max_megabytes": megabytes}
    return Bounds(**{**defaults, **values})


def proxy_of(given: Given, target: TargetKind) -> str:
    """Give the proxy's URL without credentials; empty if there is none. Raises MalformedSettings."""
    proxy = given.url("proxy")
    for one, other in (("proxy_user", "proxy_password"), ("proxy_password", "proxy_user")):
        if given.text(one) and not (given.text(other) and proxy):
            raise given[one].refuse("is given without --proxy (CONFORMANCE_PROXY), or the other of the two")
    if proxy and target not in OTHERS:
        raise given["proxy"].refuse("is for a server of somebody's: what the run starts itself is on this machine")
    return proxy
