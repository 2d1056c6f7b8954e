from urllib.parse import urlsplit

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, clause, control
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause("ACCESS-07", facts=("T35", "client C19"))
def test_sdist_of_the_catalog_builds(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """pip builds and installs a project that the catalog offers as an sdist only, and a dependency of it as a wheel."""
    sdist = catalog.publish("from-source", "1.3", kind="sdist", requires=["library"])
    library = catalog.publish("library")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip.install("from-source", index_url=user.index_url_with_password(remote), sdists=True)

    assert_installed(run, sdist, library)
    assert_came_through(run, user.index_url(remote))
    assert pip.version_of("from_source") == "1.3"


@clause("ACCESS-07", facts=("T35", "client C19"))
def test_build_requirements_come_from_the_catalog(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """What an sdist needs to be built is fetched through the instance too, from the catalog."""
    builder = catalog.publish("build-tool", "2.0")
    catalog.publish("from-source", "1.3", kind="sdist", build_requires=["build-tool"])
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip.install("from-source", index_url=user.index_url_with_password(remote), sdists=True)

    assert run.ok, run.stderr
    assert pip.version_of("from_source") == "1.3"
    assert catalog.journal.downloads(builder.filename)
    assert remote.cache.holds_file(builder.filename)


@clause("ACCESS-07", facts=("T35", "client C19"))
def test_sdist_of_the_site_builds(
    downloads: Identity, catalog_index: Indexed, known_sdist: str, pip: Installer
) -> None:
    """pip builds a project of the site from its sdist; it and all that it needs come through the site's repository."""
    with control("the catalog has an sdist of it"):
        page = downloads.page(catalog_index, known_sdist)
        assert [link for link in page.links if link.filename.endswith((".tar.gz", ".zip"))]

    run = pip.install(
        known_sdist,
        index_url=downloads.index_url_with_password(catalog_index),
        options=["--no-binary", known_sdist],
        sdists=True,
    )

    assert_came_through(run, downloads.home_url(catalog_index))
    assert urlsplit(run.distribution(known_sdist).url).path.endswith((".tar.gz", ".zip"))
