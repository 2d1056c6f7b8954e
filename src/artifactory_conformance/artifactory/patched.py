"""Repositories by a YAML patch: the only way that a free edition may have (admin 11.1)."""

from __future__ import annotations

import json
from typing import Any

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.instance_settings import PATH
from artifactory_conformance.artifactory.repositories import Repositories
from artifactory_conformance.artifactory.waiting import until
from artifactory_conformance.evidence import Answer, RecordedSession


class PatchedRepositories:
    """Repositories in `/api/system/configuration`, as an administrator."""

    def __init__(self, session: RecordedSession) -> None:
        self._session = session

    def create(self, kind: str, key: str, wanted: dict[str, Any]) -> Answer:
        """Try to make one, a `local` or a `remote`; what the instance says to that."""
        return self._patch(kind, key, wanted)

    def listed(self, key: str) -> dict[str, Any] | None:
        """Give what the list of repositories says of one; None if it has none of this key."""
        found = [entry for entry in Repositories(self._session).listed() if entry["key"] == key]
        return found[0] if found else None

    def remove(self, key: str) -> None:
        """Remove one, for an element that a patch has as null is deleted, and wait until it is gone.

        One that is gone already is fine. Raises ArtifactoryRefused or NotSettled.
        """
        if (there := self.listed(key)) is None:
            return
        answer = self._patch(str(there["type"]).lower(), key, None)
        if answer.status != 200:
            raise ArtifactoryRefused(f"remove {key}", answer)
        until(f"{key} is gone", lambda: self.listed(key), holds=lambda seen: seen is None)

    def _patch(self, kind: str, key: str, wanted: dict[str, Any] | None) -> Answer:
        patch = json.dumps({f"{kind}Repositories": {key: wanted}}).encode()  # JSON is YAML
        return self._session.request("PATCH", PATH, data=patch, headers={"Content-Type": "application/yaml"})
