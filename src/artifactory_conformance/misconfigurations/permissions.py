"""Mistakes in permission targets, groups and accounts."""

from __future__ import annotations

from artifactory_conformance.artifactory import DELETE, DEPLOY_CACHE, MANAGE, READ
from artifactory_conformance.misconfigurations.administrator import Administrator
from artifactory_conformance.misconfigurations.misconfiguration import misconfiguration

BOTH = (READ, DEPLOY_CACHE)
GROUP = "python-developers"


@misconfiguration("PERM-02", "PERM-01")
def deploy_cache_missing(administrator: Administrator) -> None:
    """Who installs may read the remote, but not have it cache anything."""
    administrator.grant_instead(READ)


@misconfiguration("PERM-02", "PERM-01")
def read_missing(administrator: Administrator) -> None:
    """Who installs was given Deploy/Cache on the remote without Read."""
    administrator.grant_instead(DEPLOY_CACHE)


@misconfiguration("PERM-01", "PERM-02")
def permission_target_missing(administrator: Administrator) -> None:
    """Nobody was given anything on the remote."""
    administrator.security.revoke(administrator.permission)


@misconfiguration("PERM-01", "PERM-02")
def permission_target_on_the_local_alone(administrator: Administrator) -> None:
    """The permission target names the internal repository, as if rights on one member were rights on all."""
    administrator.grant_instead(on=[administrator.site.local])


@misconfiguration("PERM-01", "PERM-02")
def permission_target_on_another_remote(administrator: Administrator) -> None:
    """The permission target names another remote repository, made in an earlier trial."""
    administrator.add_remote("activestate-trial", administrator.catalog_url)
    administrator.grant_instead(on=["activestate-trial"])


@misconfiguration("PERM-01", "PERM-02")
def pattern_without_the_pages(administrator: Administrator) -> None:
    """The permission target includes packages only, so that the pages in .pypi/ are hidden."""
    administrator.grant_instead(include=["**/*.whl", "**/*.tar.gz"])


@misconfiguration("PERM-01", "PERM-02")
def pattern_without_the_files(administrator: Administrator) -> None:
    """The permission target includes the pages in .pypi/ only, so that no file comes."""
    administrator.grant_instead(include=[".pypi/**"])


@misconfiguration("PERM-01")
def pattern_that_excludes_a_corner(administrator: Administrator) -> None:
    """The permission target excludes what an old rule of the company names."""
    administrator.grant_instead(exclude=["legacy/**"])


@misconfiguration("PERM-02")
def account_not_in_its_group(administrator: Administrator) -> None:
    """The group of the developers has both rights, and the account that installs was not put into it."""
    administrator.make_group(GROUP)
    administrator.grant_instead(users={}, groups={GROUP: BOTH})


@misconfiguration("PERM-11")
def everybody_may_manage(administrator: Administrator) -> None:
    """The permission target gives everything, Delete and Manage included, as that was the quickest way."""
    administrator.grant_instead(*BOTH, DELETE, MANAGE)


@misconfiguration("PERM-11")
def account_is_an_administrator(administrator: Administrator) -> None:
    """The account that installs was made an administrator."""
    administrator.change_user(admin=True)


@misconfiguration("PERM-11")
def group_of_administrators(administrator: Administrator) -> None:
    """The group that installs has administrator privileges."""
    administrator.make_group(GROUP, adminPrivileges=True)
    administrator.change_user(groups=[GROUP])
    administrator.grant_instead(users={}, groups={GROUP: BOTH})


@misconfiguration("VIRTUAL-01", "VIRTUAL-02")
def read_on_the_local_missing(administrator: Administrator) -> None:
    """Who installs was given rights on the catalog's remote, and none on the internal repository."""
    administrator.security.revoke(f"{administrator.site.local}-read")
