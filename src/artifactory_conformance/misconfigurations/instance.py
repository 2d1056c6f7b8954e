"""Mistakes in the settings of the whole instance."""

from __future__ import annotations

from artifactory_conformance.misconfigurations.administrator import Administrator
from artifactory_conformance.misconfigurations.misconfiguration import misconfiguration


@misconfiguration("client C13", "U-02", "T13", "H-05", everywhere=True)
def wrong_base_url(administrator: Administrator) -> None:
    """The custom base URL names the host that the instance had before it moved."""
    administrator.instance.set_base_url("http://artifactory.before-the-move.example.com/artifactory")


@misconfiguration("TROUBLE-06", "BEST-02", everywhere=True)
def storage_quota_reached(administrator: Administrator) -> None:
    """A storage quota is in force that the disk has reached."""
    administrator.instance.exceed_quota()


@misconfiguration("M-06", everywhere=True)
def instance_offline(administrator: Administrator) -> None:
    """Global offline mode was switched on and forgotten."""
    administrator.instance.set_offline()
