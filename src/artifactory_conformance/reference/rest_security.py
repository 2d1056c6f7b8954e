"""Users and groups, version 1 (admin 5.1, admin 5.2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.rest_repositories import json_object
from artifactory_conformance.reference.security import Group, User

_USER_FIELDS: Mapping[str, tuple[str, type]] = {
    "email": ("email", str),
    "admin": ("admin", bool),
    "profileUpdatable": ("profile_updatable", bool),
    "disableUIAccess": ("ui_disabled", bool),
    "internalPasswordDisabled": ("internal_password_disabled", bool),
}
_GROUP_FIELDS: Mapping[str, tuple[str, type]] = {
    "description": ("description", str),
    "autoJoin": ("auto_join", bool),
    "adminPrivileges": ("admin", bool),
}


class UsersRest:
    """`/api/security/users` and `/api/security/groups`, for administrators."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def users(self, call: Call, base: str) -> Answer:
        """All users."""
        self._instance.access.require_admin(call.caller)
        names = sorted(self._instance.security.users)
        uri = f"{base}/api/security/users/"
        return as_json([{"name": name, "uri": uri + quote(name), "realm": "internal"} for name in names])

    def groups(self, call: Call, base: str) -> Answer:
        """All groups."""
        self._instance.access.require_admin(call.caller)
        uri = f"{base}/api/security/groups/"
        return as_json([{"name": name, "uri": uri + quote(name)} for name in sorted(self._instance.security.groups)])

    def user(self, call: Call, name: str) -> Answer:
        """Create or replace (201), update (200), show, delete one user. Raises RequestRefused."""
        self._instance.access.require_admin(call.caller)
        security = self._instance.security
        if call.method == "PUT":
            body = json_object(call)
            if not body.get("password"):
                raise RequestRefused(400, "Password cannot be empty")
            automatic = {group.name for group in list(security.groups.values()) if group.auto_join}
            groups = body["groups"] if body.get("groups") is not None else automatic
            security.save_user(self._changed(User(name), {**body, "groups": groups}))
            return Answer(201, b"", chunked=True)
        known = security.users.get(name)
        if known is None:
            raise RequestRefused(404, "Unable to find user")
        if call.method == "POST":
            security.save_user(self._changed(known, json_object(call)))
            return Answer(200, b"", chunked=True)
        if call.method == "DELETE":
            security.remove_user(name)
            return as_text(f"The user: '{name}' has been removed successfully.")
        if call.method != "GET":
            raise RequestRefused(405, "Method Not Allowed")
        return as_json(
            {
                "name": known.name,
                "email": known.email,
                "admin": known.admin,
                "profileUpdatable": known.profile_updatable,
                "disableUIAccess": known.ui_disabled,
                "internalPasswordDisabled": known.internal_password_disabled,
                "groups": sorted(known.groups),
                "realm": "internal",
            }
        )

    def _changed(self, user: User, body: dict[str, Any]) -> User:
        security = self._instance.security
        changed = replace(user, **_given(body, _USER_FIELDS))
        if body.get("password"):
            changed = replace(changed, password_hash=security.hashed(str(body["password"])))
        if body.get("groups") is not None:
            groups = frozenset(str(group) for group in body["groups"])
            unknown = sorted(groups - set(security.groups))
            if unknown:
                raise RequestRefused(400, f"Unable to find group '{unknown[0]}'")
            changed = replace(changed, groups=groups)
        return changed

    def group(self, call: Call, name: str) -> Answer:
        """Create or replace (201), update (200), show, delete one group. Raises RequestRefused."""
        self._instance.access.require_admin(call.caller)
        security = self._instance.security
        known = security.groups.get(name)
        if call.method == "PUT":
            self._save_group(Group(name), json_object(call))
            return Answer(201, b"", chunked=True)
        if known is None:
            raise RequestRefused(404, "Unable to find group")
        if call.method == "POST":
            self._save_group(known, json_object(call))
            return Answer(200, b"", chunked=True)
        if call.method == "DELETE":
            security.remove_group(name)
            return as_text(f"The group: '{name}' has been removed successfully.")
        if call.method != "GET":
            raise RequestRefused(405, "Method Not Allowed")
        members = sorted(user.name for user in list(security.users.values()) if name in user.groups)
        return as_json(
            {
                "name": name,
                "description": known.description,
                "autoJoin": known.auto_join,
                "adminPrivileges": known.admin,
                "realm": "internal",
                "userNames": members,
            }
        )

    def _save_group(self, group: Group, body: dict[str, Any]) -> None:
        security = self._instance.security
        security.save_group(replace(group, **_given(body, _GROUP_FIELDS)))
        if body.get("userNames") is None:
            return
        for user in list(security.users.values()):
            wanted = user.name in body["userNames"]
            groups = user.groups | {group.name} if wanted else user.groups - {group.name}
            security.save_user(replace(user, groups=groups))


def _given(body: Mapping[str, Any], fields: Mapping[str, tuple[str, type]]) -> dict[str, Any]:
    """What a body says of some fields, by attribute. A null says nothing: pyartifactory 2.x sends what it lacks so."""
    return {own: kind(body[name]) for name, (own, kind) in fields.items() if body.get(name) is not None}
