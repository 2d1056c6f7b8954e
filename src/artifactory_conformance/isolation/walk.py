"""E8: where the packages of a repository come from: the walk over its members, and the addresses behind them.

An address is judged by what is allowed, never by what is forbidden: a mirror of the public index has any name. What
lies behind an address that is not allowed (another Artifactory, a proxy) cannot be seen from here, so it counts as not
the catalog's. Configurations only: the content of local repositories is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from artifactory_conformance.artifactory import ArtifactoryRefused, Repositories, Repository
from artifactory_conformance.isolation.ladder import Finding, Rung, Sight

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

    @property
    def is_smart(self) -> bool:
        """Whether it is a remote that synchronizes with another Artifactory (3.2 f)."""
        synchronized = self.configuration.get("contentSynchronisation")
        return isinstance(synchronized, Mapping) and bool(synchronized.get("enabled"))

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
        return f"{' > '.join(self.path)}: {ADDRESS_FIELDS[self.field]} {shown(self.address)}"

    def lies_within(self, allowed: str) -> bool:
        """Tell whether it is at or below an allowed address."""
        return lies_within(self.address, allowed)


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


def blind_spots(members: Iterable[Member]) -> tuple[str, ...]:
    """Say behind which members something stands that no configuration shows (users 3.2).

    What lies in a local repository is none of it: somebody of the company has put it there.
    """
    found = []
    for member in members:
        where = " > ".join(member.path)
        if member.repository_class not in {"local", "remote"}:
            found.append(f"{where}: a {member.repository_class} repository has content of other sites")
        if member.is_smart:
            found.append(f"{where}: a smart remote shows another Artifactory, whatever that has behind it")
        if member.configuration.get("proxy"):
            found.append(f"{where}: what the proxy {member.configuration['proxy']} does is not seen from here")
    return tuple(found)


def what_the_walk_shows(repository: Repository, allowed: Iterable[str]) -> Sight:
    """E8: walk over all configurations behind a repository, as an administrator, and judge every address."""
    try:
        members = members_behind(repository)
        foreign = strays(members, allowed)
    except (MembersUnknown, ArtifactoryRefused) as error:
        return Sight(Rung.WALK, Finding.UNCLEAR, str(error))
    if foreign:
        return Sight(Rung.WALK, Finding.FOREIGN, "; ".join(str(stray) for stray in foreign))
    if unseen := blind_spots(members):
        return Sight(Rung.WALK, Finding.UNCLEAR, "; ".join(unseen))
    keys = ", ".join(member.key for member in members)
    return Sight(Rung.WALK, Finding.CLEAN, f"behind {repository} stand {keys or 'no repositories'}")


def lies_within(address: str, allowed: str) -> bool:
    """Tell whether an address is at or below an allowed one: same scheme, host and port, path by whole segments."""
    origin = origin_of(address)
    if origin is None or origin != origin_of(allowed):
        return False
    wanted, own = _segments(allowed), _segments(address)
    return ".." not in own and own[: len(wanted)] == wanted


def shown(address: str) -> str:
    """Give an address without the user and password that may be in it."""
    try:
        parts = urlsplit(address)
    except ValueError:  # it is none: nobody knows which part of it is a password
        return "what is no address"
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def origin_of(url: str) -> tuple[str, str, int | None] | None:
    """Give scheme, host and port of an address; None for what is none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname.rstrip("."), port) if parts.hostname else None


def _segments(url: str) -> list[str]:
    return [part for part in urlsplit(url.strip()).path.split("/") if part]
