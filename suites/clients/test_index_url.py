from urllib.parse import urljoin

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_installed,
    assert_lists,
    assert_of_its_project,
    assert_redirect_stays,
    clause,
    control,
)
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause("CLIENT-01", facts=("U-01",))
def test_documented_url_answers_as_a_simple_index(lab: Lab, catalog: Organization) -> None:
    """Below the documented URL a project's page answers as a page of a simple index, with its files."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    page = user.get(f"{user.index_url(remote)}/example/")

    assert_lists("example", page, wheel.filename)


@clause("CLIENT-01")
def test_documented_url_may_end_in_a_slash(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """pip installs from the documented URL with a final slash as well."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip.install("example", index_url=f"{user.index_url_with_password(remote)}/")

    assert_installed(run, wheel)


@clause("CLIENT-01", facts=("U-03", "B-38", "client C13"))
def test_page_without_final_slash_leads_to_the_page(lab: Lab, catalog: Organization) -> None:
    """Without its final slash a project's page answers too, and a redirect to it keeps scheme, host and port."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    with control("the page answers with its final slash"):
        page = user.page(remote, "example")

    without_slash = user.get(page.url.rstrip("/"))

    assert_redirect_stays(without_slash)
    led_to = user.get(urljoin(without_slash.url, without_slash.headers.get("Location", "")))
    assert_lists("example", led_to, wheel.filename)


@clause("CLIENT-01", facts=("U-01", "U-03", "B-38", "client C13"))
def test_site_answers_as_a_simple_index(downloads: Identity, catalog_index: Indexed, known_project: str) -> None:
    """The site's documented URL answers as a simple index, with and without final slash; redirects keep the host.

    A page lists files of its own project, and no others.
    """
    page = assert_lists(known_project, downloads.get_page(catalog_index, known_project))
    assert page.links, f"{page.url} lists no file"
    assert_of_its_project(known_project, page)

    without_slash = downloads.get(page.url.rstrip("/"))

    assert_redirect_stays(without_slash)
    led_to = downloads.get(urljoin(without_slash.url, without_slash.headers.get("Location", "")))
    assert_lists(known_project, led_to, page.links[0].filename)
