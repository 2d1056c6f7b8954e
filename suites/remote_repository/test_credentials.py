from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.catalog_url import CatalogUrl
from artifactory_conformance.checks import (
    assert_not_an_index,
    clause,
    control,
)
from artifactory_conformance.checks.causes import ADDRESSES, SET_UP
from artifactory_conformance.labs import Lab


@clause(
    "REMOTE-07", facts=("U3",), builds_on=["remote_repository.both_urls_name_the_customers_organization", *ADDRESSES]
)
def test_user_name_is_the_organization_in_the_url(site_remote: RemoteRepository) -> None:
    """The remote's user name is the organization id that stands in its URL."""
    configuration = site_remote.configuration()
    user, organization = configuration["username"], CatalogUrl.read(configuration["url"]).organization

    assert user, "no user name is set"
    assert user == organization, f"the user name is {user}, and the URL has {organization}"


@clause("REMOTE-07", facts=("M-15", "row 41"))
def test_catalog_is_shown_the_user_name(lab: Lab, catalog: Organization) -> None:
    """The user name that is entered on the remote is the one that the catalog is shown."""
    catalog.publish("example")
    lab.administrator.get_page(lab.remote_repository(catalog), "example")

    assert {request.user for request in catalog.journal.asked_for_page("example") if request.user} == {catalog.user}


@clause("REMOTE-08")
def test_password_is_set(site_remote: RemoteRepository) -> None:
    """A password is set on the remote."""
    is_set = site_remote.has_password()

    assert is_set, "no password is set"


@clause("REMOTE-16", facts=("T07", "M-02", "M-15"), builds_on=[*SET_UP, "remote_repository.password_is_set"])
def test_site_shows_the_catalog_credentials_that_it_takes(
    site_administrator: Identity, site_remote: RemoteRepository, site_catalog: Organization
) -> None:
    """Asked for a page that nobody has cached, the site's remote shows the catalog the right user name and password."""
    project = site_catalog.publish_new().project
    site_administrator.get_page(site_remote, project)

    asked = [request for request in site_catalog.journal.requests() if project in request.path]
    with control("the remote asks the catalog"):
        assert asked
    assert asked[-1].credentials == "right", f"the catalog was asked with {asked[-1].credentials} credentials"


@clause("REMOTE-16")
def test_nothing_new_is_served_with_credentials_that_the_catalog_refuses(lab: Lab, catalog: Organization) -> None:
    """With a password on the remote that the catalog refuses, nothing that is not cached yet is served."""
    wheel = catalog.publish("example")
    with control("through a remote with the right password the page is served"):
        lab.administrator.page(lab.remote_repository(catalog), "example").link_to(wheel.filename)
    locked_out = lab.remote_repository(catalog, password=catalog.id)

    assert_not_an_index("example", lab.administrator.get_page(locked_out, "example"))
    assert not locked_out.cache.holds_page("example")
    with control("the catalog was asked with the wrong password"):
        assert "wrong" in {request.credentials for request in catalog.journal.asked_for_page("example")}
