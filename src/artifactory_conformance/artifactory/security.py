"""Users, groups and permission targets over REST (v1 and v2: both on all of 7.x with Basic authentication)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from artifactory_conformance.artifactory.permission_target import PermissionTarget, granted_by
from artifactory_conformance.artifactory.rest import ABSENT, Rest
from artifactory_conformance.artifactory.waiting import until
from artifactory_conformance.evidence import RecordedSession

READ = "read"
DELETE = "delete"
MANAGE = "manage"
EVERY_ACTION = frozenset({"read", "write", "annotate", "delete", "manage"})
DEPLOY_CACHE = "write"
"""The interface calls it Deploy/Cache, REST calls it write (admin 5.3)."""


class Security:
    """The `/api/security` and `/api/v2/security` calls."""

    def __init__(self, session: RecordedSession) -> None:
        self._rest = Rest(session)

    def create_user(self, name: str, password: str, email: str, groups: Sequence[str] | None = ()) -> None:
        """Create a user that is in exactly these groups; None leaves it in those that every new user joins.

        A new user joins the groups with auto-join, `readers` among them, and reads everything by that
        (admin 5.1): so the groups are set once more, and read back.
        """
        user = {"name": name, "email": email, "password": password, "admin": False}
        wanted = user if groups is None else {**user, "groups": list(groups)}
        self._rest.write("PUT", f"api/security/users/{name}", f"create user {name}", wanted)
        if groups is not None and set(self._groups(name)) != set(groups):
            path, what = f"api/security/users/{name}", f"take user {name} out of the default groups"
            self._rest.write("POST", path, what, {**user, "groups": list(groups)})
            until(
                f"user {name} is in its own groups only",
                lambda: self._groups(name),
                holds=lambda s: set(s) == set(groups),
            )

    def _groups(self, name: str) -> list[str]:
        found = self.user(name)
        return list((found or {}).get("groups") or ())

    def user(self, name: str) -> dict[str, Any] | None:
        """Read a user; None if there is no such name."""
        return self._rest.get_object(f"api/security/users/{name}", f"read user {name}")

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password."""
        found = self.user(name) or {}
        body = {"name": name, "email": found.get("email") or f"{name}@conformance.invalid", "password": password}
        self._rest.write("POST", f"api/security/users/{name}", f"set the password of {name}", body)

    def change_own_password(self, name: str, old: str, new: str) -> None:
        """Give oneself another password: works on a fresh instance, whatever its edition and licence (admin 2.6)."""
        body = {"userName": name, "oldPassword": old, "newPassword1": new, "newPassword2": new}
        self._rest.write("POST", "api/security/users/authorization/changePassword", f"change {name}'s password", body)

    def delete_user(self, name: str) -> None:
        """Delete a user and wait until it is gone; one that is gone already is fine."""
        self._rest.write("DELETE", f"api/security/users/{name}", f"delete user {name}", accept=(200, 204, *ABSENT))
        until(f"user {name} is gone", lambda: self.user(name), holds=lambda seen: seen is None)

    def create_group(self, name: str, description: str) -> None:
        """Create a group that nobody joins by itself."""
        body = {"name": name, "description": description, "autoJoin": False}
        self._rest.write("PUT", f"api/security/groups/{name}", f"create group {name}", body)

    def group(self, name: str) -> dict[str, Any] | None:
        """Read a group; None if there is no such name."""
        return self._rest.get_object(f"api/security/groups/{name}", f"read group {name}")

    def delete_group(self, name: str) -> None:
        """Delete a group and wait until it is gone; one that is gone already is fine."""
        self._rest.write("DELETE", f"api/security/groups/{name}", f"delete group {name}", accept=(200, 204, *ABSENT))
        until(f"group {name} is gone", lambda: self.group(name), holds=lambda seen: seen is None)

    def permission(self, name: str) -> dict[str, Any] | None:
        """Read a permission target; None if there is no such name."""
        return self._rest.get_object(f"api/v2/security/permissions/{name}", f"read permission target {name}")

    def permissions(self) -> list[str]:
        """List the names of all permission targets."""
        listed = self._rest.get("api/v2/security/permissions", "list the permission targets")
        return [entry["name"] for entry in listed]

    def permission_targets(self) -> list[PermissionTarget]:
        """Read all permission targets that are about repositories, one request each."""
        found = [self.permission(name) or {} for name in self.permissions()]
        return [PermissionTarget.from_rest(target) for target in found if target.get("repo")]

    def grant(
        self,
        name: str,
        repositories: Sequence[str],
        users: Mapping[str, Sequence[str]],
        *,
        groups: Mapping[str, Sequence[str]] | None = None,
        include: Sequence[str] = ("**",),
        exclude: Sequence[str] = (),
    ) -> None:
        """Create or replace a permission target: these users' and groups' actions on these repositories' paths."""
        actions = {
            "users": {user: list(granted) for user, granted in users.items()},
            "groups": {group: list(granted) for group, granted in (groups or {}).items()},
        }
        target = {
            "name": name,
            "repo": {
                "include-patterns": list(include),
                "exclude-patterns": list(exclude),
                "repositories": list(repositories),
                "actions": actions,
            },
        }
        method = "PUT" if self.permission(name) is not None else "POST"
        self._rest.write(method, f"api/v2/security/permissions/{name}", f"write permission target {name}", target)

    def rights_on_remote(self, user: str, remote: str, *paths: str) -> frozenset[str]:
        """Give the actions of a user on a remote repository: its own, and those of its groups.

        paths: only what the user may do on all of these; without any, whatever the paths.

        Group memberships are added here, as it is unknown whether the call for a user's grants does (admin 11.10).
        Raises KeyError if there is no such user.
        """
        found = self.user(user)
        if found is None:
            raise KeyError(f"there is no user {user}")
        if found.get("admin"):
            return EVERY_ACTION  # an administrator needs no grant (C1)
        groups = list(found.get("groups") or ())
        targets = [target for target in self.permission_targets() if target.names_remote(remote)]
        on_each = [granted_by([one for one in targets if one.covers(path)], user, groups) for path in paths]
        return granted_by(targets, user, groups).intersection(*on_each)

    def revoke(self, name: str) -> None:
        """Delete a permission target and wait until it is gone; one that is gone already is fine."""
        path, what = f"api/v2/security/permissions/{name}", f"delete permission target {name}"
        self._rest.write("DELETE", path, what, accept=(200, 204, *ABSENT))
        until(f"permission target {name} is gone", lambda: self.permission(name), holds=lambda seen: seen is None)
