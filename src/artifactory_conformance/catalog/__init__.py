"""The suite's side of a fake catalog: organizations, what they publish, their faults and their journal, over HTTP.

Targets and fixtures may import it; it knows the catalog only by its control interface.
"""

from artifactory_conformance.catalog.account import CatalogAccount
from artifactory_conformance.catalog.bad_answers import BadAnswer, BadPage
from artifactory_conformance.catalog.faults import Fault, at_base
from artifactory_conformance.catalog.journal import Journal, Request
from artifactory_conformance.catalog.object_store import ObjectStore
from artifactory_conformance.catalog.organization import Organization, Published
from artifactory_conformance.catalog.public_index import PublicIndex
from artifactory_conformance.catalog.service import CatalogService, CatalogUnavailable

__all__ = [
    "BadAnswer",
    "BadPage",
    "CatalogAccount",
    "CatalogService",
    "CatalogUnavailable",
    "Fault",
    "Journal",
    "ObjectStore",
    "Organization",
    "PublicIndex",
    "Published",
    "Request",
    "at_base",
]
