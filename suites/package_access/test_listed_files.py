from collections.abc import Callable
from functools import partial
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, ProjectPage
from artifactory_conformance.artifactory.comparison import Sample
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_arrives,
    assert_is_what_its_page_says,
    assert_lists,
    assert_serves,
    clause,
)
from artifactory_conformance.checks.causes import UNCACHED_FILE_COMES
from artifactory_conformance.labs import Lab
from artifactory_conformance.verdicts import FILES_COMPARED


@clause("TROUBLE-11", facts=("row 10", "B-50"))
def test_every_listed_file_can_be_downloaded(lab: Lab, catalog: Organization) -> None:
    """Every file that a project page lists, wheel or sdist, old or new, is downloaded with the catalog's bytes."""
    offered = [
        catalog.publish("example", "1.0"),
        catalog.publish("example", "1.0", kind="sdist"),
        catalog.publish("example", "1.1.post2"),
        catalog.publish("example", "2.0rc1+local.1"),
        catalog.publish("example", "2.0", kind="sdist"),
    ]
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    assert_lists("example", user.get_page(remote, "example"), *(file.filename for file in offered))
    for file in offered:
        assert_serves(user, remote, file)


@clause("TROUBLE-11", facts=("row 10", "B-50"), builds_on=[UNCACHED_FILE_COMES])
def test_sample_of_the_files_that_the_site_lists_can_be_downloaded(
    downloads: Identity,
    catalog_index: Indexed,
    known_project: str,
    files_to_compare: Callable[[ProjectPage], Sample],
    hashes_at_the_catalog: dict[str, str],
    observe: Callable[[str, Any], None],
) -> None:
    """Some files that pages of the site list come with the bytes that the page says, and the catalog where it can be
    asked; the others are not shown."""
    page = assert_lists(known_project, downloads.get_page(catalog_index, known_project))
    assert page.links, f"{page.url} lists no file"
    sample = files_to_compare(page)
    observe(FILES_COMPARED, str(sample))

    for link in sample.links:
        assert_is_what_its_page_says(assert_arrives(partial(downloads.fetch, link)), link)
        assert link.sha256 == hashes_at_the_catalog.get(link.filename, link.sha256), f"the catalog has another: {link}"
