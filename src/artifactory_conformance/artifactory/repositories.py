"""Repositories over REST: configurations as Artifactory stores them."""

from __future__ import annotations

from typing import Any

from artifactory_conformance.artifactory.rest import ABSENT, Rest
from artifactory_conformance.artifactory.waiting import until
from artifactory_conformance.evidence import RecordedSession


class Repositories:
    """The `/api/repositories` calls as one identity."""

    def __init__(self, session: RecordedSession) -> None:
        self._rest = Rest(session)

    def configuration(self, key: str) -> dict[str, Any] | None:
        """Read a repository's configuration as an administrator sees it; None if there is no such key.

        Raises ArtifactoryRefused, also for an answer that has not this key: that a setting is not in it says nothing.
        """

        def has_the_key(found: dict[str, Any]) -> bool:
            return str(found.get("key")).lower() == key.lower()

        what = f"read the configuration of {key}"
        return self._rest.get_object(f"api/repositories/{key}", what, is_one=has_the_key)

    def listed(self) -> list[dict[str, Any]]:
        """List the repositories that the identity may see: key, type, package type, url."""
        return list(self._rest.get("api/repositories", "list the repositories"))

    def create(self, configuration: dict[str, Any]) -> None:
        """Create a repository and wait until it can be read back."""
        key = configuration["key"]
        self._rest.write("PUT", f"api/repositories/{key}", f"create repository {key}", configuration)
        until(
            f"repository {key} can be read back", lambda: self.configuration(key), holds=lambda seen: seen is not None
        )

    def update(self, key: str, **fields: Any) -> None:
        """Change fields of a repository and wait until they can be read back (a password never can)."""
        self._rest.write("POST", f"api/repositories/{key}", f"change repository {key}", {"key": key, **fields})
        readable = {name: value for name, value in fields.items() if name != "password"}

        def unlike() -> list[str]:
            found = self.configuration(key) or {}
            return [name for name, value in readable.items() if found.get(name) != value]

        until(f"the change of {key} can be read back", unlike, holds=lambda names: not names)

    def delete(self, key: str) -> None:
        """Delete a repository with its content and wait until it is gone; one that is gone already is fine."""
        self._rest.write("DELETE", f"api/repositories/{key}", f"delete repository {key}", accept=(200, 204, *ABSENT))
        until(f"repository {key} is gone", lambda: self.configuration(key), holds=lambda seen: seen is None)
