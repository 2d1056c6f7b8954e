"""Mistakes in the virtual repository and in what stands behind it."""

from __future__ import annotations

from artifactory_conformance.catalog import PublicIndex
from artifactory_conformance.misconfigurations.administrator import Administrator
from artifactory_conformance.misconfigurations.misconfiguration import misconfiguration
from artifactory_conformance.misconfigurations.urls import PUBLIC_FILES, PUBLIC_INDEX


@misconfiguration("VIRTUAL-03", "VIRTUAL-08", "ladder E1", "ladder E2")
def public_remote_in_the_virtual(administrator: Administrator) -> None:
    """A remote of the public index is among the virtual's members, for what the catalog lacks."""
    administrator.let_the_public_index_have_everything()
    administrator.add_remote("pypi-remote", PUBLIC_FILES, pyPIRegistryUrl=PUBLIC_INDEX)
    administrator.add_members("pypi-remote")
    administrator.look_at_the_example(administrator.site.virtual)


@misconfiguration("VIRTUAL-03", "VIRTUAL-08", "ladder E1", "ladder E2")
def public_remote_in_a_nested_virtual(administrator: Administrator) -> None:
    """The company's old virtual, which has the public index behind it, is a member of the new one."""
    administrator.let_the_public_index_have_everything()
    administrator.add_remote("pypi-remote", PUBLIC_FILES, pyPIRegistryUrl=PUBLIC_INDEX)
    administrator.add_virtual("python-all", "pypi-remote")
    administrator.add_members("python-all")
    administrator.look_at_the_example(administrator.site.virtual)


@misconfiguration("VIRTUAL-03", "VIRTUAL-08", "ladder E1", "ladder E2")
def public_remote_under_an_innocent_key(administrator: Administrator) -> None:
    """A member of the virtual whose key speaks of the catalog fetches its pages from the public index."""
    administrator.let_the_public_index_have_everything()
    administrator.add_remote("activestate-curated", PUBLIC_FILES, pyPIRegistryUrl=PUBLIC_INDEX)
    administrator.add_members("activestate-curated")
    administrator.look_at_the_example(administrator.site.virtual)


@misconfiguration("VIRTUAL-03", "VIRTUAL-08", "ladder E1", "ladder E2")
def mirror_in_the_virtual(administrator: Administrator) -> None:
    """A mirror of the public index at a host of the company is among the virtual's members."""
    mirror = administrator.mirror()
    administrator.add_remote("python-mirror", mirror, pyPIRegistryUrl=mirror)
    administrator.add_members("python-mirror")


@misconfiguration("ladder E3", "VIRTUAL-03")
def cache_left_over_from_the_public_index(administrator: Administrator) -> None:
    """The remote stood in front of the public index once; its addresses were changed, and its cache was kept."""
    administrator.change_remote(url=PUBLIC_FILES, pyPIRegistryUrl=PUBLIC_INDEX)
    administrator.install(PublicIndex(administrator.public_index).publish("public-thing").project)
    administrator.name_both(administrator.catalog_url)


@misconfiguration("VIRTUAL-06")
def remote_not_in_the_virtual(administrator: Administrator) -> None:
    """The catalog's remote is not among the virtual's members."""
    administrator.change_virtual(repositories=[administrator.site.local])


@misconfiguration("VIRTUAL-06")
def virtual_that_excludes_pages(administrator: Administrator) -> None:
    """An exclude pattern on the virtual hides a package of the catalog that somebody once distrusted."""
    administrator.change_virtual(excludesPattern=f".pypi/{administrator.site.package}.html")


@misconfiguration("VIRTUAL-02", "VIRTUAL-01", "VIRTUAL-04")
def local_not_in_the_virtual(administrator: Administrator) -> None:
    """The internal repository is not among the virtual's members, so that nothing can be uploaded there either."""
    administrator.change_virtual(repositories=[administrator.site.remote], defaultDeploymentRepo="")


@misconfiguration("VIRTUAL-01", "VIRTUAL-02", "VIRTUAL-04")
def local_missing(administrator: Administrator) -> None:
    """There is no repository for internal packages."""
    administrator.change_virtual(repositories=[administrator.site.remote], defaultDeploymentRepo="")
    administrator.repositories.delete(administrator.site.local)


@misconfiguration("VIRTUAL-01", "VIRTUAL-02", "VIRTUAL-04")
def local_of_package_type_generic(administrator: Administrator) -> None:
    """The repository for internal packages was made with the package type Generic."""
    administrator.change_virtual(repositories=[administrator.site.remote], defaultDeploymentRepo="")
    administrator.repositories.delete(administrator.site.local)
    administrator.repositories.create({"key": administrator.site.local, "rclass": "local", "packageType": "generic"})


@misconfiguration("VIRTUAL-02")
def virtual_missing(administrator: Administrator) -> None:
    """The virtual repository that clients are pointed at was never made."""
    administrator.repositories.delete(administrator.site.virtual)


@misconfiguration("VIRTUAL-02")
def remote_under_the_virtuals_key(administrator: Administrator) -> None:
    """What clients are pointed at is a second remote of the catalog instead of a virtual repository."""
    administrator.repositories.delete(administrator.site.virtual)
    administrator.add_remote(administrator.site.virtual, administrator.catalog_url)


@misconfiguration("VIRTUAL-04")
def no_default_deployment_repository(administrator: Administrator) -> None:
    """The virtual has no Default Deployment Repository."""
    administrator.change_virtual(defaultDeploymentRepo="")


@misconfiguration("VIRTUAL-04", "row 4", "B-55", "E-03")
def another_default_deployment_repository(administrator: Administrator) -> None:
    """Uploads to the virtual land in a scratch repository."""
    administrator.deploy_to_another_local()


@misconfiguration("VIRTUAL-10")
def local_before_the_remote(administrator: Administrator) -> None:
    """The internal repository stands before the catalog's remote."""
    administrator.change_virtual(repositories=[administrator.site.local, administrator.site.remote])


@misconfiguration("VIRTUAL-08")
def internal_name_in_the_catalog(administrator: Administrator) -> None:
    """The catalog has a higher version under an internal name, and nothing keeps it off the remote."""
    administrator.organization.publish(administrator.site.internal_package, "9.0")


@misconfiguration("VIRTUAL-08")
def priority_on_the_wrong_member(administrator: Administrator) -> None:
    """Priority resolution was switched on for the catalog's remote, and the catalog has an internal name, too."""
    administrator.organization.publish(administrator.site.internal_package, "9.0")
    administrator.change_remote(priorityResolution=True)
