from collections.abc import Callable
from typing import Any

from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists_only, clause, control
from artifactory_conformance.checks.causes import PAGE_IS_CACHED
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target

TEN_YEARS = 10 * 365 * 24 * 3600
"""A period whose milliseconds do not fit into 32 bits."""


@clause("BEST-05", facts=("C-02", "row 25", "T37"))
def test_a_new_version_stays_hidden_within_the_period(lab: Lab, catalog: Organization) -> None:
    """Within the Retrieval Cache Period the catalog is not asked again for a page, and a new version stays hidden."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog)
    with control("the first request asks the catalog"):
        lab.administrator.page(remote, "example").link_to(first.filename)
        assert catalog.journal.pages("example")
    catalog.publish("example", "1.1")
    catalog.journal.clear()

    assert_lists_only("example", lab.administrator.get_page(remote, "example"), first.filename)
    assert not catalog.journal.asked_for_page("example")


@clause("BEST-05", facts=("C-02", "row 26", "T37"))
def test_the_catalog_is_asked_once_after_the_period(lab: Lab, catalog: Organization, target: Target) -> None:
    """After the Retrieval Cache Period the next request brings a new version, and the one after asks nobody."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=LIMITS.short_period)
    lab.administrator.page(remote, "example").link_to(first.filename)
    second = catalog.publish("example", "1.1")
    catalog.journal.clear()
    target.elapse(LIMITS.short_period + 1)

    for _ in range(2):
        assert_lists_only("example", lab.administrator.get_page(remote, "example"), first.filename, second.filename)
    assert len(catalog.journal.pages("example")) == 1


@clause("BEST-05", facts=("C-02", "T37"))
def test_a_withdrawn_version_leaves_the_page_after_the_period(lab: Lab, catalog: Organization, target: Target) -> None:
    """A version that the catalog has withdrawn leaves the page with the first request after the period."""
    gone, kept = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=LIMITS.short_period)
    with control("both versions are listed before"):
        lab.administrator.page(remote, "example").link_to(gone.filename)
    catalog.withdraw(gone)
    target.elapse(LIMITS.short_period + 1)

    assert_lists_only("example", lab.administrator.get_page(remote, "example"), kept.filename)


@clause("BEST-05", facts=("C-01",))
def test_a_period_of_0_asks_each_time(lab: Lab, catalog: Organization) -> None:
    """With a Retrieval Cache Period of 0 each request for a page asks the catalog, and a new version shows at once."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=0)
    lab.administrator.page(remote, "example").link_to(first.filename)
    for number in range(1, 3):
        catalog.journal.clear()
        new = catalog.publish("example", f"1.{number}")

        assert new.filename in lab.administrator.page(remote, "example").filenames()
        assert catalog.journal.pages("example")


@clause("BEST-05", facts=("C-01",))
def test_a_period_of_ten_years_holds(lab: Lab, catalog: Organization) -> None:
    """A Retrieval Cache Period of ten years counts as long, not as over: the catalog is not asked again."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=TEN_YEARS)
    lab.administrator.page(remote, "example").link_to(first.filename)
    catalog.publish("example", "1.1")
    catalog.journal.clear()

    assert_lists_only("example", lab.administrator.get_page(remote, "example"), first.filename)
    assert not catalog.journal.asked_for_page("example")


@clause("BEST-05", facts=("release 20", "T37"), builds_on=[PAGE_IS_CACHED])
def test_a_period_that_is_set_later_counts_for_what_is_cached(lab: Lab, catalog: Organization, target: Target) -> None:
    """A Retrieval Cache Period that is made shorter in an existing repository is applied to its cached pages."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog)
    lab.administrator.page(remote, "example").link_to(first.filename)
    second = catalog.publish("example", "1.1")
    with control("under the default period the new version is hidden"):
        assert second.filename not in lab.administrator.page(remote, "example").filenames()
        remote.change(retrievalCachePeriodSecs=LIMITS.short_period)
    target.elapse(LIMITS.short_period + 1)

    assert_lists_only("example", lab.administrator.get_page(remote, "example"), first.filename, second.filename)


@clause("BEST-05", facts=("A52",), observes=True)
def test_what_a_negative_period_does(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Records whether a negative Retrieval Cache Period is taken, and whether the catalog is asked each time then."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    observe("the period is taken", remote.takes(retrievalCachePeriodSecs=-1))
    lab.administrator.page(remote, "example")
    catalog.journal.clear()

    observe("status of the page", lab.administrator.get_page(remote, "example").status)
    observe("times the catalog was asked again", len(catalog.journal.pages("example")))
