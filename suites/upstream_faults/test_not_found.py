from collections.abc import Callable
from uuid import uuid4

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_keeps_password, assert_not_an_index, assert_served, clause, control
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.proxies import Proxy
from artifactory_conformance.targets import Target


@clause("TROUBLE-08", facts=("T12", "U16"))
def test_a_project_that_nobody_offers_is_not_found(
    downloads: Identity, catalog_index: Indexed, known_project: str
) -> None:
    """Through the site, a project under a random name gives 404, while a known project is served."""
    with control("a known project is served"):
        downloads.page(catalog_index, known_project)

    assert downloads.get_page(catalog_index, f"absent-{uuid4().hex[:12]}").status == 404


@clause("TROUBLE-08", facts=("M-01", "T12", "U16", "U14"))
def test_the_page_of_a_project_outside_the_catalog_is_not_found(proxy: Proxy) -> None:
    """The page of a project that the catalog does not have gives 404, and it was the catalog that said so."""
    wheel, absent = proxy.publish(), f"absent-{uuid4().hex[:12]}"
    with control("a project of the catalog is served"):
        proxy.page(wheel.project)

    page = proxy.get_page(absent)

    assert page.status == 404
    assert not page.redirects, f"sent elsewhere: {page.redirects}"
    assert_keeps_password(proxy.catalog, page)
    asked = [request.status for request in proxy.catalog.journal.asked_for_page(absent)]
    assert 404 in asked or proxy.store is None, "nobody asked the catalog"  # an index may go by its list of projects


@clause("TROUBLE-08", facts=("M-01", "A57", "B-43"))
def test_a_file_that_left_the_catalog_is_not_found(proxy: Proxy) -> None:
    """A file that a cached page lists, but that the catalog no longer has, gives 404."""
    gone = proxy.publish("1.0")
    kept = proxy.catalog.publish(gone.project, "1.1")
    page = proxy.page(gone.project)
    proxy.catalog.withdraw(gone)

    assert proxy.fetch(page.link_to(gone.filename)).status == 404

    with control("the other file of the page is served"):
        proxy.fetch_ok(page.link_to(kept.filename))


@clause("TROUBLE-08", facts=("M-04", "M-07", "row 34", "T38"))
def test_a_file_is_not_found_while_the_catalog_cannot_be_reached(lab: Lab, catalog: Organization) -> None:
    """While connections to the catalog break, an uncached file gives 404 and an uncached page no index."""
    before, during = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    catalog.publish("another")
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    with control("before the fault the other file of the page is served"):
        lab.administrator.fetch_ok(page.link_to(before.filename))
    catalog.set_faults(Fault("*", reset=True))

    assert lab.administrator.fetch(page.link_to(during.filename)).status == 404
    assert_not_an_index("another", lab.administrator.get_page(remote, "another"))


@clause(
    "TROUBLE-08",
    facts=("M-13", "A37", "A40", "B-44", "B-53"),
    builds_on=["upstream_faults.a_file_that_left_the_catalog_is_not_found"],
)
def test_a_missed_file_comes_after_the_missed_period(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, object], None]
) -> None:
    """A file that the catalog lacked for a while comes at the latest after the Missed Retrieval Cache Period."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, missedRetrievalCachePeriodSecs=LIMITS.short_missed_period)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    with control("the catalog loses the file, the remote notices, the catalog has it again"):
        catalog.withdraw(wheel)
        assert lab.administrator.fetch(link).status >= 400
        catalog.publish("example")
        catalog.journal.clear()

    # Whether the miss is remembered so long is unknown (M-13), and any saved configuration may end it (A40).
    observe("status while the miss may be remembered", lab.administrator.fetch(link).status)
    observe("the catalog was asked again", bool(catalog.journal.requests()))
    target.elapse(LIMITS.short_missed_period + 1)
    assert_served(lab.administrator.fetch(link))


@clause("TROUBLE-08", facts=("M-02", "M-04", "U9", "U16", "T10"), observes=True)
def test_what_each_cause_of_a_missing_package_looks_like(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, object], None]
) -> None:
    """Records what a client sees for each cause of a missing package, wrong credentials and throttling among them."""
    remote = lab.remote_repository(catalog, assumedOfflinePeriodSecs=0)
    cold = [catalog.publish(f"example-{number}") for number in range(5)]
    with control("before the faults a project is served"):
        lab.administrator.page(remote, cold[0].project)

    observe("outside the catalog", in_short(lab.administrator.get_page(remote, "absent")))
    catalog.set_faults(Fault("*", status=403))
    observe("throttled by 403", in_short(lab.administrator.get_page(remote, cold[1].project)))
    catalog.set_faults(Fault("*", status=404))
    observe("throttled by 404", in_short(lab.administrator.get_page(remote, cold[2].project)))
    catalog.set_faults(Fault("*", reset=True))
    observe("network fault", in_short(lab.administrator.get_page(remote, cold[3].project)))
    catalog.set_faults()
    catalog.rotate_password(target.make_secret())
    observe("wrong credentials", in_short(lab.administrator.get_page(remote, cold[4].project)))


@clause("TROUBLE-08", facts=("M-02", "M-04", "U9", "U16", "T10"), observes=True)
def test_what_each_cause_of_a_missing_file_looks_like(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, object], None]
) -> None:
    """Records what a client sees for each cause of a missing file, wrong credentials and throttling among them."""
    remote = lab.remote_repository(catalog, assumedOfflinePeriodSecs=0)
    wheels = [catalog.publish("example", f"1.{number}") for number in range(6)]
    page = lab.administrator.page(remote, "example")
    links = [page.link_to(wheel.filename) for wheel in wheels]
    with control("before the faults a file is served"):
        lab.administrator.fetch_ok(links[0])

    catalog.withdraw(wheels[1])
    observe("no longer in the catalog", in_short(lab.administrator.fetch(links[1])))
    catalog.set_faults(Fault("*", status=403))
    observe("throttled by 403", in_short(lab.administrator.fetch(links[2])))
    catalog.set_faults(Fault("*", status=404))
    observe("throttled by 404", in_short(lab.administrator.fetch(links[3])))
    catalog.set_faults(Fault("*", reset=True))
    observe("network fault", in_short(lab.administrator.fetch(links[4])))
    catalog.set_faults()
    catalog.rotate_password(target.make_secret())
    observe("wrong credentials", in_short(lab.administrator.fetch(links[5])))
