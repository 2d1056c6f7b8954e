"""The results of earlier nights: one results.json for each version, edition and mode."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artifactory_conformance.containers.releases import numbers_of
from artifactory_conformance.reporting.results import SCHEMA_VERSION

_FILE = re.compile(r"(7\.[0-9]{1,6}\.[0-9]{1,6})-([a-z]+)-([a-z]+)\.json")


class HistoryUnreadable(Exception):
    """A file of the history cannot be used. The message is one line and says what to do."""


@dataclass(frozen=True)
class Subject:
    """What one run is of. version: a release. edition: of Artifactory. mode: how it is started."""

    version: str
    edition: str
    mode: str

    def __str__(self) -> str:
        return f"{self.version}-{self.edition}-{self.mode}"


class History:
    """A folder of results, which is made when the first are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def subjects(self) -> list[Subject]:
        """Give what there are results of."""
        names = (path.name for path in self._folder.glob("*.json"))
        return [Subject(*found.groups()) for found in map(_FILE.fullmatch, sorted(names)) if found]

    def read(self, subject: Subject) -> dict[str, Any] | None:
        """Give the last results of something; None if there are none. Raises HistoryUnreadable."""
        path = self._path(subject)
        return read_results(path) if path.exists() else None

    def previous(self, subject: Subject) -> Subject | None:
        """Give the newest older version of the same edition and mode; None if there is none."""
        older = [
            other
            for other in self.subjects()
            if (other.edition, other.mode) == (subject.edition, subject.mode)
            and numbers_of(other.version) < numbers_of(subject.version)
        ]
        return max(older, key=lambda other: numbers_of(other.version), default=None)

    def keep(self, subject: Subject, results: Path) -> None:
        """Keep results in place of earlier ones, in one move."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._folder / f".{subject}.{os.getpid()}"
        shutil.copyfile(results, new)
        os.replace(new, self._path(subject))

    def _path(self, subject: Subject) -> Path:
        return self._folder / f"{subject}.json"


def read_results(path: Path) -> dict[str, Any]:
    """Read a results.json. Raises HistoryUnreadable."""
    try:
        found = json.loads(path.read_text("utf-8"))
        known = found["schema_version"] == SCHEMA_VERSION
        rows = [*found["checks"], *found["clauses"]]
        if not (known and all(isinstance(row["id"], str) and isinstance(row["verdict"], str) for row in rows)):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise HistoryUnreadable(
            f"{path}: is no results.json of schema version {SCHEMA_VERSION}; remove it, and its version is judged anew"
        ) from None
    return dict(found)
