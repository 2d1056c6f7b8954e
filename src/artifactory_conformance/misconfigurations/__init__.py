"""Every misconfiguration: mistakes of administrators, each a small unit that names what it goes against."""

from collections.abc import Mapping

from artifactory_conformance.misconfigurations import (
    credentials,
    instance,
    permissions,
    remote_settings,
    urls,
    virtual,
)
from artifactory_conformance.misconfigurations.administrator import Administrator
from artifactory_conformance.misconfigurations.misconfiguration import Misconfiguration, in_module

__all__ = ["MISCONFIGURATIONS", "Administrator", "Misconfiguration"]

MODULES = (urls, credentials, remote_settings, permissions, virtual, instance)

MISCONFIGURATIONS: Mapping[str, Misconfiguration] = {
    name: one for module in MODULES for name, one in in_module(module).items()
}
