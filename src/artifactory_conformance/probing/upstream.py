"""What the catalog itself says, past the instance: asked by its customer, or read in its journal where it is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from artifactory_conformance.artifactory.errors import PageUnavailable
from artifactory_conformance.artifactory.pages import read_either_page
from artifactory_conformance.catalog import CatalogAccount, Organization
from artifactory_conformance.evidence import TargetUnreachable

Ask = Callable[[], Any]


@dataclass
class NewProject:
    """Projects that are offered for the questions alone, at a catalog that the suite controls."""

    organization: Organization
    _names: list[str] = field(default_factory=list)

    def one(self) -> str:
        """Give the name of one, the same each time."""
        return self._names[0] if self._names else self.another()

    def another(self) -> str:
        """Give the name of one that has not been asked for."""
        self._names.append(self.organization.publish_new().project)
        return self._names[-1]

    def asked_with(self) -> str:
        """Say with what credentials the catalog was asked for any of them last: right, wrong, none; or not at all."""
        if not self._names:
            return "not asked"
        asked = [one for one in self.organization.journal.requests() if any(name in one.path for name in self._names)]
        return asked[-1].credentials if asked else "not asked"


def questions(catalog: CatalogAccount, project: str) -> Iterator[tuple[str, Ask]]:
    """Give what is asked with the organization's own credentials. project: one that the catalog should have."""
    yield "path", lambda: catalog.path
    yield "user", lambda: catalog.user
    if project:
        yield "page", lambda: _page(catalog, project)


def _page(catalog: CatalogAccount, project: str) -> dict[str, Any]:
    try:
        answer = catalog.get_page(project)
    except TargetUnreachable as error:
        return {"reached": False, "problem": str(error)}
    told: dict[str, Any] = {"reached": True, "status": answer.status}
    try:
        told["links"] = len(read_either_page(project, answer).links)
    except PageUnavailable:
        told["links"] = 0
    return told
