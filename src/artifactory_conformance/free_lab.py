"""What an administrator can make on a free edition: repositories by a YAML patch, if at all (admin 11.1)."""

from __future__ import annotations

import json
from typing import Any

from artifactory_conformance.artifactory import ArtifactoryRefused, Repositories, until
from artifactory_conformance.artifactory.instance_settings import PATH
from artifactory_conformance.evidence import Answer, RecordedSession
from artifactory_conformance.ledger import Footprint, Ledger


class FreeLab:
    """Scratch repositories of one check, gone afterwards: an element that a patch has as null is deleted."""

    def __init__(self, session: RecordedSession, ledger: Ledger) -> None:
        self.session = session
        self._ledger = ledger
        self._footprint = Footprint(ledger)

    def patch_remote(self, url: str) -> tuple[str, Answer]:
        """Try to make a PyPI remote repository; its key, and what the instance says to that."""
        key = self._ledger.name("remote")
        answers: list[Answer] = []
        wanted = {"type": "pypi", "url": url, "repoLayout": "simple-default"}
        self._footprint.create(
            "repository", key, lambda: answers.append(self._patch(key, wanted)), lambda: self._remove(key)
        )
        return key, answers[0]

    def listed(self) -> set[str]:
        """Give the keys of all repositories."""
        return {entry["key"] for entry in Repositories(self.session).listed()}

    def close(self) -> list[str]:
        """Remove everything; give a line for each thing that stays behind."""
        return self._footprint.remove()

    def _patch(self, key: str, wanted: dict[str, Any] | None) -> Answer:
        patch = json.dumps({"remoteRepositories": {key: wanted}}).encode()  # JSON is YAML
        return self.session.request("PATCH", PATH, data=patch, headers={"Content-Type": "application/yaml"})

    def _remove(self, key: str) -> None:
        if key not in self.listed():
            return
        answer = self._patch(key, None)
        if answer.status != 200:
            raise ArtifactoryRefused(f"remove {key}", answer)
        until(f"{key} is gone", lambda: key not in self.listed())
