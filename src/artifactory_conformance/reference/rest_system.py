"""Ping, version, licence and the settings of the whole instance (admin 1.3, admin 2.7, admin 5.5)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance

PRO_ONLY = (
    "This REST API is available only in Artifactory Pro (see: jfrog.com/artifactory/features). If you are already "
    "running Artifactory Pro please make sure your server is activated with a valid license key.\n"
)
_ADDONS = ["aql", "filestore", "layouts", "ldap", "properties", "pypi", "replication", "rest", "search", "xray"]


class SystemRest:
    """`/api/system`."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def handle(self, call: Call, path: str) -> Answer:
        """One of the calls below `/api/system/`. Raises RequestRefused."""
        routes = {
            ("GET", "version"): self._version,
            ("GET", "license"): self._license,
            ("GET", "licenses"): self._license,
            ("GET", "configuration"): self._configuration,
            ("PATCH", "configuration"): self._patch,
            ("PUT", "configuration/baseUrl"): self._base_url,
        }
        route = routes.get((call.method, path.strip("/")))
        if route is None:
            raise RequestRefused(404, "Not Found")
        return route(call)

    def _version(self, _call: Call) -> Answer:
        profile = self._instance.profile
        pro = not self._instance.is_oss
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
        if self._instance.is_oss:  # the text of an unlicensed server is not known; this one is at least genuine
            raise RequestRefused(400, PRO_ONLY)
        return as_json({"type": "Commercial", "validThrough": "Dec 31, 2099", "licensedTo": "reference model"})

    def _base_url(self, call: Call) -> Answer:
        self._instance.access.require_admin(call.caller)
        url = call.body.decode("utf-8", "replace").strip()
        self._instance.base_url = url.rstrip("/")
        return as_text(f'URL base has been successfully updated to "{url}".')

    def _configuration(self, call: Call) -> Answer:
        """The XML descriptor, as far as the model has what it describes."""
        self._instance.access.require_admin(call.caller)
        security = self._instance.security
        flags = {
            "anonAccessEnabled": security.anonymous_access,
            "hideUnauthorizedResources": security.hide_unauthorized,
        }
        lines = "".join(f"        <{name}>{str(value).lower()}</{name}>\n" for name, value in flags.items())
        text = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<config>\n    <urlBase>{self._instance.base_url}</urlBase>\n    <security>\n{lines}    </security>\n"
            "</config>\n"
        )
        return Answer(200, text.encode(), {"Content-Type": "application/xml"}, chunked=True)

    def _patch(self, call: Call) -> Answer:
        """YAML with changes: `security.anonAccessEnabled`, `security.hideUnauthorizedResources`, `urlBase`."""
        self._instance.access.require_admin(call.caller)
        try:
            wanted = yaml.safe_load(call.body)
        except yaml.YAMLError as error:
            raise RequestRefused(400, "The YAML of the request cannot be read") from error
        changes = list(_leaves(wanted, ""))
        security = self._instance.security
        for name, value in changes:
            if name == "security.anonAccessEnabled":
                security.anonymous_access = bool(value)
            elif name == "security.hideUnauthorizedResources":
                security.hide_unauthorized = bool(value)
            elif name == "urlBase":
                self._instance.base_url = str(value or "").rstrip("/")
            else:
                raise RequestRefused(400, f"The model does not have the setting '{name}'")
        return as_text(f"{len(changes)} changes to config merged successfully")


def ping() -> Answer:
    """Answers everybody (admin 2.5)."""
    return as_text("OK")


def _leaves(value: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise RequestRefused(400, "The YAML of the request is no mapping")
    for name, inner in value.items():
        path = f"{prefix}{name}"
        if isinstance(inner, dict):
            yield from _leaves(inner, f"{path}.")
        else:
            yield path, inner
