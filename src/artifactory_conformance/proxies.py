"""An index in front of a catalog that the suite controls, whatever it is that stands there.

Fixtures make one: a remote repository of a lab, or an index at a URL behind which the catalog lies already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from artifactory_conformance.artifactory import Identity, Link, ProjectPage, Storage
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.catalog import Organization, Published
from artifactory_conformance.evidence import Answer, AnswerBrokeOff, BrokenOff


@dataclass(frozen=True)
class Proxy:
    """A proxy of a catalog, and who asks it. At an index its organization is that of all checks: each has projects of
    its own, and the catalog to itself while it runs.

    installer: gives an account that may install and nothing else. store: what is cached, where one can look into it.
    wait: lets its pages expire. new_name: names a project that did not exist before.
    """

    catalog: Organization
    index: Indexed
    asker: Identity
    installer: Callable[[], Identity]
    store: Storage | None
    wait: Callable[[], None]
    new_name: Callable[[], str]

    @property
    def home(self) -> str:
        """The address below which lies all that its pages lead to."""
        return self.asker.home_url(self.index)

    def as_installer(self) -> Proxy:
        """Give the same, asked by an account that may install and nothing else."""
        return replace(self, asker=self.installer())

    def publish(self, version: str = "1.0", **more: Any) -> Published:
        """Offer a distribution of a project that did not exist before; more: as for `Organization.publish`."""
        return self.catalog.publish(self.new_name(), version, **more)

    def get_page(self, project: str) -> Answer:
        """Ask for a project's page; whatever the answer is."""
        return self.asker.get_page(self.index, project)

    def page(self, project: str) -> ProjectPage:
        """Ask for a project's page and read it. Raises PageUnavailable if that is not what came."""
        return self.asker.page(self.index, project)

    def link_to(self, offered: Published) -> Link:
        """Ask for the page of a distribution's project, and give the link to it. Raises PageUnavailable."""
        return self.page(offered.project).link_to(offered.filename)

    def fetch(self, link: Link, **headers: str) -> Answer:
        """Download what a link names; whatever the answer is."""
        return self.asker.fetch(link, **headers)

    def fetch_ok(self, link: Link) -> Answer:
        """Download what a link names. Raises PageUnavailable if it does not come."""
        return self.asker.fetch_ok(link)

    def try_to_fetch(self, link: Link) -> Answer | BrokenOff:
        """Download what a link names, though the answer may break off: what passes things through can do no better.

        Raises TargetUnreachable if nothing comes for another reason, such as that it takes too long.
        """
        try:
            return self.asker.fetch(link)
        except AnswerBrokeOff as error:
            return BrokenOff(str(error))

    def try_to_get_page(self, project: str) -> Answer | BrokenOff:
        """Ask for a project's page, likewise."""
        try:
            return self.get_page(project)
        except AnswerBrokeOff as error:
            return BrokenOff(str(error))

    def holds_file(self, filename: str) -> bool | None:
        """Tell whether a file is cached; None where nobody can look."""
        return None if self.store is None else self.store.holds_file(filename)

    def let_pages_expire(self) -> None:
        """Let the time pass for which a page comes from the cache without the catalog being asked."""
        self.wait()


@contextmanager
def left_as_it_was(organization: Organization) -> Iterator[None]:
    """Have an organization without faults, in the usual form and with an empty journal, and leave it so."""
    _put_right(organization)
    try:
        yield
    finally:
        _put_right(organization)


def _put_right(organization: Organization) -> None:
    organization.set_faults()
    organization.set_page_form()
    organization.journal.clear()
