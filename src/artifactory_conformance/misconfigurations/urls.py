"""Mistakes in the remote repository's addresses."""

from __future__ import annotations

from artifactory_conformance.misconfigurations.administrator import Administrator
from artifactory_conformance.misconfigurations.misconfiguration import misconfiguration


@misconfiguration("REMOTE-04")
def registry_url_left_at_its_default(administrator: Administrator) -> None:
    """Registry URL still names the public index, as Artifactory fills it in."""
    administrator.change_remote(pyPIRegistryUrl="https://pypi.org")
