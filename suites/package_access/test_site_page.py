from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.checks import assert_lists, clause
from artifactory_conformance.checks.causes import SET_UP_AND_RIGHTS


@clause("ACCESS-01", "PRE-01", facts=("admin 1.1", "U-01"), builds_on=SET_UP_AND_RIGHTS)
def test_the_site_serves_the_page_of_a_catalog_project(
    downloads: Identity, remote_index: RemoteRepository, known_project: str
) -> None:
    """The site's remote answers as a simple index for who installs: a catalog project's page comes, and lists files."""
    page = assert_lists(known_project, downloads.get_page(remote_index, known_project))

    assert page.links, f"{page.url} lists no file"
