"""Settings of the whole instance: read from its descriptor, changed by a YAML patch, and put back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.waiting import until
from artifactory_conformance.evidence import RecordedSession

PATH = "api/system/configuration"
HIDE_EXISTENCE = "hideUnauthorizedResources"
ANONYMOUS_ACCESS = "anonAccessEnabled"
QUOTA = "quotaConfig"
EXCEEDED = {"diskSpaceLimitPercentage": 2, "diskSpaceWarningPercentage": 1}


class InstanceSettings:
    """`/api/system/configuration`, as an administrator."""

    def __init__(self, session: RecordedSession) -> None:
        self._session = session

    def value(self, name: str, *, content: str = r"[^<]*") -> str | None:
        """Read one element of the descriptor by its name; None if there is none. Raises ArtifactoryRefused.

        content: a pattern of what may stand in it.
        """
        answer = self._session.request("GET", PATH)
        if answer.status != 200:
            raise ArtifactoryRefused("read the instance's configuration", answer)
        found = re.search(rf"<{re.escape(name)}>({content})</{re.escape(name)}>", answer.text, re.DOTALL)
        return found[1].strip() if found else None

    def section(self, name: str) -> dict[str, str]:
        """Read the elements of a section that holds nothing deeper; none if it is absent. Raises ArtifactoryRefused."""
        return dict(re.findall(r"<(\w+)>([^<]*)</\1>", self.value(name, content=r".*?") or ""))

    def set_security(self, name: str, value: bool) -> None:
        """Switch a setting of the security section and wait until it reads back (admin 5.5)."""
        self._patch(f"set {name}", {"security": {name: value}})
        wanted = str(value).lower()
        until(f"{name} reads back as {wanted}", lambda: self.value(name), holds=lambda seen: seen == wanted)

    @contextmanager
    def with_security(self, name: str, value: bool) -> Iterator[None]:
        """Have a setting of the security section otherwise for a while; afterwards it is what it was."""
        before = self.value(name)
        self.set_security(name, value)
        try:
            yield
        finally:
            self.set_security(name, before == "true")

    @contextmanager
    def with_base_url(self, url: str) -> Iterator[None]:
        """Have another custom base URL for a while: absolute links are made from it. Afterwards it is what it was."""
        before = self.value("urlBase") or ""
        self.set_base_url(url)
        try:
            yield
        finally:
            self.set_base_url(before)

    def set_base_url(self, url: str) -> None:
        """Set the custom base URL and wait until it reads back."""
        self._patch("set the base URL", {"urlBase": url})
        until("the base URL reads back", lambda: self.value("urlBase") or "", holds=lambda seen: seen == url)

    def set_offline(self) -> None:
        """Switch global offline mode on: no remote asks anybody any more (A45)."""
        self._patch("go offline", {"offlineMode": True})

    def exceed_quota(self) -> None:
        """Set a storage quota below what every disk has in use (admin 6)."""
        self._patch("set a quota", {QUOTA: {"enabled": True, **EXCEEDED}})

    @contextmanager
    def with_quota_exceeded(self) -> Iterator[None]:
        """Have a storage quota below what every disk has in use for a while; afterwards it is what it was (admin 6)."""
        before = self.section(QUOTA)
        self.exceed_quota()
        try:
            yield
        finally:
            limits = {name: int(before[name]) for name in EXCEEDED if before.get(name)}
            self._patch("put the quota back", {QUOTA: {"enabled": before.get("enabled") == "true", **limits}})

    def _patch(self, what: str, changes: Mapping[str, Any]) -> None:
        body = json.dumps(changes).encode()  # JSON is YAML
        answer = self._session.request("PATCH", PATH, data=body, headers={"Content-Type": "application/yaml"})
        if answer.status != 200:
            raise ArtifactoryRefused(what, answer)
