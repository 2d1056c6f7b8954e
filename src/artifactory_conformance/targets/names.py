"""Names that a catalog offers already, for checks that need a project which nobody has asked for yet."""

from __future__ import annotations

from collections.abc import Callable

from artifactory_conformance.catalog import Organization, Published
from artifactory_conformance.catalog.organization import new_name

AT_ONCE = 100
"""Names that are made together: more than a run at an index uses, so that it waits once."""


class NamesInTheList:
    """Projects of a catalog behind an index that keeps the list of projects, as it may, and knows no other.

    Each is offered with a distribution that is nobody's until a check takes the name, and offers its own.
    wait: lets the list of the index expire.
    """

    def __init__(self, organization: Organization, wait: Callable[[], None]) -> None:
        self._organization = organization
        self._wait = wait
        self._offered: list[Published] = []
        self._taken: list[str] = []

    def take(self) -> str:
        """Give a name that was never given, of which nothing is offered any more: offer something at once."""
        if not self._offered:
            self.make()
        held = self._offered.pop()
        self._taken.append(held.project)
        self._organization.withdraw(held)
        return held.project

    def make(self) -> None:
        """Offer names, and wait until the index has to know them."""
        for _ in range(AT_ONCE):
            self._offered.append(self._organization.publish(new_name(), "0"))
        self._wait()

    def withdraw(self) -> None:
        """Stop offering those that nobody took, and whatever checks have offered under the names that they took."""
        while self._offered:
            self._organization.withdraw_project(self._offered.pop().project)
        while self._taken:
            self._organization.withdraw_project(self._taken.pop())
