"""Permission targets as REST gives them, and what they say about one repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from artifactory_conformance.artifactory.path_patterns import let_through

ANY_REPOSITORY = ("ANY", "ANY REMOTE")
"""Placeholders that cover every remote repository (admin 5.3)."""

EVERY_PATH = frozenset({"**", "**/*"})
"""Include patterns that leave nothing out (C4)."""

NOBODY_IN_PARTICULAR = "anonymous"


@dataclass(frozen=True)
class PermissionTarget:
    """Actions of users and groups on the paths of some repositories; nothing is ever denied, only not granted (C1)."""

    name: str
    repositories: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    users: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]

    @staticmethod
    def from_rest(found: Mapping[str, Any]) -> PermissionTarget:
        """Read the body of version 2 of the REST call; what is missing there is empty here."""
        about = found["repo"]
        actions = about.get("actions") or {}
        return PermissionTarget(
            name=str(found.get("name", "")),
            repositories=tuple(about.get("repositories") or ()),
            include=tuple(about.get("include-patterns") or ()),
            exclude=tuple(about.get("exclude-patterns") or ()),
            users=_granted(actions.get("users")),
            groups=_granted(actions.get("groups")),
        )

    def names_remote(self, key: str) -> bool:
        """Tell whether a remote repository is among its repositories, by key or by placeholder."""
        return any(name in {key, *ANY_REPOSITORY} for name in self.repositories)

    @property
    def covers_every_path(self) -> bool:
        """Whether its patterns leave no path out; no include pattern at all means every path (C4)."""
        return not self.exclude and (not self.include or bool(EVERY_PATH & set(self.include)))

    def covers(self, path: str) -> bool:
        """Tell whether its patterns let a path through."""
        return let_through(self.include, self.exclude, path)

    def serves_somebody(self, *actions: str) -> bool:
        """Tell whether a user or a group has all of these actions; anonymous does not count: it is no account."""
        known = [granted for user, granted in self.users.items() if user != NOBODY_IN_PARTICULAR]
        return any(granted.issuperset(actions) for granted in (*known, *self.groups.values()))

    def grants(self, user: str, groups: Sequence[str]) -> frozenset[str]:
        """Give the actions that a user has by it, directly or as a member of these groups."""
        own = self.users.get(user, frozenset())
        return own.union(*(self.groups.get(group, frozenset()) for group in groups))


def granted_by(targets: Iterable[PermissionTarget], user: str, groups: Sequence[str]) -> frozenset[str]:
    """Give the actions that a user has by all of these targets together: grants add up (C1)."""
    return frozenset().union(*(target.grants(user, groups) for target in targets))


def _granted(given: Mapping[str, Sequence[str]] | None) -> dict[str, frozenset[str]]:
    return {name: frozenset(actions) for name, actions in (given or {}).items()}
