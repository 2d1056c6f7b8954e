from artifactory_conformance.artifactory import RemoteRepository
from artifactory_conformance.artifactory.path_patterns import A_FILE, A_PAGE, let_through, split
from artifactory_conformance.checks import relied_on


@relied_on("V-05", "row 51")
def test_patterns_let_the_catalog_through(site_remote: RemoteRepository) -> None:
    """The remote's include and exclude patterns let the pages and files of a project of no special name through."""
    configuration = site_remote.configuration()
    include, exclude = split(configuration["includesPattern"]), split(configuration["excludesPattern"])

    assert let_through(include, exclude, A_PAGE), f"no page, by {include} and without {exclude}"
    assert let_through(include, exclude, A_FILE), f"no file, by {include} and without {exclude}"
