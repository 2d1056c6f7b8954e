"""Repositories as checks speak of them: a key, what is stored under it, and its configuration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from artifactory_conformance.artifactory.errors import ArtifactoryRefused, NoSuchRepository, NotSettled
from artifactory_conformance.artifactory.repositories import Repositories
from artifactory_conformance.artifactory.storage import Storage
from artifactory_conformance.evidence import RecordedSession


@dataclass(frozen=True)
class PlainIndex:
    """An index that is known by its URL alone: no key, no configuration, and nobody can look into what it stores.

    url: without a final slash.
    """

    url: str

    def __str__(self) -> str:
        return "the index"


@dataclass(frozen=True)
class Repository:
    """A repository, seen through one identity's session."""

    key: str
    session: RecordedSession

    def __str__(self) -> str:
        return self.key

    def find(self) -> dict[str, Any] | None:
        """Read the stored configuration; None if there is no such repository."""
        return Repositories(self.session).configuration(self.key)

    def configuration(self) -> dict[str, Any]:
        """Read the stored configuration. Raises NoSuchRepository."""
        found = self.find()
        if found is None:
            raise NoSuchRepository(f"there is no repository {self.key}: create it, or name the right key")
        return found

    def change(self, **fields: Any) -> None:
        """Change fields of the configuration."""
        Repositories(self.session).update(self.key, **fields)

    def accepts(self, **fields: Any) -> bool:
        """Try to change fields of the configuration, and tell whether the instance takes them."""
        try:
            self.change(**fields)
        except ArtifactoryRefused:
            return False
        return True

    def takes(self, **fields: Any) -> bool:
        """Try to change fields of the configuration, and tell whether they are saved as they are."""
        try:
            self.change(**fields)
        except (ArtifactoryRefused, NotSettled):
            return False
        return True


class RemoteRepository(Repository):
    """A proxy; what it has fetched lies in its cache."""

    @property
    def cache(self) -> Storage:
        """The store behind it, a repository of its own: `<key>-cache` (C-06)."""
        return Storage(self.session, f"{self.key}-cache")

    def has_password(self) -> bool:
        """Tell whether a password is stored. It reads back encrypted (admin 3.2), so nothing else is told.

        Raises KeyError where the configuration does not show the field at all.
        """
        return bool(self.configuration()["password"])


class LocalRepository(Repository):
    """A repository that is uploaded to."""

    @property
    def stored(self) -> Storage:
        """What was uploaded."""
        return Storage(self.session, self.key)


class VirtualRepository(Repository):
    """Several repositories under one key; it stores nothing of its own."""
