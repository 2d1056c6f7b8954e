from artifactory_conformance.artifactory import Identity, LocalRepository, VirtualRepository
from artifactory_conformance.checks import assert_shown, clause
from artifactory_conformance.checks.causes import ADDRESSES
from artifactory_conformance.isolation import members_behind, strays
from artifactory_conformance.sites import Site


@clause("VIRTUAL-01")
def test_internal_packages_have_a_local_pypi_repository(site_local: LocalRepository) -> None:
    """The repository for internal packages is a local one of package type PyPI."""
    configuration = site_local.find()

    assert configuration is not None, f"there is no repository {site_local}: create it, or give --local"
    assert configuration["rclass"] == "local"
    assert configuration["packageType"].lower() == "pypi"


@clause("VIRTUAL-01")
def test_the_virtual_has_a_local_pypi_repository_behind_it(site_virtual: VirtualRepository) -> None:
    """Behind the virtual repository stands a local PyPI repository, where internal packages can live."""
    members = members_behind(site_virtual)

    locals_ = [one.key for one in members if (one.repository_class, one.package_type) == ("local", "pypi")]
    assert locals_, f"there is none among {', '.join(one.key for one in members) or 'no members'}"


@clause("VIRTUAL-01", "VIRTUAL-02")
def test_whoever_installs_is_shown_a_local_pypi_repository(site_user: Identity, local_index: LocalRepository) -> None:
    """The account that installs packages is shown the internal repository as a local one of package type PyPI."""
    shown = assert_shown(site_user, local_index.key)

    assert shown["type"].lower() == "local"
    assert shown["packageType"].lower() == "pypi"


@clause("VIRTUAL-02")
def test_there_is_a_virtual_pypi_repository(site_virtual: VirtualRepository) -> None:
    """The repository that clients are pointed at is a virtual one of package type PyPI."""
    configuration = site_virtual.find()

    assert configuration is not None, f"there is no repository {site_virtual}: create it, or give --virtual"
    assert configuration["rclass"] == "virtual"
    assert configuration["packageType"].lower() == "pypi"


@clause("VIRTUAL-02", builds_on=["virtual_repository.the_catalogs_remote_is_among_the_included_repositories"])
def test_the_virtual_aggregates_the_remote_and_the_local(
    site_virtual: VirtualRepository, site_local: LocalRepository, site: Site
) -> None:
    """The virtual repository aggregates the catalog's remote and the internal local repository."""
    members = {member.key for member in members_behind(site_virtual)}

    missing = {site.remote, site_local.key} - members
    assert not missing, f"{', '.join(missing)} is not among {', '.join(sorted(members)) or 'no members'}"


@clause(
    "VIRTUAL-03",
    "REMOTE-04",
    facts=("T03", "ladder E8", "V-11"),
    builds_on=ADDRESSES,
)
def test_every_address_behind_the_virtual_is_the_catalogs(site_virtual: VirtualRepository, site: Site) -> None:
    """Every URL and Registry URL of every remote behind the virtual, however deeply nested, is the catalog's."""
    members = members_behind(site_virtual)

    others = [str(stray) for stray in strays(members, site.catalog_addresses)]
    assert not others, f"expected addresses below {site.catalog_addresses} only; what else is behind it: {others}"


@clause("VIRTUAL-04", facts=("T19", "V-08"))
def test_the_default_deployment_repository_is_the_internal_local(
    site_virtual: VirtualRepository, site_local: LocalRepository
) -> None:
    """The virtual's Default Deployment Repository is the local repository for internal packages."""
    target = site_virtual.configuration().get("defaultDeploymentRepo")

    assert target == site_local.key, f"Default Deployment Repository is {target or 'not set'}, not {site_local}"


@clause("VIRTUAL-06")
def test_the_catalogs_remote_is_among_the_included_repositories(site_virtual: VirtualRepository, site: Site) -> None:
    """The catalog's remote repository is among the repositories that the virtual includes."""
    members = [member.key for member in members_behind(site_virtual)]

    assert site.remote in members, f"{site.remote} is not among {', '.join(members) or 'no members'}"
