from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.checks import assert_came_through, clause, control
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.sealed_home import PipConfiguration


@clause("CLIENT-04")
def test_pip_ini_works_by_the_paths_of_windows(
    downloads: Identity, remote_index: RemoteRepository, installable_project: str, pip: Installer, second_pip: Installer
) -> None:
    """pip that is told it runs on Windows takes the index from %APPDATA%\\pip\\pip.ini (its path logic, tried here)."""
    index_url = downloads.index_url_with_password(remote_index)
    with control("this pip runs here with the paths of Windows"):
        assert second_pip.install(installable_project, index_url=index_url, options=["--no-deps"], as_windows=True).ok
    pip.home.write_pip_conf(f"[global]\nindex-url = {index_url}\n", PipConfiguration.WINDOWS)

    run = pip.install(installable_project, options=["--no-deps"], as_windows=True)

    assert_came_through(run, downloads.index_url(remote_index))


@clause("CLIENT-13", facts=("client C5",))
def test_netrc_of_windows_works_in_the_profile_folder(
    downloads: Identity,
    remote_index: RemoteRepository,
    installable_project: str,
    pip: Installer,
    second_pip: Installer,
    observe: Callable[[str, Any], None],
) -> None:
    """pip with the paths of Windows takes credentials from _netrc in the profile folder; another %HOME% is observed."""
    index_url = downloads.index_url(remote_index)
    for client in (pip, second_pip):
        client.home.write_netrc(downloads.netrc_entry(), name="_netrc")
    elsewhere = {"USERPROFILE": str(second_pip.home.tmp)}
    asked = {"index_url": index_url, "options": ["--no-deps"], "as_windows": True}

    run = pip.install(installable_project, **asked)
    from_home = second_pip.install(installable_project, **asked, environment=elsewhere)

    assert_came_through(run, index_url)
    observe("%HOME%\\_netrc serves where %HOME% is not the profile folder", from_home.ok)
