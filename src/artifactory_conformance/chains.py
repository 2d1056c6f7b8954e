"""Chains of sites: a remote repository of one Artifactory whose upstream is a repository of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from artifactory_conformance.artifactory import Identity, PageUnavailable, RemoteRepository
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.catalog import Published
from artifactory_conformance.labs import Lab


class UrlForm(str, Enum):
    """What goes into URL of such a remote. Its Registry URL is the upstream's index address without /simple (R-06)."""

    INDEX_ADDRESS = "https://<first>/artifactory/api/pypi/<key>"
    """The same value: it covers the links of the upstream's pages (R-07)."""
    STORAGE_ADDRESS = "https://<first>/artifactory/<key>"
    """As JFrog's page "Configure a Smart Remote Repository" has it; the links lie outside it."""


class NotChained(Exception):
    """Neither form of URL makes a remote that serves what its upstream serves."""


@dataclass(frozen=True)
class RepositoryElsewhere:
    """A repository of another Artifactory as an upstream, and who asks for it there."""

    url: str
    user: str
    password: str = field(repr=False)

    @staticmethod
    def seen_by(reader: Identity, repository: Keyed) -> RepositoryElsewhere:
        """Give it as somebody who may read it there."""
        address = reader.index_address(repository).removesuffix("/simple")
        return RepositoryElsewhere(address, reader.name, reader.password)

    def url_of(self, form: UrlForm) -> str:
        """Give what goes into URL in this form."""
        return self.url if form is UrlForm.INDEX_ADDRESS else self.url.replace("/api/pypi/", "/", 1)


def chained(lab: Lab, elsewhere: RepositoryElsewhere, form: UrlForm, retrieval_period: int = 7200) -> RemoteRepository:
    """Make a remote, in a lab at one site, of a repository that lies elsewhere."""
    return lab.remote_repository(elsewhere, url=elsewhere.url_of(form), retrievalCachePeriodSecs=retrieval_period)


def serves(lab: Lab, remote: RemoteRepository, published: Published) -> bool:
    """Tell whether a remote lists a distribution and gives something under its link."""
    asking = lab.administrator
    try:
        asking.fetch_ok(asking.page(remote, published.project).link_to(published.filename))
    except PageUnavailable:
        return False
    return True


def working_chain(
    lab: Lab, elsewhere: RepositoryElsewhere, probe: Published, retrieval_period: int = 7200
) -> RemoteRepository:
    """Make a remote of a repository elsewhere in the form of URL that serves a probe. Raises NotChained."""
    for form in UrlForm:
        remote = chained(lab, elsewhere, form, retrieval_period)
        if serves(lab, remote, probe):
            return remote
    raise NotChained(f"no remote of {elsewhere.url} serves {probe.filename}, whatever its URL")


class SecondSite:
    """Another Artifactory in the world of one check, with a lab of its own. end: takes it down for good."""

    def __init__(self, lab: Lab, end: Callable[[], None]) -> None:
        self.lab = lab
        self._end = end
        self.is_up = True

    def go_down(self) -> list[str]:
        """Remove what the check has made there and take the site down; give a line for each thing that stayed."""
        left = self.lab.close()
        self._end()
        self.is_up = False
        return left
