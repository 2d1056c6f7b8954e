"""Where the packages of a repository come from: the walk over its members, and the addresses behind them.

An address is judged by what is allowed, never by what is forbidden: a mirror of the public index has any name. What
lies behind an address that is not allowed (another Artifactory, a proxy) cannot be seen from here, so it counts as not
the catalog's. Configurations only: the content of local repositories is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from artifactory_conformance.artifactory import Repositories, Repository

ADDRESS_FIELDS = {"url": "URL", "pyPIRegistryUrl": "Registry URL"}
"""A PyPI remote fetches files below the one and project pages below the other (R-01)."""

_PORTS = {"http": 80, "https": 443}


class MembersUnknown(Exception):
    """A configuration that the walk needs cannot be read whole, so that the walk proves nothing."""


@dataclass(frozen=True)
class Member:
    """A repository that answers: reached from the repository at the start of `path`, itself at its end."""

    path: tuple[str, ...]
    configuration: Mapping[str, Any] = field(repr=False)

    @property
    def key(self) -> str:
        """Its key."""
        return self.path[-1]

    @property
    def repository_class(self) -> str:
        """What it is: local, remote or federated, in lower case."""
        return str(self.configuration["rclass"]).lower()

    @property
    def package_type(self) -> str:
        """What it holds, in lower case."""
        return str(self.configuration.get("packageType", "")).lower()

    def upstreams(self) -> tuple[Upstream, ...]:
        """Give every address that it fetches from; none unless it is a remote.

        Raises MembersUnknown if the configuration leaves one out: an empty Registry URL has a default (R-02).
        """
        if self.repository_class != "remote":
            return ()
        missing = [name for name in ADDRESS_FIELDS if not self.configuration.get(name)]
        if missing:
            raise MembersUnknown(f"the configuration of {self.key} does not show {' and '.join(missing)}")
        return tuple(Upstream(self.path, name, str(self.configuration[name])) for name in ADDRESS_FIELDS)


@dataclass(frozen=True)
class Upstream:
    """One address that a remote repository fetches from, and the way to it."""

    path: tuple[str, ...]
    field: str
    address: str

    def __str__(self) -> str:
        parts = urlsplit(self.address)
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return f"{' > '.join(self.path)}: {ADDRESS_FIELDS[self.field]} {shown}"

    def lies_within(self, allowed: str) -> bool:
        """Tell whether it is at or below an allowed address: same scheme, host and port, path by whole segments."""
        origin = _origin(self.address)
        if origin is None or origin != _origin(allowed):
            return False
        wanted = _segments(allowed)
        own = _segments(self.address)
        return ".." not in own and own[: len(wanted)] == wanted


def members_behind(repository: Repository) -> tuple[Member, ...]:
    """Walk from a repository through all virtual ones to what answers in the end, as far as an administrator sees.

    Raises MembersUnknown, and ArtifactoryRefused when a configuration may not be read.
    """
    return walk(repository.key, Repositories(repository.session).configuration)


def walk(key: str, read: Callable[[str], Mapping[str, Any] | None]) -> tuple[Member, ...]:
    """Walk depth first in the listed order; each repository is kept once, cycles end where they close (B1).

    read: gives a key's configuration, None if there is none. Raises MembersUnknown.
    """
    found: dict[str, Member] = {}
    seen: set[str] = set()

    def descend(path: tuple[str, ...]) -> None:
        if path[-1] in seen:
            return
        seen.add(path[-1])
        configuration = read(path[-1])
        if not configuration or not configuration.get("rclass"):
            raise MembersUnknown(f"{' > '.join(path)}: the configuration of {path[-1]} cannot be read")
        if str(configuration["rclass"]).lower() != "virtual":
            found[path[-1]] = Member(path, configuration)
            return
        if not isinstance(configuration.get("repositories"), list):
            raise MembersUnknown(f"{' > '.join(path)}: the configuration of {path[-1]} does not show its members")
        for member in configuration["repositories"]:
            descend((*path, str(member)))

    descend((key,))
    return tuple(found.values())


def strays(members: Iterable[Member], allowed: Iterable[str]) -> tuple[Upstream, ...]:
    """Give the addresses behind members that lie within none of the allowed ones. Raises MembersUnknown."""
    addresses = tuple(allowed)
    upstreams = [upstream for member in members for upstream in member.upstreams()]
    return tuple(one for one in upstreams if not any(one.lies_within(address) for address in addresses))


def unheard_of(kind: str = "unknown") -> str:
    """Make up a project name that no index has and no cache has met."""
    return f"{kind}-{uuid4().hex}"


def _origin(url: str) -> tuple[str, str, int | None] | None:
    parts = urlsplit(url.strip())
    try:
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname.rstrip("."), port) if parts.hostname else None


def _segments(url: str) -> list[str]:
    return [part for part in urlsplit(url.strip()).path.split("/") if part]
