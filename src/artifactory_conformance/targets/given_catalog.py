"""The fake catalog that runs already beside a target of somebody else's."""

from __future__ import annotations

import time

from artifactory_conformance.catalog import CatalogService, CatalogUnavailable
from artifactory_conformance.limits import LIMITS, Limits
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


def wait_for_catalog(service: CatalogService, limits: Limits = LIMITS) -> None:
    """Wait until a catalog that was just started answers. Raises CatalogUnavailable."""
    end = time.monotonic() + limits.service_start
    while True:
        try:
            service.check()
        except CatalogUnavailable:
            if time.monotonic() > end:
                raise
            time.sleep(limits.containers_pause)
        else:
            return
