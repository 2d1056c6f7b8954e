from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from artifactory_conformance.artifactory import Identity, ProjectPage
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_came_through,
    assert_lists,
    assert_never_asked,
    assert_not_an_index,
    assert_redirect_stays,
    control,
    relied_on,
)
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.evidence import Certificate
from artifactory_conformance.labs import Lab

VERSION = "api/system/version"


@relied_on("client C16", "T32")
def test_pip_needs_the_authority_and_no_trusted_host(
    downloads: Identity,
    catalog_index: Indexed,
    known_project: str,
    smallest_release: Callable[[ProjectPage], str],
    pip: Installer,
    strangers_pip: Installer,
) -> None:
    """pip that is given the authority installs over https; nothing switches its verification off."""
    page = assert_lists(known_project, downloads.get_page(catalog_index, known_project))
    release = smallest_release(page)
    index_url = downloads.index_url_with_password(catalog_index)

    run = pip.install(release, index_url=index_url, options=["--no-deps"])

    assert_came_through(run, downloads.home_url(catalog_index))
    assert index_url.startswith("https://")
    with control("pip that trusts another authority only installs nothing"):
        assert not strangers_pip.install(release, index_url=index_url, options=["--no-deps"]).ok


@relied_on("U-03", "client C13", "T13", "T28", "T32")
@pytest.mark.usefixtures("certificate")
def test_redirects_and_links_stay_on_https(downloads: Identity, catalog_index: Indexed, known_project: str) -> None:
    """The way from a page's address without its final slash to the page and its files never leaves https."""
    page = assert_lists(known_project, downloads.get_page(catalog_index, known_project))
    without_slash = downloads.get(page.url.rstrip("/"))

    assert_redirect_stays(without_slash)
    assert {urlsplit(address).scheme for address in (page.url, *(link.url for link in page.links))} == {"https"}


@relied_on("T32", observes=True)
def test_what_the_certificate_says(certificate: Certificate, anonymous: Identity, observe: Callable[..., None]) -> None:
    """The certificate's names, issuer and end are recorded: clients stop on the day after it."""
    anonymous.get(VERSION)

    observe("names", list(certificate.names))
    observe("issuer", certificate.issuer)
    observe("good until", certificate.not_after.date().isoformat())
    observe("days left", certificate.days_left)
    observe("protocol", certificate.protocol)


@relied_on("T32", observes=True)
def test_what_plain_http_is_answered(
    anonymous: Identity,
    answer_to_plain_http: Callable[[str], str],
    observe: Callable[[str, Any], None],
) -> None:
    """Asked over plain http at the same port the target may redirect to https, refuse or say nothing."""
    anonymous.get(VERSION)

    observe("answer to plain http", answer_to_plain_http(VERSION))


@relied_on("M-04")
def test_catalog_of_an_unknown_authority_is_not_served_from(lab: Lab, untrusted_catalog: Organization) -> None:
    """A remote whose catalog shows a certificate of an unknown authority serves nothing and sends it nothing."""
    wheel = untrusted_catalog.publish("example")
    remote = lab.remote_repository(untrusted_catalog)

    answer = lab.administrator.get_page(remote, "example")

    assert_not_an_index("example", answer)  # 404, or a page without files (open 4)
    assert not remote.cache.holds_page("example")
    assert_never_asked(untrusted_catalog)
    with control("who trusts the catalog's authority is served its page"):
        assert wheel.filename in untrusted_catalog.ask("simple/example/").text
