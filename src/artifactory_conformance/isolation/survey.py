"""The climb: one identity looks at one repository, rung by rung, and remembers what it saw."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from artifactory_conformance.artifactory import Identity, Link, Repository
from artifactory_conformance.artifactory.errors import NotListed, PageUnavailable
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.evidence import Answer
from artifactory_conformance.isolation.canaries import answers_to_names, unheard_of
from artifactory_conformance.isolation.ladder import Finding, Rung, Sight, Word, word_for
from artifactory_conformance.isolation.origins import address_in_list, addresses_in_trace, origin_of_file
from artifactory_conformance.isolation.shapes import MOST_VERSIONS, breadth_of, layout_of_cache, layout_of_links, parity
from artifactory_conformance.isolation.walk import what_the_walk_shows


@dataclass
class Survey:
    """What somebody without administrator's rights sees of a repository, and what an administrator adds to it.

    allowed: the addresses that content may come from. most_versions: so many of one project may be the catalog's.
    Every method looks at one rung and gives its sight; nothing that fails on the way raises, it is unclear.
    """

    identity: Identity
    repository: Keyed
    allowed: Sequence[str]
    most_versions: int = MOST_VERSIONS
    sights: list[Sight] = field(default_factory=list)

    @property
    def word(self) -> Word:
        """What everything that was seen so far comes to."""
        return word_for(self.sights)

    def report(self) -> list[str]:
        """Give a line for each look."""
        return [str(sight) for sight in self.sights]

    def look_at_project(self, project: str) -> tuple[Sight, ...]:
        """E1 and E3 on the page of a project that the catalog has."""
        links = self.identity.links(self.repository, project)
        return self._saw(breadth_of(project, links, self.most_versions), layout_of_links(project, links))

    def compare(self, project: str, direct: Collection[tuple[str, str]]) -> Sight:
        """E2 on a project. direct: file name and sha256 of what the catalog itself offers."""
        return self._saw(parity(project, self.identity.links(self.repository, project), direct))[0]

    def look_at_cache(self, key: str) -> Sight:
        """E3 on what a remote's cache holds. key: that of the remote."""
        store = self.identity.storage(f"{key}-cache")
        return self._saw(layout_of_cache(store.key, store.paths()))[0]

    def ask_for_canaries(self, cold: Answer, canaries: Iterable[str]) -> Sight:
        """E4. cold: the answer to a request for something of the catalog that nobody had cached."""
        unknown = self.identity.get_page(self.repository, unheard_of())
        answers = {name: self.identity.get_page(self.repository, name) for name in canaries}
        return self._saw(answers_to_names(cold, unknown, answers, self.identity.index_url(self.repository)))[0]

    def trace(self, project: str) -> Sight:
        """E5: have the resolution of a project's page traced; it is done for real (A97)."""
        path = f"{self.repository.key}/.pypi/{project}.html?trace"
        return self._saw(addresses_in_trace(self.identity.get(path), self.allowed))[0]

    def look_at_origin(self, link: Link) -> Sight:
        """E6 on a file."""
        try:
            file = self.identity.fetch_ok(link)
        except PageUnavailable as error:
            return self._saw(Sight(Rung.ORIGIN, Finding.UNCLEAR, str(error)))[0]
        return self._saw(origin_of_file(file, self.allowed))[0]

    def look_at_list(self, key: str) -> Sight:
        """E7 on a remote."""
        try:
            entry = self.identity.listed(key)
        except NotListed as error:
            return self._saw(Sight(Rung.LIST, Finding.UNCLEAR, str(error)))[0]
        return self._saw(address_in_list(entry, self.allowed))[0]

    def walk(self, repository: Repository) -> Sight:
        """E8 on the same repository as an administrator sees it."""
        return self._saw(what_the_walk_shows(repository, self.allowed))[0]

    def _saw(self, *sights: Sight) -> tuple[Sight, ...]:
        self.sights += sights
        return sights
