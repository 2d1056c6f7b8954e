"""Permission targets, version 1: letters for actions, patterns in one text (admin 5.3)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.patterns import split_patterns
from artifactory_conformance.reference.rest_permissions import target_of
from artifactory_conformance.reference.rest_repositories import json_object
from artifactory_conformance.reference.security import DELETE, MANAGE, READ, WRITE

_ACTIONS = {
    "r": READ,
    "w": WRITE,
    "n": "annotate",
    "d": DELETE,
    "m": MANAGE,
    "mxm": "managedXrayMeta",
    "x": "distribute",
}
_LETTERS = {action: letter for letter, action in _ACTIONS.items()}


class PermissionsRestV1:
    """`/api/security/permissions`, for administrators: the targets of version 2 in an older form.

    The facts tell of PUT and its JSON. That the same JSON is shown, and that a list, an absent target and a deletion
    are answered as in version 2, is what pyartifactory 2.x and dohq-artifactory 1.x expect. A `+` in a name stands for
    a space, as in version 2.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def listing(self, call: Call, base: str) -> Answer:
        """All targets."""
        self._instance.access.require_admin(call.caller)
        uri = f"{base}/api/security/permissions/"
        return as_json([{"name": name, "uri": uri + quote(name)} for name in sorted(self._instance.security.targets)])

    def handle(self, call: Call, name: str) -> Answer:
        """Create (201) or replace (200), show, delete (200) one target. Raises RequestRefused."""
        self._instance.access.require_admin(call.caller)
        security = self._instance.security
        name = name.replace("+", " ")
        known = security.targets.get(name)
        if call.method == "PUT":
            security.save_target(target_of(self._instance, name, _as_version_2(json_object(call))))
            return Answer(201 if known is None else 200, b"", chunked=True)
        if call.method not in ("GET", "DELETE"):
            raise RequestRefused(405, "Method Not Allowed")
        if known is None:
            raise RequestRefused(404, f"Permission target '{name}' does not exist")
        if call.method == "DELETE":
            security.remove_target(name)
            return Answer(200, b"", chunked=True)
        return as_json(
            {
                "name": name,
                "includesPattern": ",".join(known.includes),
                "excludesPattern": ",".join(known.excludes),
                "repositories": list(known.repositories),
                "principals": {"users": _letters(known.users), "groups": _letters(known.groups)},
            }
        )


def _as_version_2(body: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of version 2 that says the same. Raises RequestRefused with status 400."""
    principals = body.get("principals") or {}
    repo = {
        "repositories": body.get("repositories"),
        "include-patterns": split_patterns(str(body.get("includesPattern") or "")),
        "exclude-patterns": split_patterns(str(body.get("excludesPattern") or "")),
        "actions": {kind: _actions(principals.get(kind) or {}) for kind in ("users", "groups")},
    }
    return {**({"name": body["name"]} if "name" in body else {}), "repo": repo}


def _actions(grants: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Actions by principal; a letter that nobody knows stays what it is, and is refused as an unknown action."""
    return {name: [_ACTIONS.get(letter, letter) for letter in letters] for name, letters in grants.items()}


def _letters(grants: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    return {name: sorted(_LETTERS[action] for action in actions) for name, actions in grants.items()}
