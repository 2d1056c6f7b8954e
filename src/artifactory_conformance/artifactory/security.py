"""Users and permission targets over REST (users v1, permissions v2: both on all of 7.x with Basic authentication)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..evidence import RecordedSession
from .rest import Rest
from .waiting import until

READ = "read"
DEPLOY_CACHE = "write"
"""The interface calls it Deploy/Cache, REST calls it write (artifactory-admin 5.3)."""
DELETE = "delete"

ABSENT = (400, 404)


class Security:
    """The `/api/security` and `/api/v2/security` calls."""

    def __init__(self, session: RecordedSession) -> None:
        self._rest = Rest(session)

    def create_user(self, name: str, password: str, groups: Sequence[str] = ()) -> None:
        """Create a user that is in exactly these groups.

        A new user joins the groups with auto-join, `readers` among them, and reads everything by that
        (artifactory-admin 5.1): so the groups are set once more, and read back.
        """
        user = {"name": name, "email": f"{name}@conformance.invalid", "password": password, "admin": False}
        self._rest.write("PUT", f"api/security/users/{name}", f"create user {name}", {**user, "groups": list(groups)})
        if set(self._groups(name)) != set(groups):
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
        found = self._rest.get(f"api/security/users/{name}", f"read user {name}", absent=ABSENT)
        return dict(found) if found is not None else None

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password."""
        found = self.user(name) or {}
        body = {"name": name, "email": found.get("email") or f"{name}@conformance.invalid", "password": password}
        self._rest.write("POST", f"api/security/users/{name}", f"set the password of {name}", body)

    def delete_user(self, name: str) -> None:
        """Delete a user; one that is gone already is fine."""
        self._rest.write("DELETE", f"api/security/users/{name}", f"delete user {name}", accept=(200, 204, *ABSENT))

    def permission(self, name: str) -> dict[str, Any] | None:
        """Read a permission target; None if there is no such name."""
        path, what = f"api/v2/security/permissions/{name}", f"read permission target {name}"
        found = self._rest.get(path, what, absent=ABSENT)
        return dict(found) if found is not None else None

    def permissions(self) -> list[str]:
        """List the names of all permission targets."""
        listed = self._rest.get("api/v2/security/permissions", "list the permission targets")
        return [entry["name"] for entry in listed]

    def grant(
        self,
        name: str,
        repositories: Sequence[str],
        users: Mapping[str, Sequence[str]],
        *,
        include: Sequence[str] = ("**",),
    ) -> None:
        """Create or replace a permission target: these users' actions on these repositories' paths."""
        target = {
            "name": name,
            "repo": {
                "include-patterns": list(include),
                "exclude-patterns": [],
                "repositories": list(repositories),
                "actions": {"users": {user: list(actions) for user, actions in users.items()}, "groups": {}},
            },
        }
        method = "PUT" if self.permission(name) is not None else "POST"
        self._rest.write(method, f"api/v2/security/permissions/{name}", f"write permission target {name}", target)

    def revoke(self, name: str) -> None:
        """Delete a permission target; one that is gone already is fine."""
        path, what = f"api/v2/security/permissions/{name}", f"delete permission target {name}"
        self._rest.write("DELETE", path, what, accept=(200, 204, *ABSENT))
