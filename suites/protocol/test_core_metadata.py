"""PEP 658: what a page advertises is there. pip and uv stop where it is not (client C18)."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from artifactory_conformance.artifactory import Identity, Link
from artifactory_conformance.artifactory.site_content import SiteIndex
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_came_through,
    assert_installed,
    assert_lists,
    assert_served,
    control,
    relied_on,
)
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab

MOST = 20
"""Files of one page whose metadata are looked at."""


def assert_kept(identity: Identity, link: Link) -> None:
    """Claim that metadata are there if they are advertised, with the hash that is advertised."""
    if link.metadata is None:
        return
    answer = identity.fetch_metadata(link)
    assert_served(answer)
    if "sha256" in link.metadata:
        assert sha256(answer.body).hexdigest() == link.metadata["sha256"], str(answer)
    assert b"Metadata-Version:" in answer.body, str(answer)


@relied_on("row 21", "H-10", "client C18", "T30", "release 29")
@pytest.mark.usefixtures("metadata_offered")
def test_advertised_metadata_can_be_had(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """Metadata that a page of the site advertises can be had, with the hash that it states."""
    for index in site_indexes:
        page = assert_lists(index.project, downloads.get_page(index.repository, index.project))
        advertised = sum(link.metadata is not None for link in page.links)
        observe(f"{index.repository} advertises", f"{advertised} of {len(page.links)}")
        for link in page.links[:MOST]:
            assert_kept(downloads, link)


@relied_on("row 21", "H-10", "client C18", "T30", "open 12")
def test_metadata_that_the_catalog_advertises_are_passed_on_whole_or_not_at_all(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Where the catalog advertises and serves metadata, the remote does both as well, or advertises none."""
    wheel = catalog.publish("curated-thing", requires=["other-thing>=1"])
    catalog.set_page_form(metadata="served")
    remote, _, virtual, user = lab.set_up(catalog)
    with control("the catalog advertises them"):
        assert "data-core-metadata" in catalog.ask("simple/curated-thing/").text

    for repository in (remote, virtual):
        page = assert_lists("curated-thing", user.get_page(repository, "curated-thing"), wheel.filename)
        link = page.link_to(wheel.filename)
        observe(f"{type(repository).__name__} advertises", link.metadata is not None)
        observe(f"{type(repository).__name__} answers", user.fetch_metadata(link).status)
        assert_kept(user, link)


@relied_on("H-10", "client C18")
def test_pip_installs_from_a_catalog_that_advertises_metadata(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """pip installs a package and its dependency from a catalog that advertises metadata and offers JSON pages."""
    application = catalog.publish("application", requires=["library"])
    library = catalog.publish("library")
    catalog.set_page_form(metadata="served", json="negotiated")
    remote, _, _, user = lab.set_up(catalog)

    run = pip.install("application", index_url=user.index_url_with_password(remote))

    assert_installed(run, application, library)
    assert_came_through(run, user.index_url(remote))


@relied_on("H-10", observes=True)
def test_metadata_that_nobody_advertises(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """What is answered for metadata that no page advertises is recorded."""
    for index in site_indexes:
        for link in downloads.links(index.repository, index.project)[:1]:
            observe(
                f"{index.repository}, {'advertised' if link.metadata is not None else 'not advertised'}",
                downloads.fetch_metadata(link).status,
            )
