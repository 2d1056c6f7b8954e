"""Mistakes with the credentials that the remote repository has for the catalog."""

from __future__ import annotations

from artifactory_conformance.misconfigurations.administrator import Administrator
from artifactory_conformance.misconfigurations.misconfiguration import misconfiguration


@misconfiguration("REMOTE-16")
def wrong_password(administrator: Administrator) -> None:
    """The password on the remote is not the one that ActiveState gave."""
    administrator.change_remote(password=administrator.site.organization)


@misconfiguration("REMOTE-16")
def wrong_password_behind_a_warm_cache(administrator: Administrator) -> None:
    """The password on the remote is no longer right, and what is cached hides it."""
    administrator.install(administrator.site.package)
    administrator.change_remote(password=administrator.site.organization)


@misconfiguration("PRE-04", "REMOTE-16")
def password_replaced_at_the_catalog(administrator: Administrator) -> None:
    """The catalog has given out another password since, and neither the remote nor whoever checks has it."""
    administrator.install(administrator.site.package)
    administrator.organization.rotate_password(administrator.site.organization)


@misconfiguration("REMOTE-08")
def password_missing(administrator: Administrator) -> None:
    """No password was entered on the remote."""
    administrator.change_remote(password="")


@misconfiguration("REMOTE-07", "REMOTE-16")
def user_missing(administrator: Administrator) -> None:
    """No user name was entered on the remote, so that its password is never used."""
    administrator.change_remote(username="")


@misconfiguration("REMOTE-07", "REMOTE-16")
def email_instead_of_the_organization(administrator: Administrator) -> None:
    """The user name on the remote is somebody's e-mail address."""
    administrator.change_remote(username="packages@example.com")


@misconfiguration("REMOTE-16", "REMOTE-07")
def user_and_password_swapped(administrator: Administrator) -> None:
    """User name and password stand in each other's fields."""
    administrator.change_remote(
        username=administrator.catalog_account.password, password=administrator.catalog_account.user
    )
