from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, clause, control
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.sealed_home import PipConfiguration
from artifactory_conformance.labs import Lab


@clause("CLIENT-04")
def test_pip_ini_works_by_the_paths_of_windows(
    lab: Lab, catalog: Organization, pip: Installer, second_pip: Installer
) -> None:
    """pip that is told it runs on Windows takes the index from %APPDATA%\\pip\\pip.ini (its path logic, tried here)."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    index_url = user.index_url_with_password(remote)
    with control("this pip runs here with the paths of Windows"):
        assert second_pip.install("example", index_url=index_url, as_windows=True).ok
    pip.home.write_pip_conf(f"[global]\nindex-url = {index_url}\n", PipConfiguration.WINDOWS)

    run = pip.install("example", as_windows=True)

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))


@clause("CLIENT-13", facts=("client C5",))
def test_netrc_of_windows_works_in_the_profile_folder(
    lab: Lab, catalog: Organization, pip: Installer, second_pip: Installer, observe: Callable[[str, Any], None]
) -> None:
    """pip with the paths of Windows takes credentials from _netrc in the profile folder; another %HOME% is observed."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    for client in (pip, second_pip):
        client.home.write_netrc(user.netrc_entry(), name="_netrc")

    run = pip.install("example", index_url=user.index_url(remote), as_windows=True)
    elsewhere = {"USERPROFILE": str(second_pip.home.tmp)}
    from_home = second_pip.install("example", index_url=user.index_url(remote), as_windows=True, environment=elsewhere)

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))
    observe("%HOME%\\_netrc serves where %HOME% is not the profile folder", from_home.ok)
