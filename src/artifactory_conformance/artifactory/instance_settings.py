"""Settings of the whole instance: read from its descriptor, changed by a YAML patch, and put back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.waiting import until
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.ledger import Ledger

PATH = "api/system/configuration"
HIDE_EXISTENCE = "hideUnauthorizedResources"
ANONYMOUS_ACCESS = "anonAccessEnabled"
QUOTA = "quotaConfig"
EXCEEDED = {"diskSpaceLimitPercentage": 2, "diskSpaceWarningPercentage": 1}


BASE_URL = "urlBase"
_SECURITY = "security."


class InstanceSettings:
    """`/api/system/configuration`, as an administrator."""

    def __init__(self, session: RecordedSession, ledger: Ledger | None = None) -> None:
        """ledger: where a change is written down before it is made; without one nothing is changed for a while."""
        self._session = session
        self._ledger = ledger

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

    def with_security(self, name: str, value: bool) -> AbstractContextManager[None]:
        """Have a setting of the security section otherwise for a while; afterwards it is what it was."""
        return self._changed(f"{_SECURITY}{name}", value)

    def with_base_url(self, url: str) -> AbstractContextManager[None]:
        """Have another custom base URL for a while: absolute links are made from it. Afterwards it is what it was."""
        return self._changed(BASE_URL, url)

    def with_quota_exceeded(self) -> AbstractContextManager[None]:
        """Have a storage quota below what every disk has in use for a while; afterwards it is what it was (admin 6)."""
        return self._changed(QUOTA, {"enabled": True, **EXCEEDED})

    @contextmanager
    def _changed(self, setting: str, during: Any) -> Iterator[None]:
        assert self._ledger is not None
        before = self.read(setting)
        with self._ledger.while_changed(setting, before, during, lambda: self.write(setting, before)):
            self.write(setting, during)
            yield

    def read(self, setting: str) -> Any:
        """Read what `write` writes, as JSON has it. Raises KeyError for a setting that no run changes."""
        if setting == QUOTA:
            found = self.section(QUOTA)
            limits = {name: int(found[name]) for name in EXCEEDED if found.get(name)}
            return {"enabled": found.get("enabled") == "true", **limits}
        if setting == BASE_URL:
            return self.value(BASE_URL) or ""
        return self.value(_in_security(setting)) == "true"

    def write(self, setting: str, value: Any) -> None:
        """Set security.<name>, the base URL or the quota. Raises ArtifactoryRefused, NotSettled, or as `read` does."""
        if setting == QUOTA:
            self._patch("set a quota", {QUOTA: value})
        elif setting == BASE_URL:
            self.set_base_url(value)
        else:
            self.set_security(_in_security(setting), value)

    def set_base_url(self, url: str) -> None:
        """Set the custom base URL and wait until it reads back."""
        self._patch("set the base URL", {BASE_URL: url})
        until("the base URL reads back", lambda: self.value(BASE_URL) or "", holds=lambda seen: seen == url)

    def set_offline(self) -> None:
        """Switch global offline mode on: no remote asks anybody any more (A45)."""
        self._patch("go offline", {"offlineMode": True})

    def exceed_quota(self) -> None:
        """Set a storage quota below what every disk has in use (admin 6)."""
        self.write(QUOTA, {"enabled": True, **EXCEEDED})

    def _patch(self, what: str, changes: Mapping[str, Any]) -> None:
        body = json.dumps(changes).encode()  # JSON is YAML
        answer = self._session.request("PATCH", PATH, data=body, headers={"Content-Type": "application/yaml"})
        if answer.status != 200:
            raise ArtifactoryRefused(what, answer)


def _in_security(setting: str) -> str:
    """Give the name of a setting in the security section. Raises KeyError."""
    if setting.removeprefix(_SECURITY) not in {HIDE_EXISTENCE, ANONYMOUS_ACCESS}:
        raise KeyError(setting)
    return setting.removeprefix(_SECURITY)
