from collections.abc import Callable

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, Link, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists, assert_lists_only, assert_served, clause, control
from artifactory_conformance.checks.causes import UNCACHED_FILE_COMES
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause("ACCESS-02", facts=("R-03",))
def test_first_request_asks_the_catalog_for_the_page(
    lab: Lab, catalog: Organization, second_catalog: Organization
) -> None:
    """The first request for a project's page through a remote makes the instance ask that remote's catalog for it.

    What came is what is given, also where another remote has just given a page of the same name.
    """
    wheel, other = catalog.publish("example"), second_catalog.publish("example", "2.0")
    remote, elsewhere = lab.remote_repository(catalog), lab.remote_repository(second_catalog)
    user = lab.user(remote, elsewhere, READ, DEPLOY_CACHE)
    with control("nobody has asked the catalog for the page, but another one"):
        user.page(elsewhere, "example").link_to(other.filename)
        assert not catalog.journal.asked_for_page("example")

    page = user.get_page(remote, "example")

    assert catalog.journal.pages("example"), "the catalog was not asked"
    assert_lists_only("example", page, wheel.filename)


@clause("ACCESS-03", facts=("row 23", "U-13"))
def test_page_is_cached_on_the_first_request(lab: Lab, catalog: Organization) -> None:
    """The index page of a project lies in the cache after the first request for it, and does not before."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    with control("the page is not cached before"):
        assert not remote.cache.holds_page("example")

    assert_lists("example", user.get_page(remote, "example"))

    assert remote.cache.holds_page("example")


@clause("ACCESS-04", facts=("row 24", "T20", "U-11"))
def test_file_is_cached_on_the_first_download(lab: Lab, catalog: Organization) -> None:
    """A file is fetched from the catalog at its first download, and lies in the cache from then on, not before."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    link = user.page(remote, "example").link_to(wheel.filename)
    with control("the file is not cached before"):
        assert not remote.cache.holds_file(wheel.filename)

    assert_served(user.fetch(link))

    assert catalog.journal.downloads(wheel.filename), "the catalog was not asked"
    assert remote.cache.holds_file(wheel.filename)


@clause("ACCESS-05", facts=("row 23", "U-11"))
def test_installed_package_appears_in_the_tree(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """The tree of the cache is empty before the first pip request, and shows the package's file and page after it."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    with control("nothing is cached before"):
        assert not remote.cache.paths()

    run = pip.install("example", index_url=user.index_url_with_password(remote))

    assert run.ok, run.stderr
    assert remote.cache.path_of(wheel.filename) in remote.cache.paths()
    assert remote.cache.holds_page("example")


@clause(
    "ACCESS-03",
    "ACCESS-04",
    "ACCESS-05",
    facts=("row 23", "row 24", "T20"),
    builds_on=[UNCACHED_FILE_COMES],
)
def test_downloaded_package_of_the_site_is_in_its_cache(
    downloads: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    small_files: Callable[..., tuple[Link, ...]],
) -> None:
    """After a download of a package of the site, its page and its file lie in the tree of the remote's cache."""
    page = assert_lists(known_project, downloads.get_page(remote_index, known_project))
    assert page.links, f"{page.url} lists no file"

    file = small_files(page)[0]
    assert_served(downloads.fetch(file))

    assert remote_index.cache.holds_page(known_project)
    assert remote_index.cache.holds_file(file.filename)
