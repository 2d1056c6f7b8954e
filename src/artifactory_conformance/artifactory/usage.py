"""How much an instance stores, by its own storage summary (admin 6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from artifactory_conformance.artifactory.rest import Rest
from artifactory_conformance.evidence import RecordedSession

PATH = "api/storageinfo"


@dataclass(frozen=True)
class Usage:
    """A storage summary; sizes are texts with their unit, as the instance gives them."""

    store: Mapping[str, Any]
    repositories: Mapping[str, Mapping[str, Any]]

    @property
    def used(self) -> str:
        """Used space of the file store; empty if it is not told."""
        return str(self.store.get("usedSpace") or "")

    @property
    def percent_used(self) -> float:
        """Used space of the file store in per cent. Raises ValueError if it is not told."""
        found = re.search(r"\(([0-9.]+)%\)", self.used)
        if found is None:
            raise ValueError(f"the storage summary does not say which part is used, but {self.used!r}")
        return float(found[1])

    def used_by(self, key: str) -> str:
        """Used space of a repository (of a remote: of its cache); empty if the summary does not have it."""
        return str(self.repositories.get(key, {}).get("usedSpace") or "")

    @staticmethod
    def read(session: RecordedSession) -> Usage:
        """Read the summary as an administrator; it is made anew now and then only. Raises ArtifactoryRefused."""
        found = Rest(session).get(PATH, "read the storage summary")
        store, listed = found.get("fileStoreSummary") or {}, found.get("repositoriesSummaryList") or []
        return Usage(dict(store), {str(one.get("repoKey", "")): dict(one) for one in listed})

    @staticmethod
    def refresh(session: RecordedSession) -> None:
        """Have the summary made anew, which the instance does in its own time. Raises ArtifactoryRefused."""
        Rest(session).write("POST", f"{PATH}/calculate", "refresh the storage summary", accept=(200, 202, 204))
