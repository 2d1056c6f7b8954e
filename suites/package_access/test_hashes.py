import hashlib
from collections.abc import Callable

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, Link, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists, assert_served, clause, control
from artifactory_conformance.checks.causes import FILE_IS_CACHED, UNCACHED_FILE_COMES
from artifactory_conformance.labs import Lab


@clause(
    "ACCESS-06",
    facts=("T06", "row 6", "H-12", "B-25", "client C20"),
    builds_on=[FILE_IS_CACHED],
)
def test_hash_of_a_file_is_the_same_everywhere(lab: Lab, catalog: Organization) -> None:
    """Catalog, project page, downloaded bytes, checksum header and storage all give a file one and the same sha256."""
    wheel = catalog.publish("example", filler=100_000)
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
    remote_index: RemoteRepository,
    known_project: str,
    small_files: Callable[..., tuple[Link, ...]],
) -> None:
    """A file of the site, as it is downloaded, has the sha256 that the site's project page states."""
    page = assert_lists(known_project, downloads.get_page(remote_index, known_project))
    assert page.links, f"{page.url} lists no file"

    link = small_files(page)[0]
    file = downloads.fetch(link)

    assert_served(file)
    assert hashlib.sha256(file.body).hexdigest() == link.sha256
