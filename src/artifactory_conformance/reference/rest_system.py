"""Ping, version and licence (admin 1.3, admin 2.5)."""

from dataclasses import replace

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.free_edition import PRO_ONLY
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.rest_configuration import ConfigurationRest

_ADDONS = ["aql", "filestore", "layouts", "ldap", "properties", "pypi", "replication", "rest", "search", "xray"]


class SystemRest:
    """`/api/system`."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._configuration = ConfigurationRest(instance)

    def handle(self, call: Call, path: str) -> Answer:
        """One of the calls below `/api/system/`. Raises RequestRefused."""
        routes = {
            ("GET", "version"): self._version,
            ("GET", "license"): self._license,
            ("GET", "licenses"): self._license,
            ("GET", "configuration"): self._configuration.show,
            ("PATCH", "configuration"): self._configuration.patch,
            ("PUT", "configuration/baseUrl"): self._configuration.set_base_url,
        }
        route = routes.get((call.method, path.strip("/")))
        if route is None:
            raise RequestRefused(404, "Not Found")
        return route(call)

    def _version(self, _call: Call) -> Answer:
        profile = self._instance.profile
        pro = not self._instance.is_free
        answer = as_json(
            {
                "version": profile.version,
                "revision": profile.revision,
                "addons": _ADDONS if pro else [],
                "license": f"{self._instance.node * 4}2" if pro else None,
            }
        )
        # Our own, so that no report takes a model for a real Artifactory; only here, where no fact is imitated closely.
        return replace(answer, headers={**answer.headers, "X-Reference-Model": profile.name})

    def _license(self, call: Call) -> Answer:
        self._instance.access.require_admin(call.caller)
        if self._instance.is_free:  # the text of an unlicensed server is not known; this one is at least genuine
            raise RequestRefused(400, PRO_ONLY)
        return as_json({"type": "Commercial", "validThrough": "Dec 31, 2099", "licensedTo": "reference model"})


def ping() -> Answer:
    """Answers everybody (admin 2.5)."""
    return as_text("OK")
