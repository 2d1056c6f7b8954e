"""Settings of the whole instance: `/api/system/configuration` (admin 2.7, admin 5.5, admin 6, D2)."""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

import yaml

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_text
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.repository_rules import configured

_CLASSES = {"localRepositories": "local", "remoteRepositories": "remote", "virtualRepositories": "virtual"}


class ConfigurationRest:
    """The descriptor, as far as the model has what it describes."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._setters: Mapping[str, Callable[[Any], None]] = {
            "urlBase": lambda value: self._set_base(str(value or "")),
            "offlineMode": lambda value: setattr(instance, "offline", bool(value)),
            "security.anonAccessEnabled": lambda value: setattr(instance.security, "anonymous_access", bool(value)),
            "security.hideUnauthorizedResources": lambda value: setattr(
                instance.security, "hide_unauthorized", bool(value)
            ),
            "quotaConfig.enabled": lambda value: setattr(instance.quota, "enabled", bool(value)),
            "quotaConfig.diskSpaceLimitPercentage": lambda value: setattr(instance.quota, "limit", int(value)),
            "quotaConfig.diskSpaceWarningPercentage": lambda value: setattr(instance.quota, "warning", int(value)),
        }

    def set_base_url(self, call: Call) -> Answer:
        """`PUT …/baseUrl` with the URL as text."""
        self._instance.access.require_admin(call.caller)
        url = call.body.decode("utf-8", "replace").strip()
        self._set_base(url)
        return as_text(f'URL base has been successfully updated to "{url}".')

    def _set_base(self, url: str) -> None:
        self._instance.base_url = url.rstrip("/")

    def show(self, call: Call) -> Answer:
        """The XML descriptor. Since 7.49 it has no repositories (admin 1.2)."""
        self._instance.access.require_admin(call.caller)
        security, quota = self._instance.security, self._instance.quota
        tree = {
            "urlBase": self._instance.base_url,
            "offlineMode": self._instance.offline,
            "security": {
                "anonAccessEnabled": security.anonymous_access,
                "hideUnauthorizedResources": security.hide_unauthorized,
            },
            "quotaConfig": {
                "enabled": quota.enabled,
                "diskSpaceLimitPercentage": quota.limit,
                "diskSpaceWarningPercentage": quota.warning,
            },
        }
        text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<config>\n{_xml(tree, 1)}</config>\n'
        return Answer(200, text.encode(), {"Content-Type": "application/xml"}, chunked=True)

    def patch(self, call: Call) -> Answer:
        """YAML with changes. Raises RequestRefused."""
        self._instance.access.require_admin(call.caller)
        try:
            wanted = yaml.safe_load(call.body)
        except yaml.YAMLError as error:
            raise RequestRefused(400, "The YAML of the request cannot be read") from error
        if not isinstance(wanted, dict):
            raise RequestRefused(400, "The YAML of the request is no mapping")
        count = sum(self._repositories(kind, wanted.pop(name)) for name, kind in _CLASSES.items() if name in wanted)
        changes = list(_leaves(wanted, ""))
        unknown = [name for name, _ in changes if name not in self._setters]
        if unknown:
            raise RequestRefused(400, f"The model does not have the setting '{unknown[0]}'")
        for name, value in changes:
            try:
                self._setters[name](value)
            except (TypeError, ValueError) as error:
                raise RequestRefused(400, f"The setting '{name}' cannot be {value!r}") from error
        return as_text(f"{count + len(changes)} changes to config merged successfully")

    def _repositories(self, kind: str, wanted: Any) -> int:
        """Repositories by YAML: the only way that free editions may have (admin 1.2, D20)."""
        instance = self._instance
        if instance.is_free and instance.switches.on("oss_yaml_repositories", "refused"):
            raise RequestRefused(400, "The descriptor contains repositories")
        if not isinstance(wanted, dict):
            raise RequestRefused(400, "Repositories are given by their keys")
        for key, given in wanted.items():
            if given is None:  # an element that is null is deleted
                self._remove(key)
                continue
            body = {**given, "rclass": kind, "packageType": given.get("type")}
            existing = instance.repositories.get(key)
            instance.repositories.save(configured(key, body, existing, instance.repositories, instance.switches))
        return len(wanted)

    def _remove(self, key: str) -> None:
        repository = self._instance.repositories.get(key)
        if repository is not None:
            self._instance.store.remove(repository.store_key, "")
            self._instance.repositories.remove(key)


def _leaves(value: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        path = f"{prefix}{name}"
        if isinstance(inner, dict):
            yield from _leaves(inner, f"{path}.")
        else:
            yield path, inner


def _xml(tree: Mapping[str, Any], depth: int) -> str:
    pad, lines = "    " * depth, []
    for name, value in tree.items():
        inner = f"\n{_xml(value, depth + 1)}{pad}" if isinstance(value, Mapping) else _text(value)
        lines.append(f"{pad}<{name}>{inner}</{name}>\n")
    return "".join(lines)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(str(value))
