"""Settings of the whole instance: read from its descriptor, changed by a YAML patch, and put back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.waiting import until
from artifactory_conformance.evidence import RecordedSession

PATH = "api/system/configuration"
HIDE_EXISTENCE = "hideUnauthorizedResources"
ANONYMOUS_ACCESS = "anonAccessEnabled"


class InstanceSettings:
    """`/api/system/configuration`, as an administrator."""

    def __init__(self, session: RecordedSession) -> None:
        self._session = session

    def value(self, name: str) -> str | None:
        """Read one element of the descriptor by its name; None if there is none. Raises ArtifactoryRefused."""
        answer = self._session.request("GET", PATH)
        if answer.status != 200:
            raise ArtifactoryRefused("read the instance's configuration", answer)
        found = re.search(rf"<{re.escape(name)}>([^<]*)</{re.escape(name)}>", answer.text)
        return found[1].strip() if found else None

    def set_security(self, name: str, value: bool) -> None:
        """Switch a setting of the security section and wait until it reads back (admin 5.5)."""
        patch = json.dumps({"security": {name: value}}).encode()  # JSON is YAML
        answer = self._session.request("PATCH", PATH, data=patch, headers={"Content-Type": "application/yaml"})
        if answer.status != 200:
            raise ArtifactoryRefused(f"set {name}", answer)
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
