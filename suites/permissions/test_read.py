from collections.abc import Callable

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists_only, assert_not_served, assert_served, clause, control
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED, PAGES_LIE_BY_NAME
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@clause(
    "PERM-05",
    facts=("P-01", "row 46", "T08"),
    builds_on=["remote_repository.page_is_not_asked_for_again_within_the_retrieval_cache_period", PAGE_IS_CACHED],
)
def test_read_alone_serves_a_cached_page(lab: Lab, catalog: Organization) -> None:
    """A user with nothing but Read gets the page that somebody else has cached, and the catalog is not asked."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    permitted.page(remote, "example")

    assert_lists_only("example", reader.get_page(remote, "example"), wheel.filename)
    assert len(catalog.journal.pages("example")) == 1


@clause("PERM-05", facts=("P-01", "row 46", "T08"), builds_on=[FILE_IS_CACHED])
def test_read_alone_serves_a_cached_file(lab: Lab, catalog: Organization) -> None:
    """A user with nothing but Read gets the file that somebody else has cached, and the catalog is not asked."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    link = permitted.page(remote, "example").link_to(wheel.filename)
    original = permitted.fetch_ok(link)
    served = reader.fetch(link)

    assert_served(served)
    assert served.body == original.body
    assert len(catalog.journal.downloads(wheel.filename)) == 1


@clause("PERM-05", facts=("P-01", "B10"), builds_on=[PAGE_IS_CACHED, FILE_IS_CACHED])
def test_read_on_the_remote_serves_through_a_virtual(lab: Lab, catalog: Organization) -> None:
    """Read on the remote alone is enough to get through a virtual what is cached, without any right on the virtual."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    virtual = lab.virtual_repository(remote)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    permitted.fetch_ok(permitted.page(remote, "example").link_to(wheel.filename))

    assert_served(reader.get_page(virtual, "example"))
    assert_served(reader.fetch(reader.page(virtual, "example").link_to(wheel.filename)))


@clause("PERM-05", facts=("P-03", "A53"), observes=True)
def test_what_a_reader_gets_for_an_expired_page(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, object], None]
) -> None:
    """Records what Read alone gives for a page that is cached but older than the Retrieval Cache Period."""
    catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=LIMITS.short_period)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    permitted.page(remote, "example")
    newer = catalog.publish("example", "2.0")
    target.elapse(LIMITS.short_period + 1)
    expired = reader.get_page(remote, "example")

    observe("status of the expired page", expired.status)
    observe("it lists the new version", newer.filename in expired.text)


@clause("PERM-06", facts=("P-05", "row 47"))
def test_without_read_nothing_cached_is_served(lab: Lab, catalog: Organization) -> None:
    """A user without any right gets neither the page nor the file, although both are cached."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    permitted, stranger = lab.user(remote, READ, DEPLOY_CACHE), lab.user()
    link = permitted.page(remote, "example").link_to(wheel.filename)
    permitted.fetch_ok(link)

    assert_not_served(stranger.get_page(remote, "example"))
    assert_not_served(stranger.fetch(link))

    with control("both are there for a user with Read"):
        permitted.page(remote, "example")
        permitted.fetch_ok(link)


@clause("PERM-06", facts=("P-05", "row 47"), builds_on=[PAGE_IS_CACHED, PAGES_LIE_BY_NAME])
def test_without_read_nothing_uncached_is_served(lab: Lab, catalog: Organization) -> None:
    """A user with Deploy/Cache but without Read gets no uncached page, and the cache stays empty."""
    catalog.publish("example")
    catalog.publish("another")
    remote = lab.remote_repository(catalog)
    stranger = lab.user(remote, DEPLOY_CACHE)
    permitted = lab.user(remote, READ, DEPLOY_CACHE)  # who is made last: when this grant applies, so do the others

    assert_not_served(stranger.get_page(remote, "example"))
    assert not remote.cache.paths()

    with control("a user who has Read as well gets the page of another project, and the cache shows it"):
        permitted.page(remote, "another")
        assert remote.cache.paths()


@clause("PERM-06", facts=("P-05", "row 47"))
def test_without_read_nothing_is_served_through_a_virtual(lab: Lab, catalog: Organization) -> None:
    """A user without any right gets neither page nor file through a virtual, although both are cached."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    virtual = lab.virtual_repository(remote)
    permitted, stranger = lab.user(remote, READ, DEPLOY_CACHE), lab.user()
    link = permitted.page(virtual, "example").link_to(wheel.filename)
    permitted.fetch_ok(link)

    assert_not_served(stranger.get_page(virtual, "example"))
    assert_not_served(stranger.fetch(link))

    with control("both come through the virtual for a user with Read on the remote"):
        permitted.page(virtual, "example")
        permitted.fetch_ok(link)


@clause("PERM-06", facts=("P-10", "client C10"))
@pytest.mark.usefixtures("anonymous_access_off")
def test_nobody_is_served_without_credentials(lab: Lab, catalog: Organization) -> None:
    """Where anonymous access is off, who gives no credentials gets neither page nor file, although both are cached."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    permitted = lab.user(remote, READ, DEPLOY_CACHE)
    link = permitted.page(remote, "example").link_to(wheel.filename)
    permitted.fetch_ok(link)

    assert_not_served(lab.nobody.get_page(remote, "example"))
    assert_not_served(lab.nobody.fetch(link))

    with control("both are there for a user with Read"):
        permitted.page(remote, "example")
        permitted.fetch_ok(link)


@clause("PERM-06", facts=("P-10", "client C10"), observes=True)
def test_what_the_site_shows_without_credentials(
    downloads: Identity,
    anonymous: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    observe: Callable[[str, object], None],
) -> None:
    """Records what the catalog's remote gives to somebody without credentials: served means, open to everybody."""
    with control("the account that installs packages gets the page, so it is cached"):
        downloads.page(remote_index, known_project)
        stored = remote_index.cache.path_of(f"{known_project}.html")

    observe("status of the cached page", anonymous.get(f"{remote_index.cache.key}/{stored}").status)
    observe("status of the cache's listing", anonymous.get(f"api/storage/{remote_index.cache.key}").status)
