"""Every defect: what broken releases would do, each a small unit that names what it stands for."""

from collections.abc import Mapping

from artifactory_conformance.reference.defects import (
    client_facing,
    configurations,
    connection_test,
    edition,
    logins,
    pages,
    refusals,
    remotes,
    rights,
)
from artifactory_conformance.reference.fault import Fault, in_module

MODULES = (pages, rights, refusals, logins, client_facing, configurations, remotes, connection_test, edition)

DEFECTS: Mapping[str, Fault] = {name: one for module in MODULES for name, one in in_module(module).items()}
