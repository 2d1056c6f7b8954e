from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, clause, control
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.sealed_home import PipConfiguration
from artifactory_conformance.labs import Lab


@clause("CLIENT-02", facts=("client C8",))
def test_pip_config_set_works(
    downloads: Identity,
    remote_index: RemoteRepository,
    installable_release: str,
    pip: Installer,
    observe: Callable[[str, Any], None],
) -> None:
    """pip installs with the index that `pip config set` has stored, user and password in the URL."""
    written = pip.configure(downloads.index_url_with_password(remote_index))

    run = pip.install(installable_release, options=["--no-deps"])

    assert_came_through(run, downloads.index_url(remote_index))
    observe("the file that holds the password has the mode", f"{written.stat().st_mode & 0o777:04o}")


@clause("CLIENT-03")
def test_legacy_pip_conf_works(
    downloads: Identity, remote_index: RemoteRepository, installable_release: str, pip: Installer
) -> None:
    """pip installs with the index of ~/.pip/pip.conf."""
    index_url = downloads.index_url_with_password(remote_index)
    pip.home.write_pip_conf(f"[global]\nindex-url = {index_url}\n", PipConfiguration.LEGACY)

    run = pip.install(installable_release, options=["--no-deps"])

    assert_came_through(run, downloads.index_url(remote_index))


@clause("CLIENT-03", facts=("client C7",), builds_on=["clients.legacy_pip_conf_works"])
def test_what_pip_config_set_writes_outweighs_the_legacy_file(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """Of the guide's options A and B together A counts: its file outweighs ~/.pip/pip.conf, whose index nobody asks."""
    wheel = catalog.publish("example")
    remote, other = lab.remote_repository(catalog), lab.remote_repository(catalog)
    user = lab.user(remote, other, READ, DEPLOY_CACHE)
    pip.home.write_pip_conf(f"[global]\nindex-url = {user.index_url_with_password(other)}\n", PipConfiguration.LEGACY)
    pip.configure(user.index_url_with_password(remote))

    run = pip.install("example")

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))
    assert not other.cache.paths(), "the index of ~/.pip/pip.conf was asked as well"
    with control("the other index would have had the package, too"):
        user.page(other, "example").link_to(wheel.filename)


@clause("CLIENT-12")
def test_pip_conf_of_the_machine_works(
    downloads: Identity,
    remote_index: RemoteRepository,
    installable_release: str,
    pip: Installer,
    etc_pip_conf: Callable[[str], None],
) -> None:
    """pip installs with the index of /etc/pip.conf."""
    etc_pip_conf(f"[global]\nindex-url = {downloads.index_url_with_password(remote_index)}\n")

    run = pip.install(installable_release, options=["--no-deps"])

    assert_came_through(run, downloads.index_url(remote_index))


@clause("CLIENT-12", facts=("client C7",), builds_on=["clients.pip_conf_of_the_machine_works"])
def test_pip_conf_of_the_user_outweighs_the_machines(
    lab: Lab, catalog: Organization, pip: Installer, etc_pip_conf: Callable[[str], None]
) -> None:
    """Where /etc/pip.conf names one index and the user's pip.conf another, pip asks the user's alone."""
    wheel = catalog.publish("example")
    remote, other = lab.remote_repository(catalog), lab.remote_repository(catalog)
    user = lab.user(remote, other, READ, DEPLOY_CACHE)
    etc_pip_conf(f"[global]\nindex-url = {user.index_url_with_password(other)}\n")
    pip.home.write_pip_conf(f"[global]\nindex-url = {user.index_url_with_password(remote)}\n")

    run = pip.install("example")

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))
    assert not other.cache.paths(), "the index of /etc/pip.conf was asked as well"
    with control("the other index would have had the package, too"):
        user.page(other, "example").link_to(wheel.filename)
