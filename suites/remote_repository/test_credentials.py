from artifactory_conformance.artifactory import Identity, Link, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_is_what_its_page_says,
    assert_lists,
    assert_not_an_index,
    assert_served,
    clause,
    control,
)
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import CatalogUrl


@clause("REMOTE-07", facts=("U3",))
def test_user_name_is_the_organization_in_the_url(site_remote: RemoteRepository) -> None:
    """The remote's user name is the organization id that stands in its URL."""
    configuration = site_remote.configuration()

    assert configuration["username"]
    assert configuration["username"] == CatalogUrl.read(configuration["url"]).organization


@clause("REMOTE-07", facts=("M-15",))
def test_catalog_is_shown_the_user_name(lab: Lab, catalog: Organization) -> None:
    """The user name that is entered on the remote is the one that the catalog is shown."""
    catalog.publish("example")
    lab.administrator.get_page(lab.remote_repository(catalog), "example")

    assert {request.user for request in catalog.journal.asked_for_page("example") if request.user} == {catalog.user}


@clause("REMOTE-08")
def test_password_is_set(site_remote: RemoteRepository) -> None:
    """A password is set on the remote."""
    is_set = site_remote.has_password()

    assert is_set


@clause("REMOTE-16", facts=("T07",))
def test_site_fetches_what_is_not_cached_yet(
    downloads: Identity, site_remote: RemoteRepository, site_catalog: Organization
) -> None:
    """The credentials stored at the site get a page and a file that nobody has asked for before."""
    wheel = site_catalog.publish_new()

    page = assert_lists(wheel.project, downloads.get_page(site_remote, wheel.project), wheel.filename)
    assert_served(downloads.fetch(page.link_to(wheel.filename)))
    assert {request.credentials for request in site_catalog.journal.pages(wheel.project)} == {"right"}
    assert {request.credentials for request in site_catalog.journal.downloads(wheel.filename)} == {"right"}


@clause("REMOTE-16", facts=("T07",), builds_on=["permissions.the_installing_account_gets_an_uncached_file"])
def test_what_nobody_has_cached_comes_through_the_site(
    downloads: Identity, remote_index: RemoteRepository, uncached_file: Link
) -> None:
    """A file that nobody has cached comes through the site's remote: the catalog takes the credentials stored there."""
    with control("the file is not cached"):
        assert not remote_index.cache.holds_file(uncached_file.filename)

    assert_is_what_its_page_says(downloads.fetch(uncached_file), uncached_file)


@clause("REMOTE-16", facts=("M-15", "row 41"))
def test_catalog_accepts_the_stored_credentials(lab: Lab, catalog: Organization) -> None:
    """The user name and password on the remote reach the catalog, which then gives a page and a file."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)

    page = assert_lists("example", lab.administrator.get_page(remote, "example"), wheel.filename)
    assert_served(lab.administrator.fetch(page.link_to(wheel.filename)))
    assert {request.credentials for request in catalog.journal.pages("example")} == {"right"}
    assert {request.credentials for request in catalog.journal.downloads(wheel.filename)} == {"right"}


@clause("REMOTE-16")
def test_nothing_new_is_served_with_credentials_that_the_catalog_refuses(lab: Lab, catalog: Organization) -> None:
    """With a password on the remote that the catalog refuses, nothing that is not cached yet is served."""
    wheel = catalog.publish("example")
    locked_out = lab.remote_repository(catalog, password=catalog.id)

    assert_not_an_index("example", lab.administrator.get_page(locked_out, "example"))
    assert not locked_out.cache.holds_page("example")
    with control("the catalog was asked with the wrong password"):
        assert "wrong" in {request.credentials for request in catalog.journal.asked_for_page("example")}
    with control("with the right password the same page is served"):
        lab.administrator.page(lab.remote_repository(catalog), "example").link_to(wheel.filename)
