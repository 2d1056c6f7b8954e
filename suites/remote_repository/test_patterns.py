from artifactory_conformance.artifactory import RemoteRepository
from artifactory_conformance.artifactory.path_patterns import A_FILE, A_PAGE, let_through, split
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_not_served, control, relied_on
from artifactory_conformance.labs import Lab


@relied_on("V-05", "row 51")
def test_patterns_let_the_catalog_through(site_remote: RemoteRepository) -> None:
    """The remote's include and exclude patterns let the pages and files of a project of no special name through."""
    configuration = site_remote.configuration()
    include, exclude = split(configuration["includesPattern"]), split(configuration["excludesPattern"])

    assert let_through(include, exclude, A_PAGE), f"no page, by {include} and without {exclude}"
    assert let_through(include, exclude, A_FILE), f"no file, by {include} and without {exclude}"


@relied_on("V-06", "row 51")
def test_what_no_pattern_of_a_remote_includes_is_not_served(lab: Lab, catalog: Organization) -> None:
    """Of a remote whose pattern includes the pages alone the page is served, but no file: the catalog is not asked."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, includesPattern=".pypi/**")
    with control("the page is served"):
        link = lab.administrator.page(remote, "example").link_to(wheel.filename)

    assert_not_served(lab.administrator.fetch(link))
    assert not catalog.journal.downloads(wheel.filename)
