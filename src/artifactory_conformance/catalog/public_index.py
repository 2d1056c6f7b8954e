"""The stand-in for the public index."""

from __future__ import annotations

from artifactory_conformance.catalog.organization import Organization
from artifactory_conformance.catalog.service import CatalogService

ONLY = "public"
"""The id of the one organization of an index in the public layout."""


class PublicIndex(Organization):
    """What must never be reached through the site: its offers, and the journal of everybody who asked for them.

    An index in the public layout has one organization, which is emptied for each check. Where the only controlled
    index is a catalog, a fresh organization there stands in, one that answers everybody.
    """

    def __init__(self, service: CatalogService) -> None:
        self._stays = service.is_public
        if self._stays:
            super().__init__(service, known=ONLY)
            self.clear()
        else:
            super().__init__(service, answers_everybody=True)

    def drop(self) -> None:
        """Leave nothing of it behind."""
        if self._stays:
            self.clear()
        else:
            super().drop()
