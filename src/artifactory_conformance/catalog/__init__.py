"""The suite's side of a fake catalog: organizations, what they publish, their faults and their journal, over HTTP.

Targets and fixtures may import it; it knows the catalog only by its control interface.
"""

from .faults import Fault
from .journal import Journal, Request
from .organization import Organization, Published
from .public_index import PublicIndex
from .service import CatalogService, CatalogUnavailable

__all__ = [
    "CatalogService",
    "CatalogUnavailable",
    "Fault",
    "Journal",
    "Organization",
    "PublicIndex",
    "Published",
    "Request",
]
