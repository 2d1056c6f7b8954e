from collections.abc import Callable
from contextlib import suppress
from typing import Any

from artifactory_conformance.artifactory import InstanceSettings, NotSettled, Usage, until
from artifactory_conformance.artifactory.instance_settings import QUOTA
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import clause
from artifactory_conformance.checks.causes import CATALOG_IS_A_REMOTE
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import Site

NOTHING = ("", "0 bytes")


@clause("BEST-02", facts=("admin 6",), builds_on=[CATALOG_IS_A_REMOTE])
def test_used_space_and_the_caches_share_are_known(
    usage: Usage, instance_configuration: InstanceSettings, site: Site, observe: Callable[[str, Any], None]
) -> None:
    """The storage summary tells the used space and what the catalog's cache takes of it; the quota stands beside it."""
    share = usage.used_by(f"{site.remote}-cache")
    observe("used space", usage.used)
    observe("the cache takes", share)
    for name in ("diskSpaceLimitPercentage", "diskSpaceWarningPercentage"):
        observe(name, instance_configuration.value(name) or "not told")

    assert usage.used, "the storage summary does not tell the used space"
    assert share, f"the storage summary does not have {site.remote}-cache"


@clause("BEST-02", "TROUBLE-06", facts=("admin 6", "A58"))
def test_the_storage_quota_is_not_reached(
    usage: Usage, instance_configuration: InstanceSettings, observe: Callable[[str, Any], None]
) -> None:
    """Less space is used than a storage quota allows, where there is one: nothing new is cached any more beyond it."""
    quota = instance_configuration.section(QUOTA)
    limit = float(quota["diskSpaceLimitPercentage"]) if quota.get("enabled") == "true" else 100.0
    observe("per cent that may be used", limit)

    assert usage.percent_used <= limit, f"{usage.percent_used} per cent are used, and {limit} are allowed"


@clause("BEST-02", facts=("admin 6",))
def test_what_is_cached_shows_in_the_summary(lab: Lab, catalog: Organization) -> None:
    """A file that is cached shows in the storage summary as used space of that cache, once the summary is made anew."""
    wheel = catalog.publish("example", filler=4096)
    remote = lab.remote_repository(catalog)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))
    Usage.refresh(lab.rest)
    with suppress(NotSettled):
        until("the summary is new", lambda: Usage.read(lab.rest).used_by(remote.cache.key) not in NOTHING)

    assert Usage.read(lab.rest).used_by(remote.cache.key) not in NOTHING
