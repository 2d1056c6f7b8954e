from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository, VirtualRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_becomes,
    assert_becomes_served,
    assert_came_through,
    assert_installed,
    assert_lists,
    assert_not_an_index,
    assert_serves,
    clause,
    control,
)
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PIP_INSTALLS_AT_THE_SITE, UNCACHED_FILE_COMES
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause(
    "VIRTUAL-05",
    "VIRTUAL-02",
    builds_on=[
        UNCACHED_FILE_COMES,
        PIP_INSTALLS_AT_THE_SITE,
        "isolation.a_public_package_is_unknown_to_the_sites_virtual",
    ],
)
def test_pip_installs_a_catalog_package_with_the_sites_virtual_as_its_one_index(
    downloads: Identity, virtual_index: VirtualRepository, known_project: str, pip: Installer
) -> None:
    """pip whose one index is the site's virtual installs a package of the catalog, every file through that virtual."""
    assert_lists(known_project, downloads.get_page(virtual_index, known_project))

    run = pip.install(known_project, index_url=downloads.index_url_with_password(virtual_index))
    with control("the catalog has a wheel of it and of each dependency for this interpreter"):
        found = run.distribution(known_project)

    assert_came_through(run, downloads.index_url(virtual_index))
    assert found.requested


@clause("VIRTUAL-02", builds_on=[FILE_IS_CACHED])
def test_one_virtual_serves_catalog_and_internal_packages(lab: Lab, catalog: Organization) -> None:
    """One virtual repository serves a package of the catalog and an internal one, each from where it belongs."""
    curated = catalog.publish("curated-thing")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing")
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    assert_serves(user, virtual, curated)
    assert_serves(user, virtual, internal)

    assert catalog.journal.downloads(curated.filename), "the catalog was not asked for its file"
    assert not catalog.journal.downloads(internal.filename)
    assert remote.cache.holds_file(curated.filename)
    assert not remote.cache.holds_file(internal.filename)


@clause("VIRTUAL-02", "VIRTUAL-05")
def test_pip_installs_both_kinds_of_packages_at_once(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """pip installs a catalog package and an internal one in one run, with the virtual as its one index."""
    curated = catalog.publish("curated-thing", "1.4")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing", "2.3")
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    run = pip.install("curated-thing", "internal-thing", index_url=user.index_url_with_password(virtual))

    assert_installed(run, curated, internal)
    assert_came_through(run, user.index_url(virtual))


@clause("VIRTUAL-02", "VIRTUAL-05")
def test_an_internal_package_finds_its_requirement_in_the_catalog(
    lab: Lab, catalog: Organization, pip: Installer
) -> None:
    """pip installs an internal package together with the catalog package that it requires, through the one virtual."""
    curated = catalog.publish("curated-thing", "1.4")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing", "2.3", requires=("curated-thing>=1.2",))
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    run = pip.install("internal-thing", index_url=user.index_url_with_password(virtual))

    assert_installed(run, curated, internal)
    assert_came_through(run, user.index_url(virtual))


@clause("VIRTUAL-06", builds_on=["virtual_repository.there_is_a_virtual_pypi_repository"])
def test_the_sites_virtual_has_what_the_remote_has(
    downloads: Identity, virtual_index: VirtualRepository, remote_index: RemoteRepository, known_project: str
) -> None:
    """Of a project of the catalog, the site's virtual lists every file that the site's remote lists."""
    page = downloads.page(remote_index, known_project)

    assert_lists(known_project, downloads.get_page(virtual_index, known_project), *page.filenames())


@clause("VIRTUAL-06")
def test_catalog_packages_come_and_go_with_the_remote_as_a_member(lab: Lab, catalog: Organization) -> None:
    """A virtual has the catalog's packages only while the remote is among its members; the others stay served."""
    curated = catalog.publish("curated-thing")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing")
    virtual = lab.virtual_repository(local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)
    with control("the virtual serves its other member"):
        assert_serves(user, virtual, internal)

    assert_not_an_index("curated-thing", user.get_page(virtual, "curated-thing"))
    assert not catalog.journal.asked_for_page("curated-thing")

    virtual.change(repositories=[remote.key, local.key])

    assert_becomes_served(lambda: user.get_page(virtual, "curated-thing"))
    assert_serves(user, virtual, curated)

    virtual.change(repositories=[local.key])

    assert_becomes(
        "the virtual lacks the catalog's package",
        lambda: user.links(virtual, "curated-thing"),
        holds=lambda links: not links,
    )
    assert_serves(user, virtual, internal)
    with control("the remote still serves it"):
        assert_serves(user, remote, curated)
