import hashlib
from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, Link
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_arrives,
    assert_has_bytes,
    assert_lists,
    assert_served,
    clause,
    control,
)
from artifactory_conformance.checks.causes import FILE_IS_CACHED, UNCACHED_FILE_COMES
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab
from artifactory_conformance.proxies import Proxy


@clause(
    "ACCESS-06",
    facts=("T06", "row 6", "H-12", "B-25", "client C20"),
    builds_on=[FILE_IS_CACHED],
)
def test_hash_of_a_file_is_the_same_everywhere(lab: Lab, catalog: Organization) -> None:
    """Catalog, project page, downloaded bytes, checksum header and storage all give a file one and the same sha256."""
    wheel = catalog.publish("example", filler=300_000)
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    link = assert_lists("example", user.get_page(remote, "example"), wheel.filename).link_to(wheel.filename)
    file = user.fetch(link)

    assert_served(file)
    assert link.sha256 == wheel.sha256
    assert hashlib.sha256(file.body).hexdigest() == wheel.sha256
    if not file.redirects:  # F-08: an object store that it redirects to has other headers
        assert file.headers.get("X-Checksum-Sha256") == wheel.sha256
    with control("the file is stored"):
        path = remote.cache.path_of(wheel.filename)
        assert path is not None
    assert remote.cache.sha256(path) == wheel.sha256


@clause(
    "ACCESS-06",
    facts=("T06", "row 6", "H-12", "B-25", "client C20"),
    builds_on=[UNCACHED_FILE_COMES],
)
def test_file_of_the_site_has_the_hash_that_its_page_states(
    downloads: Identity,
    catalog_index: Indexed,
    known_project: str,
    small_files: Callable[..., tuple[Link, ...]],
) -> None:
    """A file of the site, as it is downloaded, has the sha256 that the site's project page states."""
    page = assert_lists(known_project, downloads.get_page(catalog_index, known_project))
    assert page.links, f"{page.url} lists no file"

    link = small_files(page)[0]
    file = assert_arrives(lambda: downloads.fetch(link))

    assert_served(file)
    assert hashlib.sha256(file.body).hexdigest() == link.sha256


@clause("ACCESS-06", facts=("T06", "row 6", "H-12", "M-08"))
def test_catalog_page_and_bytes_agree_whatever_the_catalog_gives_later(
    proxy: Proxy, observe: Callable[[str, Any], None]
) -> None:
    """The catalog's sha256, the page's and that of the bytes are one at the first download, the next, and after a
    fault of the catalog; while that gives other bytes, a file that it is not asked for is the right one."""
    catalog, wheel = proxy.catalog, proxy.publish(filler=50_000)
    link = proxy.link_to(wheel)
    assert link.sha256 == wheel.sha256
    for _ in ("cold", "warm"):
        assert_has_bytes(assert_arrives(lambda: proxy.fetch(link)), wheel)
    catalog.set_faults(catalog.exchanged(wheel))
    catalog.journal.clear()

    tampered = proxy.try_to_fetch(link)

    asked = bool(catalog.journal.downloads(wheel.filename))
    observe("the catalog gives the file again", asked)
    right = isinstance(tampered, Answer) and hashlib.sha256(tampered.body).hexdigest() == wheel.sha256
    assert asked or right, f"not asked for, and other: {tampered}"
    assert proxy.link_to(wheel).sha256 == wheel.sha256
    catalog.set_faults()
    assert_has_bytes(assert_arrives(lambda: proxy.fetch(link)), wheel)
