"""API keys: `/api/security/apiKey` (admin 5.6, C22). None are made any more from 7.98 on (release 19)."""

import secrets

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance


class ApiKeysRest:
    """Everybody makes, shows and revokes his own."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def handle(self, call: Call) -> Answer:
        """Raises RequestRefused."""
        if call.caller.anonymous:
            raise RequestRefused(401, "Authentication is required")
        keys, name = self._instance.authentication.api_keys, call.caller.name
        if call.method in ("POST", "PUT"):
            if not self._instance.switches.on("api_key_creation", "201"):
                raise RequestRefused(self._instance.switches.status("api_key_creation"), "API keys are disabled")
            if call.method == "POST" and name in keys.values():
                raise RequestRefused(400, "Api key already exists for this user")
            self._revoke(name)
            key = secrets.token_urlsafe(48)
            keys[key] = name
            return as_json({"apiKey": key}, 201 if call.method == "POST" else 200)
        if call.method == "DELETE":
            self._revoke(name)
            return as_text("Api key was revoked")
        own = next((key for key, owner in keys.items() if owner == name), None)
        return as_json({"apiKey": own} if own else {})

    def _revoke(self, name: str) -> None:
        keys = self._instance.authentication.api_keys
        for key in [key for key, owner in keys.items() if owner == name]:
            del keys[key]
