"""What can be had at a site: its indexes, each with a project that it has, and the page and a small file of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from artifactory_conformance.artifactory.handles import PlainIndex, Repository
from artifactory_conformance.artifactory.pages import Link
from artifactory_conformance.evidence import Answer


@dataclass(frozen=True)
class SiteIndex:
    """One index that an account of the site can ask, and a project that it has."""

    repository: Repository | PlainIndex
    project: str

    def __str__(self) -> str:
        return f"{self.project} through {self.repository}"


SitePage: TypeAlias = tuple[SiteIndex, Answer]
"""One index of the site, and the page of its project as it was served."""


@dataclass(frozen=True)
class SiteFile:
    """A small file of one index of the site, as it was downloaded."""

    index: SiteIndex
    link: Link
    answer: Answer

    def __str__(self) -> str:
        return f"{self.link.filename} through {self.index.repository}"

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.answer.body
