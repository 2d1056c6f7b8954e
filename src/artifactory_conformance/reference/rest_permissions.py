"""Permission targets, version 2 (admin 5.3)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.repositories import RepositoryClass
from artifactory_conformance.reference.rest_repositories import json_object
from artifactory_conformance.reference.security import ACTIONS, PermissionTarget


class PermissionsRest:
    """`/api/v2/security/permissions`, for administrators. A `+` in a name stands for a space."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def listing(self, call: Call, base: str) -> Answer:
        """All targets."""
        self._instance.access.require_admin(call.caller)
        uri = f"{base}/api/v2/security/permissions/"
        return as_json([{"name": name, "uri": uri + quote(name)} for name in sorted(self._instance.security.targets)])

    def of_user(self, call: Call, user: str) -> Answer:
        """The grants of one user, with those of its groups if the switch says so."""
        self._instance.access.require_admin(call.caller)
        security = self._instance.security
        known = security.users.get(user)
        if known is None:
            raise RequestRefused(404, "Unable to find user")
        groups = known.groups if self._instance.switches.on("user_grants_include_groups", "yes") else frozenset()
        found = []
        for target in list(security.targets.values()):
            actions = set(target.users.get(user, ())).union(*(target.groups.get(group, ()) for group in groups))
            if actions:
                found.append({"name": target.name, "repo": {"actions": sorted(actions), **_where(target)}})
        return as_json(found)

    def handle(self, call: Call, name: str) -> Answer:
        """Create (201, 409 if it exists), show, delete (200) one target. Raises RequestRefused.

        PUT replaces, and makes what is not there: so JFrog's own documentation of it says, 200 either way.
        """
        self._instance.access.require_admin(call.caller)
        security = self._instance.security
        name = name.replace("+", " ")
        known = security.targets.get(name)
        if call.method == "POST":
            if known is not None:
                raise RequestRefused(409, f"Permission target '{name}' already exists")
            security.save_target(target_of(self._instance, name, json_object(call)))
            return Answer(201, b"", chunked=True)
        if call.method == "PUT":
            security.save_target(target_of(self._instance, name, json_object(call)))
            return Answer(200, b"", chunked=True)
        if known is None:
            raise RequestRefused(404, f"Permission target '{name}' does not exist")
        if call.method == "DELETE":
            security.remove_target(name)
            return Answer(200, b"", chunked=True)
        if call.method != "GET":
            raise RequestRefused(405, "Method Not Allowed")
        actions = {"users": _actions(known.users), "groups": _actions(known.groups)}
        return as_json({"name": name, "repo": {**_where(known), "actions": actions}})


def target_of(instance: Instance, name: str, body: Mapping[str, Any]) -> PermissionTarget:
    """The target that the JSON of version 2 describes. Raises RequestRefused with status 400."""
    repo = body.get("repo")
    if body.get("name", name) != name or not isinstance(repo, dict):
        raise RequestRefused(400, "The permission target is incomplete, or its name is not the one in the path")
    keys = tuple(str(key) for key in repo.get("repositories") or ())
    for key in keys:
        named = instance.repositories.get(key)
        if named is not None and named.kind is RepositoryClass.VIRTUAL:
            raise RequestRefused(400, f"'{key}' is a virtual repository and cannot be in a permission target")
    actions = repo.get("actions") or {}
    return PermissionTarget(
        name,
        keys,
        _patterns(repo.get("include-patterns")) or ("**",),
        _patterns(repo.get("exclude-patterns")),
        _grants(actions.get("users")),
        _grants(actions.get("groups")),
    )


def _patterns(given: Any) -> tuple[str, ...]:
    """Patterns as they were given; an empty one is none, and JFrog's own documentation has it as the default."""
    return tuple(str(pattern) for pattern in given or () if pattern)


def _where(target: PermissionTarget) -> dict[str, Any]:
    return {
        "repositories": list(target.repositories),
        "include-patterns": list(target.includes),
        "exclude-patterns": list(target.excludes),
    }


def _actions(grants: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    return {name: sorted(actions) for name, actions in grants.items()}


def _grants(given: Any) -> dict[str, frozenset[str]]:
    grants = {str(name): frozenset(str(action) for action in actions) for name, actions in (given or {}).items()}
    unknown = sorted(frozenset().union(*grants.values()) - ACTIONS)
    if unknown:
        raise RequestRefused(400, f"Unknown action '{unknown[0]}'")
    return grants
