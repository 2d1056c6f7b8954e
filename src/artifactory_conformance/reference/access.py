"""Refusals for want of a permission, in the form that the caller gets (P-01 to P-10, C23)."""

from artifactory_conformance.reference.authentication import CHALLENGE
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Principal
from artifactory_conformance.reference.logs import Logs
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.security import DELETE, READ, WRITE, Security
from artifactory_conformance.reference.switches import SwitchSet

_OVERWRITE = {  # B-31: it changed over the years
    "one": "overwrite artifact",
    "delete": "delete/overwrite artifact",
    "all": "delete/overwrite all artifacts under",
}


class Access:
    """The questions that requests ask, each answered by nothing or by a refusal."""

    def __init__(self, security: Security, logs: Logs, switches: SwitchSet) -> None:
        self._security = security
        self._logs = logs
        self._switches = switches

    def _allowed(self, store_key: str, path: str, who: Principal, action: str) -> bool:
        """Index pages are judged by their storage path, or by any right in the repository (P-09, open 21)."""
        if path.startswith(".pypi/") and self._switches.on("index_permission", "repository"):
            return self._security.allowed_somewhere(who, store_key, action)
        return self._security.allowed(who, store_key, path, action)

    def require_read(self, store_key: str, path: str, who: Principal) -> None:
        """Raises RequestRefused, existing or not (C24): 403, hidden 404, anonymous 401 (P-05, P-06, P-10, A23)."""
        if self._allowed(store_key, path, who, READ):
            return
        self._logs.denied("DOWNLOAD", store_key, path, who.name, anonymous=who.anonymous)
        if self._security.hide_unauthorized:
            raise RequestRefused(404, "Resource not found")
        message = f"Download request for repo:path '{store_key}:{path}' is forbidden for user: '{who.name}'."
        raise for_caller(RequestRefused(403, message), who)

    def may_store(self, store_key: str, path: str, who: Principal) -> bool:
        """Whether the caller has Deploy/Cache on a path (P-01)."""
        return self._allowed(store_key, path, who, WRITE)

    def store_refusal(self, store_key: str, path: str, who: Principal, status: int) -> RequestRefused:
        """The refusal of P-04; whether hiding of unauthorised resources changes it is open (P-06)."""
        self._logs.denied("DEPLOY", store_key, path, who.name, anonymous=who.anonymous)
        if self._security.hide_unauthorized and self._switches.on("hide_deploy_refusal", "yes"):
            return RequestRefused(404, "Resource not found")
        message = (
            f"Rejected artifact download request: The user: '{who.name}' is not permitted to deploy '{path}' "
            f"into '{store_key}:{path}'."
        )
        return RequestRefused(status, message)

    def require_deploy(self, repository: Repository, path: str, who: Principal, *, replaces: bool) -> None:
        """The checks of an upload: patterns (V-06), Deploy 403, overwriting 403 or hidden 404 (T-03)."""
        if not repository.accepts(path):
            status = self._switches.status("pattern_rejected_deploy")
            raise RequestRefused(status, f"The repository '{repository.key}' rejected the resolution of '{path}'.")
        if not self._security.allowed(who, repository.key, path, WRITE):
            self._logs.denied("DEPLOY", repository.key, path, who.name, anonymous=who.anonymous)
            message = f"The user: '{who.name}' is not permitted to deploy '{path}' into '{repository.key}:{path}'."
            raise for_caller(RequestRefused(403, message), who)
        if replaces and not self._security.allowed(who, repository.key, path, DELETE):
            self._logs.denied("DELETE", repository.key, path, who.name, anonymous=who.anonymous)
            if self._security.hide_unauthorized:
                raise RequestRefused(404, f"Could not locate artifact '{repository.key}:{path}'")
            verb = _OVERWRITE[self._switches.value("overwrite_wording")]
            message = (
                f"Not enough permissions to {verb} '{repository.key}:{path}' "
                f"(user: '{who.name}' needs DELETE permission)."
            )
            raise for_caller(RequestRefused(403, message), who)

    def require_admin(self, who: Principal) -> None:
        """Raises RequestRefused: 403, anonymous 401 (C40)."""
        if not who.admin:
            raise for_caller(RequestRefused(403, "Forbidden"), who)


def for_caller(refusal: RequestRefused, who: Principal) -> RequestRefused:
    """A 403 becomes a challenge for the anonymous user (A16); everybody else gets it as it is (P-10, A15)."""
    if refusal.status == 403 and who.anonymous:
        return type(refusal)(401, "Unauthorized", CHALLENGE)
    return type(refusal)(refusal.status, refusal.message, refusal.headers)
