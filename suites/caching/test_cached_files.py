from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_lists, assert_served, clause, control, relied_on
from artifactory_conformance.checks.causes import PAGE_IS_CACHED, PERIOD_ENDS, READ_SERVES_A_FILE
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@clause("TROUBLE-07", facts=("C-01", "row 24", "T20"), builds_on=[PERIOD_ENDS])
def test_a_cached_file_is_not_fetched_again_when_its_page_has_expired(
    lab: Lab, catalog: Organization, target: Target
) -> None:
    """A file once cached is served from the cache when its page has expired; only the page is asked for again."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=LIMITS.short_period)
    first = lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))
    with control("the file came from the catalog once"):
        assert len(catalog.journal.downloads(wheel.filename)) == 1
    catalog.journal.clear()
    target.elapse(LIMITS.short_period + 1)

    page = assert_lists("example", lab.administrator.get_page(remote, "example"), wheel.filename)
    again = lab.administrator.fetch(page.link_to(wheel.filename))
    assert_served(again)
    assert again.body == first.body
    assert not catalog.journal.asked_for_file(wheel.filename)
    with control("the page was asked for again"):
        assert catalog.journal.pages("example")


@clause(
    "TROUBLE-07",
    facts=("row 30", "T38"),
    builds_on=["upstream_faults.a_file_is_not_found_while_the_catalog_cannot_be_reached", PAGE_IS_CACHED],
)
def test_a_cached_file_is_served_while_the_catalog_cannot_be_reached(lab: Lab, catalog: Organization) -> None:
    """While connections to the catalog break, what is cached is served with the same bytes; what is not, is not."""
    cached, cold = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    first = lab.administrator.fetch_ok(page.link_to(cached.filename))
    catalog.set_faults(Fault("*", reset=True))

    assert_lists("example", lab.administrator.get_page(remote, "example"), cached.filename)
    again = lab.administrator.fetch(page.link_to(cached.filename))
    assert_served(again)
    assert again.body == first.body

    with control("the catalog cannot be reached: a file that is not cached does not come"):
        assert lab.administrator.fetch(page.link_to(cold.filename)).status != 200


@relied_on("C-01", "B-43")
def test_a_file_that_the_catalog_withdrew_stays_in_the_cache(lab: Lab, catalog: Organization) -> None:
    """A file that was cached before the catalog withdrew it is still served by its link: locked installations go on."""
    gone, kept = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    lab.administrator.fetch_ok(page.link_to(gone.filename))
    catalog.withdraw(gone)

    assert_served(lab.administrator.fetch(page.link_to(gone.filename)))

    with control("the catalog does not have it any more, but the other one"):
        lab.administrator.fetch_ok(page.link_to(kept.filename))
        assert catalog.ask(f"simple/{gone.project}/").text.count(gone.filename) == 0


@clause("ACCESS-04", facts=("row 24", "row 46", "T20"), builds_on=[PAGE_IS_CACHED, READ_SERVES_A_FILE])
def test_what_one_user_cached_is_served_to_another_from_the_cache(lab: Lab, catalog: Organization) -> None:
    """A file that one user's request brought into the cache reaches another user without the catalog being asked."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    first, second = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    link = first.page(remote, "example").link_to(wheel.filename)
    first.fetch_ok(link)
    catalog.journal.clear()

    assert_served(second.fetch(second.page(remote, "example").link_to(wheel.filename)))
    assert not catalog.journal.requests()
