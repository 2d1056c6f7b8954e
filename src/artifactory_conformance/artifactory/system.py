"""Version, licence and identity of an instance."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from artifactory_conformance.artifactory.errors import ArtifactoryRefused, message_of
from artifactory_conformance.artifactory.repositories import Repositories
from artifactory_conformance.evidence import Answer, RecordedSession

NO_SUCH_KEY = "no-such-repository-conformance"

CONTENT = "api/pypi/nowhere/simple/"
"""What a licence is needed for: 503 with a message without a valid one (admin 1.4), whatever the key."""


@dataclass(frozen=True)
class SystemVersion:
    """What `/api/system/version` says. refuses: whether REST refuses by name what only Pro has (admin 1.2).

    Only who asks for the edition knows that: it is no part of what an instance is known by.
    """

    version: str
    revision: str
    addons: Sequence[str]
    refuses: bool = field(default=False, compare=False)

    @property
    def serves_pypi(self) -> bool:
        """Whether this edition has PyPI repositories at all: the free ones have not (admin 1.1, admin 1.3)."""
        return bool(self.addons) and not self.refuses

    @property
    def edition(self) -> str:
        """Pro and above list their add-ons there, the free editions none (admin 1.3); nothing tells those apart."""
        if self.serves_pypi:
            return "Pro or above"
        return "free (its interface names Pro)" if self.addons else "free (no add-ons)"


def is_pro_only(answer: Answer) -> bool:
    """Tell whether an answer is the refusal of a REST call that only a licensed edition has (admin 1.2)."""
    return answer.status == 400 and "available only in artifactory pro" in message_of(answer).lower()


class System:
    """The `/api/system` calls."""

    def __init__(self, session: RecordedSession) -> None:
        self._session = session

    def version(self) -> SystemVersion:
        """Read version, revision and add-ons. Raises ArtifactoryRefused when the answer is no version."""
        return self.read_version(self._session.request("GET", "api/system/version"))

    def detect(self) -> SystemVersion:
        """Read the version, and find out the edition by both signs that are known (admin 1.3). Raises like version."""
        return self.with_edition(self.version())

    def with_edition(self, found: SystemVersion) -> SystemVersion:
        """Give a version with what the interface answers about a repository: one that is listed, if there is any."""
        try:
            keys = [str(entry["key"]) for entry in Repositories(self._session).listed()]
        except (ArtifactoryRefused, KeyError, TypeError):
            keys = []
        probe = self._session.request("GET", f"api/repositories/{[*keys, NO_SUCH_KEY][0]}")
        return replace(found, refuses=is_pro_only(probe))

    def lack_of_licence(self) -> str:
        """Give what it says for want of a valid licence, empty if it says no such thing (admin 1.4). For level pull."""
        answer = self._session.request("GET", CONTENT)
        told = message_of(answer)
        return told if answer.status >= 500 and "licen" in told.lower() else ""

    @staticmethod
    def read_licences(answer: Answer) -> tuple[str, ...]:
        """Read an answer as the kinds of licences, one of a single node, several of a cluster (admin 1.3).

        Raises ArtifactoryRefused when it tells none.
        """
        try:
            found = json.loads(answer.body)
            told = [one["type"] for one in found.get("licenses", [found])]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            told = []
        if answer.status != 200 or not told:
            raise ArtifactoryRefused("read the licence", answer)
        return tuple(str(kind) for kind in told)

    def licence(self) -> str:
        """Give the type of the licence, or what is said instead; never whom it was sold to."""
        answer = self._session.request("GET", "api/system/license")
        try:
            found = json.loads(answer.body)
            return str(found["type"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return message_of(answer) if answer.status != 200 else "not told"

    @staticmethod
    def read_version(answer: Answer) -> SystemVersion:
        """Read an answer as a version, which begins with a number: what is known of some versions goes by it.

        Raises ArtifactoryRefused when it is none.
        """
        if answer.status != 200:
            raise ArtifactoryRefused("read the version", answer)
        try:
            found = json.loads(answer.body)
            version, addons = found["version"], tuple(sorted(found.get("addons") or ()))
        except (ValueError, KeyError, TypeError, RecursionError):
            version, addons = None, ()
        if not isinstance(version, str) or not re.match(r"[0-9]", version):
            raise ArtifactoryRefused("read the version (no Artifactory answers like this)", answer)
        return SystemVersion(version, str(found.get("revision", "")), addons)
