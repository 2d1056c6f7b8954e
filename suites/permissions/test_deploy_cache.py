from collections.abc import Callable

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_not_an_index, assert_refused, clause, control
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED
from artifactory_conformance.labs import Lab


@clause("PERM-09", facts=("P-01", "P-04", "T08", "B-40"))
def test_uncached_file_is_refused_without_deploy_cache(lab: Lab, catalog: Organization) -> None:
    """A user with Read but without Deploy/Cache is refused a file that nobody has cached, although its page is."""
    wheel, twin = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    remote = lab.remote_repository(catalog)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.user(remote, READ)
    page = permitted.page(remote, "example")

    assert_refused(reader.fetch(page.link_to(wheel.filename)))
    assert not remote.cache.holds_file(wheel.filename)
    assert not catalog.journal.downloads(wheel.filename)

    with control("a user with Deploy/Cache gets another file of the same page"):
        permitted.fetch_ok(page.link_to(twin.filename))


@clause("PERM-04", facts=("P-01", "P-03", "row 45"), builds_on=[PAGE_IS_CACHED])
def test_uncached_page_is_refused_without_deploy_cache(lab: Lab, catalog: Organization) -> None:
    """A user with Read but without Deploy/Cache is refused a page that nobody has cached, and no cache is filled."""
    catalog.publish("example")
    catalog.publish("another")
    remote = lab.remote_repository(catalog)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)

    assert_refused(reader.get_page(remote, "example"))
    assert not remote.cache.paths()

    with control("a user with Deploy/Cache gets the page of another project, and the cache shows it"):
        permitted.page(remote, "another")
        assert remote.cache.paths()


@clause("PERM-04", "PERM-09", facts=("P-01", "F-05"), builds_on=[FILE_IS_CACHED])
def test_a_head_request_fills_no_cache_without_deploy_cache(lab: Lab, catalog: Organization) -> None:
    """A HEAD for an uncached page or file brings nothing into the cache, if the user has no Deploy/Cache."""
    wheel, twin = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    cold = catalog.publish("cold")
    remote = lab.remote_repository(catalog)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    page = permitted.page(remote, "example")
    reader.head_page(remote, cold.project)
    reader.head(page.link_to(wheel.filename).url)

    assert not remote.cache.holds_page(cold.project)
    assert not remote.cache.holds_file(wheel.filename)
    assert not catalog.journal.downloads(wheel.filename)

    with control("a user with Deploy/Cache gets another file of the same page, and the cache shows it"):
        permitted.fetch_ok(page.link_to(twin.filename))
        assert remote.cache.holds_file(twin.filename)


@clause(
    "PERM-04",
    "PERM-09",
    facts=("P-01", "admin 11.7"),
    builds_on=["virtual_repository.one_virtual_serves_catalog_and_internal_packages", FILE_IS_CACHED],
)
def test_a_virtual_is_no_way_around_deploy_cache(lab: Lab, catalog: Organization) -> None:
    """Through a virtual, too, a user without Deploy/Cache on the remote gets nothing new; nothing is cached."""
    wheel, twin = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    cold = catalog.publish("cold")
    remote = lab.remote_repository(catalog)
    virtual = lab.virtual_repository(remote)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    page = permitted.page(virtual, "example")

    assert_not_an_index(cold.project, reader.get_page(virtual, cold.project))
    assert_refused(reader.fetch(page.link_to(wheel.filename)))
    assert not remote.cache.holds_page(cold.project)
    assert not remote.cache.holds_file(wheel.filename)

    with control(
        "a user with Deploy/Cache on the remote gets another file through the virtual, and the cache shows it"
    ):
        permitted.fetch_ok(page.link_to(twin.filename))
        assert remote.cache.holds_file(twin.filename)


@clause("PERM-04", "PERM-09", facts=("C-08", "A96"), observes=True)
def test_what_a_reader_gets_from_a_remote_that_does_not_store(
    lab: Lab, catalog: Organization, observe: Callable[[str, object], None]
) -> None:
    """Records what Read alone gives where Store Artifacts Locally is off, so that there is nothing to deploy into."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, storeArtifactsLocally=False)
    reader = lab.reader(remote)
    with control("the administrator gets the page and the file"):
        link = lab.administrator.page(remote, "example").link_to(wheel.filename)
        lab.administrator.fetch_ok(link)

    observe("status of the page", reader.get_page(remote, "example").status)
    observe("status of the file", reader.fetch(link).status)


@clause("PERM-09", facts=("A59", "A30", "P-04", "P-07"), observes=True)
def test_what_the_catalog_is_asked_for_a_file_that_is_refused(
    lab: Lab, catalog: Organization, observe: Callable[[str, object], None]
) -> None:
    """Records what the catalog is asked for a file that a user without Deploy/Cache is refused, and asked for again."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    reader = lab.reader(remote)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    for time in ("first", "second"):
        catalog.journal.clear()
        observe(f"status, {time} time", reader.fetch(link).status)
        observe(f"asked at the catalog, {time} time", [request.method for request in catalog.journal.requests()])
