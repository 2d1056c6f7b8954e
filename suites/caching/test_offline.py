from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import InstanceSettings, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists, assert_served, control, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@relied_on("M-06", "row 36", "B-54", builds_on=[PAGE_IS_CACHED, FILE_IS_CACHED])
def test_an_offline_remote_serves_what_is_cached_and_nothing_else(lab: Lab, catalog: Organization) -> None:
    """A remote that is set offline serves what is cached, answers 404 for the rest, and asks the catalog nothing."""
    cached, cold = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    catalog.publish("another")
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    lab.administrator.fetch_ok(page.link_to(cached.filename))
    remote.change(offline=True)
    catalog.journal.clear()

    assert_lists("example", lab.administrator.get_page(remote, "example"), cached.filename)
    assert_served(lab.administrator.fetch(page.link_to(cached.filename)))
    assert lab.administrator.fetch(page.link_to(cold.filename)).status == 404
    assert lab.administrator.get_page(remote, "another").status == 404
    assert not catalog.journal.requests()

    with control("online again, it serves the rest"):
        remote.change(offline=False)
        lab.administrator.fetch_ok(page.link_to(cold.filename))
        lab.administrator.page(remote, "another")


@relied_on("T21", "M-06", "A45", "A46")
def test_the_sites_remote_is_neither_offline_nor_blacked_out(
    site_remote: RemoteRepository, instance_configuration: InstanceSettings
) -> None:
    """Neither the catalog's remote nor the instance is set offline, nor is the remote blacked out: nothing new came."""
    configuration = site_remote.configuration()

    assert configuration["offline"] is False, f"expected offline to be false, seen {configuration['offline']!r}"
    assert configuration["blackedOut"] is False, f"expected blackedOut false, seen {configuration['blackedOut']!r}"
    assert instance_configuration.value("offlineMode") != "true", "the instance is in global offline mode"


@relied_on("A45", "A42", "M-06", observes=True)
def test_what_an_offline_remote_does_with_an_expired_page(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, Any], None]
) -> None:
    """Records what a remote that is set offline answers for a page whose Retrieval Cache Period is over."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=LIMITS.short_period)
    lab.administrator.page(remote, "example").link_to(wheel.filename)
    remote.change(offline=True)
    target.elapse(LIMITS.short_period + 1)

    answer = lab.administrator.get_page(remote, "example")
    observe("status of the page", answer.status)
    observe("it lists the file", wheel.filename in answer.text)


@relied_on("A21", "A46", observes=True)
def test_what_a_blacked_out_remote_answers(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what a remote that is blacked out answers for what is cached and for what is not."""
    wheel = catalog.publish("example")
    catalog.publish("another")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    remote.change(blackedOut=True)
    catalog.journal.clear()

    observe("cached page", lab.administrator.get_page(remote, "example").status)
    observe("cached file", lab.administrator.fetch(link).status)
    observe("uncached page", lab.administrator.get_page(remote, "another").status)
    observe("the catalog was asked", bool(catalog.journal.requests()))
