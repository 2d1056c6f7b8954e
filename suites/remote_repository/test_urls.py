from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.catalog_url import CatalogUrl
from artifactory_conformance.checks import assert_lists_only, assert_not_an_index, clause, control
from artifactory_conformance.checks.causes import ADDRESSES, PROJECT_IS_MISSING, REMOTE_IS_SHOWN
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import Site

SIMPLE = "remote_repository.neither_url_ends_in_simple"


def urls_of(remote: RemoteRepository) -> tuple[CatalogUrl, CatalogUrl]:
    """Give what stands in URL and in Registry URL."""
    configuration = remote.configuration()
    return CatalogUrl.read(configuration["url"]), CatalogUrl.read(configuration["pyPIRegistryUrl"])


@clause("REMOTE-03", facts=("row 65", "T01"), builds_on=[SIMPLE])
def test_url_is_the_catalogs(site_remote: RemoteRepository, site: Site) -> None:
    """URL is the catalog's address, the organization id and /pypi."""
    url = CatalogUrl.read(site_remote.configuration()["url"])

    assert url.address in site.catalog_addresses, f"URL is {url}, and the catalog is at {site.catalog_addresses}"
    assert url.ending == "pypi", f"URL is {url}, and not an organization's /pypi"


@clause("REMOTE-03", facts=("T01", "ladder E7"), builds_on=[REMOTE_IS_SHOWN, SIMPLE])
def test_whoever_installs_is_shown_the_catalogs_url(site_user: Identity, site: Site) -> None:
    """The list of repositories, as the installing account is shown it, gives the catalog's address as URL."""
    url = CatalogUrl.read(site_user.listed(site.remote)["url"])

    assert url.address in site.catalog_addresses, f"the list has {url}, and the catalog is at {site.catalog_addresses}"
    assert url.ending == "pypi", f"the list has {url}, and not an organization's /pypi"


@clause("REMOTE-04", facts=("row 65", "T01", "R-02"), builds_on=[SIMPLE])
def test_registry_url_equals_url(site_remote: RemoteRepository) -> None:
    """Registry URL holds the same value as URL, so that index and files come from one place."""
    url, registry = urls_of(site_remote)

    assert registry == url, f"URL is {url}, and Registry URL is {registry}"


@clause("REMOTE-04", facts=("R-01", "R-02"))
def test_only_the_catalog_is_asked_for_the_index(lab: Lab, catalog: Organization, public_index: Organization) -> None:
    """With Registry URL equal to URL the page is the catalog's, and the public index is not asked for anything."""
    wheel, _poison = catalog.publish("example", "1.0"), public_index.publish("example", "2.0")
    remote = lab.remote_repository(catalog)

    assert_lists_only("example", lab.administrator.get_page(remote, "example"), wheel.filename)
    assert not public_index.journal.requests()

    with control("where Registry URL is the public index, that one is asked"):
        elsewhere = lab.remote_repository(catalog, pyPIRegistryUrl=public_index.url)
        lab.administrator.get_page(elsewhere, "example")
        assert public_index.journal.asked_for_page("example")


@clause("REMOTE-04", facts=("R-08", "R-10"), observes=True)
def test_what_arrives_with_another_registry_url(
    lab: Lab, catalog: Organization, public_index: Organization, observe: Callable[[str, Any], None]
) -> None:
    """With Registry URL left to the public index its page may show, and its files may or may not arrive."""
    poison = public_index.publish("example", "2.0")
    remote = lab.remote_repository(catalog, pyPIRegistryUrl=public_index.url)
    page = lab.administrator.get_page(remote, "example")

    observe("status of the page", page.status)
    observe("the public index's file is listed", poison.filename in page.text)
    observe("the public index was asked", len(public_index.journal.asked_for_page("example")))


@clause("REMOTE-05", facts=("T01",), builds_on=ADDRESSES)
def test_both_urls_name_an_organization(site_remote: RemoteRepository) -> None:
    """Where the guide has a placeholder, both URLs have a UUID, and not the one that the guide prints."""
    url, registry = urls_of(site_remote)

    assert url.names_an_organization, f"URL is {url}"
    assert registry.names_an_organization, f"Registry URL is {registry}"


@clause("REMOTE-05", facts=("T01",), builds_on=ADDRESSES)
def test_both_urls_name_the_customers_organization(site_remote: RemoteRepository, organization: str) -> None:
    """The organization id in both URLs is the customer's own."""
    url, registry = urls_of(site_remote)

    assert url.organization == organization, f"URL is {url}, and the organization is {organization}"
    assert registry.organization == organization, f"Registry URL is {registry}, and the organization is {organization}"


@clause("REMOTE-05", facts=("T01", "ladder E7"), builds_on=[REMOTE_IS_SHOWN, *ADDRESSES])
def test_whoever_installs_is_shown_the_customers_organization(
    site_user: Identity, site: Site, organization: str
) -> None:
    """The list of repositories, as the installing account is shown it, has the customer's organization in the URL."""
    url = CatalogUrl.read(site_user.listed(site.remote)["url"])

    assert url.names_an_organization, f"the list has {url}"
    assert url.organization == organization, f"the list has {url}, and the organization is {organization}"


@clause("REMOTE-06", facts=("row 65", "T01", "R-04"))
def test_neither_url_ends_in_simple(site_remote: RemoteRepository) -> None:
    """Neither URL nor Registry URL ends in /simple."""
    url, registry = urls_of(site_remote)

    assert not url.ends_in_simple, f"URL is {url}"
    assert not registry.ends_in_simple, f"Registry URL is {registry}"


@clause("REMOTE-06", facts=("row 38", "R-05"), builds_on=[PROJECT_IS_MISSING])
@pytest.mark.parametrize("suffix", ["/simple", "/simple/"], ids=["bare", "with-slash"])
def test_simple_in_registry_url_hides_every_project(lab: Lab, catalog: Organization, suffix: str) -> None:
    """With /simple at the end of Registry URL no project is found, while the guide's form finds it."""
    wheel = catalog.publish("example")
    suffixed = lab.remote_repository(catalog, pyPIRegistryUrl=catalog.url + suffix)

    assert_not_an_index("example", lab.administrator.get_page(suffixed, "example"))
    assert not catalog.journal.pages("example")

    with control("without the suffix the same project is found"):
        lab.administrator.page(lab.remote_repository(catalog), "example").link_to(wheel.filename)


@clause("REMOTE-06", facts=("R-05",), observes=True)
def test_what_simple_in_url_does(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """With /simple at the end of URL alone, the index may show files that do not arrive."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, url=f"{catalog.url}/simple")
    links = lab.administrator.links(remote, "example")

    observe("the file is listed", wheel.filename in {link.filename for link in links})
    observe("files that arrive", [link.filename for link in links if lab.administrator.fetch(link).status == 200])
