"""What an administrator can make on a free edition: repositories by a YAML patch, if at all (admin 11.1)."""

from __future__ import annotations

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
        key = self._ledger.name("remote")
        answers: list[Answer] = []
        wanted = {"type": "pypi", "url": url, "repoLayout": "simple-default"}
        self._footprint.create(
            "repository by patch",
            key,
            lambda: answers.append(self._patched.create(key, wanted)),
            lambda: self._patched.remove(key),
        )
        return key, answers[0]

    def listed(self) -> set[str]:
        """Give the keys of all repositories."""
        return {entry["key"] for entry in Repositories(self.session).listed()}

    def close(self) -> list[str]:
        """Remove everything; give a line for each thing that stays behind."""
        return self._footprint.remove()
