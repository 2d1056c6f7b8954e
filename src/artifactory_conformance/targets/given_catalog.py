"""The fake catalog that runs already beside a target of somebody else's."""

from __future__ import annotations

from artifactory_conformance.catalog import CatalogService
from artifactory_conformance.settings import Settings
from artifactory_conformance.targets.base import Connections


def connect_catalog(settings: Settings, connections: Connections) -> CatalogService | None:
    """Give the catalog that the settings name; None if they name none.

    Raises CatalogUnavailable or TargetUnreachable.
    """
    if not settings.catalog_control:
        return None
    control = connections.to_catalog(settings.catalog_control)
    addresses = settings.catalog_address, settings.catalog_other_address
    service = CatalogService(control, addresses[0], connections.to_catalog, addresses[1])
    service.check()
    return service
