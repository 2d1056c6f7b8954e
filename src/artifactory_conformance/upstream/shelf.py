"""What one organization offers: its projects and their files."""

import hashlib
import io
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from packaging.utils import canonicalize_name

from artifactory_conformance.distributions import Distribution, DistributionKind


@dataclass(frozen=True)
class PublishedFile:
    """A distribution on the shelf. `yanked` is the reason, and None for what is not yanked; `published` is a time in
    whole seconds of the epoch, since Last-Modified knows no smaller unit.
    """

    distribution: Distribution
    yanked: str | None = None
    published: int = field(default_factory=lambda: int(time.time()))

    @cached_property
    def metadata(self) -> bytes | None:
        """The METADATA of a wheel, which PEP 658 has beside the file; an sdist has none there."""
        if self.distribution.kind is not DistributionKind.WHEEL:
            return None
        with zipfile.ZipFile(io.BytesIO(self.distribution.content)) as archive:
            return archive.read(next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA")))

    @property
    def metadata_sha256(self) -> str | None:
        """Its hash, in hexadecimal."""
        return None if self.metadata is None else hashlib.sha256(self.metadata).hexdigest()


class Shelf:
    """The files by project and name; a name that is published again replaces the file."""

    def __init__(self, offered: Iterable[PublishedFile] = ()) -> None:
        self._projects: dict[str, dict[str, PublishedFile]] = {}
        for file in offered:
            self.put(file)

    def put(self, file: PublishedFile) -> None:
        """Publish, or replace the file of the same name."""
        self._projects.setdefault(file.distribution.project, {})[file.distribution.filename] = file

    def projects(self) -> list[str]:
        """The normalized names, sorted."""
        return sorted(self._projects)

    def files(self, project: str) -> list[PublishedFile]:
        """The files of a project, sorted by name; none if there is no such project."""
        files = self._projects.get(canonicalize_name(project), {})
        return [files[name] for name in sorted(files)]

    def find(self, sha256: str, filename: str) -> PublishedFile | None:
        """The file that is offered under this hash and this name at the moment."""
        for file in self._all():
            if file.distribution.filename == filename and file.distribution.sha256 == sha256:
                return file
        return None

    def withdraw_project(self, project: str) -> bool:
        """Take a project off the shelf; False if it was not there."""
        return self._projects.pop(canonicalize_name(project), None) is not None

    def withdraw_file(self, project: str, filename: str) -> bool:
        """Take a file off the shelf, and the project with its last file; False if it was not there."""
        files = self._projects.get(canonicalize_name(project), {})
        was_there = files.pop(filename, None) is not None
        if was_there and not files:
            self.withdraw_project(project)
        return was_there

    def _all(self) -> Iterator[PublishedFile]:
        for files in self._projects.values():
            yield from files.values()
