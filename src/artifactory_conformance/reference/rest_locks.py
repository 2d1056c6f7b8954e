"""Locking of users who fail to log in: the policy, who is locked, and letting them in again (admin 5.5, C36)."""

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.rest_repositories import json_object
from artifactory_conformance.reference.security import LockPolicy

MOST_ATTEMPTS = 100


class LocksRest:
    """`/api/security/userLockPolicy`, `lockedUsers`, `unlockUsers` and `unlockAllUsers`, for administrators."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def handle(self, call: Call, path: str) -> Answer | None:
        """The answer to one of these calls; None if it is another. Raises RequestRefused."""
        name, _, user = path.partition("/")
        routes = {
            ("GET", "userLockPolicy"): self._show_policy,
            ("PUT", "userLockPolicy"): self._change_policy,
            ("GET", "lockedUsers"): self._locked,
            ("POST", "unlockUsers"): self._unlock,
            ("POST", "unlockAllUsers"): self._unlock,
        }
        route = routes.get((call.method, name))
        if route is None:
            return None
        self._instance.access.require_admin(call.caller)
        return route(call, user)

    def _show_policy(self, _call: Call, _user: str) -> Answer:
        policy = self._instance.security.lock_policy
        return as_json({"enabled": policy.enabled, "loginAttempts": policy.attempts})

    def _change_policy(self, call: Call, _user: str) -> Answer:
        wanted = json_object(call)
        attempts = wanted.get("loginAttempts", LockPolicy().attempts)
        if not isinstance(attempts, int) or not 1 <= attempts <= MOST_ATTEMPTS:
            raise RequestRefused(400, f"The number of attempts has to be between 1 and {MOST_ATTEMPTS}")
        self._instance.security.lock_policy = LockPolicy(bool(wanted.get("enabled")), attempts)
        return as_text("UserLockPolicy was successfully updated")

    def _locked(self, _call: Call, _user: str) -> Answer:
        return as_json(self._instance.authentication.suspension.locked())

    def _unlock(self, call: Call, user: str) -> Answer:
        self._instance.authentication.suspension.unlock(user or None)
        return as_text(f"User {user} was successfully unlocked" if user else "All users were successfully unlocked")
