"""Every defect: what broken releases would do, each a small unit that names what it stands for."""

from collections.abc import Mapping

from artifactory_conformance.reference.defects import (
    cache,
    catalog_answers,
    catalog_links,
    catalog_pages,
    clearing,
    client_facing,
    configurations,
    connection_test,
    contention,
    edition,
    headers,
    isolation,
    logins,
    merging,
    metadata,
    misses,
    negotiation,
    outbound,
    pages,
    refusals,
    remotes,
    replication,
    rights,
)
from artifactory_conformance.reference.fault import Fault, in_module

MODULES = (
    cache,
    catalog_answers,
    catalog_links,
    catalog_pages,
    clearing,
    client_facing,
    configurations,
    connection_test,
    contention,
    edition,
    headers,
    isolation,
    logins,
    merging,
    metadata,
    misses,
    negotiation,
    outbound,
    pages,
    refusals,
    remotes,
    replication,
    rights,
)

DEFECTS: Mapping[str, Fault] = {name: one for module in MODULES for name, one in in_module(module).items()}
