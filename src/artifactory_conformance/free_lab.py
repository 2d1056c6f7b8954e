"""What an administrator can make on a free edition: repositories by a YAML patch or a file (admin 1.2, admin 11.1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from artifactory_conformance.artifactory import Repositories
from artifactory_conformance.artifactory.patched import PatchedRepositories
from artifactory_conformance.evidence import Answer, RecordedSession
from artifactory_conformance.ledger import Footprint, Ledger


class FreeLab:
    """Scratch repositories of one check, gone afterwards.

    Nothing but their names says whose they are: whether such a patch takes more than it needs is unknown.
    """

    def __init__(self, session: RecordedSession, ledger: Ledger) -> None:
        self.session = session
        self._ledger = ledger
        self._footprint = Footprint(ledger)
        self._patched = PatchedRepositories(session)

    def patch_remote(self, url: str) -> tuple[str, Answer]:
        """Try to make a PyPI remote repository; its key, and what the instance says to that."""
        return self._make("remote", {"type": "pypi", "url": url, "repoLayout": "simple-default"})

    def patch_local(self) -> tuple[str, Answer]:
        """Try to make a generic local repository; its key, and what the instance says to that."""
        return self._make("local", {"type": "generic", "repoLayout": "simple-default"})

    def _make(self, kind: str, wanted: dict[str, Any]) -> tuple[str, Answer]:
        key, answers = self._ledger.name(kind), list[Answer]()
        self._footprint.create(
            "repository by patch",
            key,
            lambda: answers.append(self._patched.create(kind, key, wanted)),
            lambda: self._patched.remove(key),
        )
        return key, answers[0]

    def listed(self) -> set[str]:
        """Give the keys of all repositories."""
        return {entry["key"] for entry in Repositories(self.session).listed()}

    def close(self) -> list[str]:
        """Remove everything; give a line for each thing that stays behind."""
        return self._footprint.remove()


@dataclass(frozen=True)
class FirstStart:
    """A fresh free edition that has found repositories in the file of its first start, and what it made of them.

    remote: key of a PyPI remote of a catalog; local: of a generic local, which the file has as well.
    """

    session: RecordedSession
    remote: str = "first-start-remote"
    local: str = "first-start-local"

    @classmethod
    def file(cls, url: str) -> bytes:
        """Give the file, of which only the form of locals is known (admin 1.2); a remote's fields are those of REST."""
        wanted: tuple[tuple[str, str, str, dict[str, str]], ...] = (
            ("remote", cls.remote, "Pypi", {"url": url, "pyPIRegistryUrl": url}),
            ("local", cls.local, "Generic", {}),
        )
        items = {
            f"{kind}RepoConfigs": [
                {
                    "type": kind,
                    "repoType": kind.upper(),
                    "key": key,
                    "packageType": package_type,
                    "baseConfig": {"modelVersion": 2, "repoLayoutRef": "simple-default", "includesPattern": "**/*"},
                    "repoTypeConfig": fields,
                    "packageTypeConfig": {},
                    "securityConfig": {"hideUnauthorizedResources": False, "signedUrlTtl": 90},
                }
            ]
            for kind, key, package_type, fields in wanted
        }
        empty: dict[str, list[Any]] = {f"{kind}RepoConfigs": [] for kind in ("virtual", "federated", "releaseBundle")}
        return json.dumps({**items, **empty}).encode()

    def listed(self) -> dict[str, bool]:
        """Tell of each of the two whether it is there."""
        keys = {entry["key"] for entry in Repositories(self.session).listed()}
        return {key: key in keys for key in (self.remote, self.local)}
