from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_came_through,
    assert_given_what_was_promised,
    assert_installed,
    assert_lists,
    assert_lists_only,
    assert_not_an_index,
    clause,
    control,
)
from artifactory_conformance.checks.causes import PIP_INSTALLS, PIP_INSTALLS_AT_THE_SITE, UNCACHED_FILE_COMES
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab

_HASHES = "package_access.file_of_the_site_has_the_hash_that_its_page_states"


@clause("ACCESS-08", facts=("T05", "ladder E2"))
def test_page_lists_what_the_catalog_offers(lab: Lab, catalog: Organization) -> None:
    """A project page lists every file that the catalog offers of the project, wheels and sdists, and no other."""
    for version in ("1.0", "1.10", "2.0rc1"):
        catalog.publish("example", version)
        catalog.publish("example", version, kind="sdist")
    catalog.publish("example-more", "1.0")
    remote = lab.remote_repository(catalog)

    page = lab.user(remote, READ, DEPLOY_CACHE).get_page(remote, "example")

    assert_lists_only("example", page, *(offered.filename for offered in catalog.offers()["example"]))


@clause("ACCESS-08", facts=("U16",))
def test_project_outside_the_catalog_has_no_page(lab: Lab, catalog: Organization) -> None:
    """A project that the catalog does not offer has no page with files."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    assert_not_an_index("not-curated", user.get_page(remote, "not-curated"))

    with control("the page of a project that the catalog offers is served"):
        user.page(remote, "example").link_to(wheel.filename)


@clause("ACCESS-08", facts=("T04",))
def test_whole_install_comes_through_the_repository(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """A package and its dependencies, theirs included, come from the instance's repository as the catalog has them."""
    application = catalog.publish("application", requires=["library>=1", "tool"])
    library = catalog.publish("library", "1.5", requires=["base"])
    tool, base = catalog.publish("tool"), catalog.publish("base", "3.0")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip.install("application", index_url=user.index_url_with_password(remote))

    assert_installed(run, application, library, tool, base)
    assert_came_through(run, user.index_url(remote))


@clause("ACCESS-08")
def test_extra_brings_its_own_dependencies(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """An extra that is asked for brings the dependencies of the extra, and those of another extra stay away."""
    application = catalog.publish("application", extras={"fast": ["speedup"], "docs": ["manual"]})
    speedup = catalog.publish("speedup", "1.1")
    catalog.publish("manual")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip.install("application[fast]", index_url=user.index_url_with_password(remote))

    assert_installed(run, application, speedup)
    assert_came_through(run, user.index_url(remote))


@clause(
    "ACCESS-08",
    facts=("T04",),
    builds_on=[UNCACHED_FILE_COMES, PIP_INSTALLS, PIP_INSTALLS_AT_THE_SITE, _HASHES],
)
def test_whole_install_at_the_site_comes_through_its_repository(
    downloads: Identity, catalog_index: Indexed, known_project: str, pip: Installer
) -> None:
    """A package of the site and all its dependencies come from the site's repository, by pip's own report."""
    assert_lists(known_project, downloads.get_page(catalog_index, known_project))

    run = pip.install(known_project, index_url=downloads.index_url_with_password(catalog_index))
    assert_given_what_was_promised(run)
    with control("the catalog has a wheel of it and of each dependency for this interpreter"):
        assert run.ok, run.stderr

    assert_came_through(run, downloads.home_url(catalog_index))
