from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.checks import assert_came_through, clause, control, relied_on
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.sealed_home import PipConfiguration


@clause("CLIENT-04", builds_on=["clients.legacy_pip_conf_works"])
def test_pip_ini_works_by_the_paths_of_windows(
    downloads: Identity, remote_index: RemoteRepository, installable_release: str, pip: Installer, second_pip: Installer
) -> None:
    """pip that is told it runs on Windows takes the index from %APPDATA%\\pip\\pip.ini (its path logic, tried here)."""
    index_url = downloads.index_url_with_password(remote_index)
    with control("this pip runs here with the paths of Windows, as far as it can without an index"):
        alone = second_pip.install(installable_release, options=["--no-deps", "--no-index"], as_windows=True)
        assert "No matching distribution" in alone.stderr, alone.stderr
    pip.home.write_pip_conf(f"[global]\nindex-url = {index_url}\n", PipConfiguration.WINDOWS)

    run = pip.install(installable_release, options=["--no-deps"], as_windows=True)

    assert_came_through(run, downloads.index_url(remote_index))


@clause("CLIENT-13", facts=("client C5",), builds_on=["clients.netrc_of_windows_works_in_the_profile_folder"])
def test_netrc_of_windows_works_in_the_folder_that_home_names(
    downloads: Identity, remote_index: RemoteRepository, installable_release: str, pip: Installer, second_pip: Installer
) -> None:
    """pip with the paths of Windows takes credentials from %HOME%\\_netrc, whatever the profile folder is."""
    index_url = downloads.index_url(remote_index)
    for client in (pip, second_pip):
        client.home.write_netrc(downloads.netrc_entry(), name="_netrc")
    asked = {"index_url": index_url, "options": ["--no-deps"], "as_windows": True}
    with control("the same entry serves where %HOME% is the profile folder"):
        assert second_pip.install(installable_release, **asked).ok

    run = pip.install(installable_release, **asked, environment={"USERPROFILE": str(pip.home.tmp)})

    assert_came_through(run, index_url)


@relied_on("client C5")
def test_netrc_of_windows_works_in_the_profile_folder(
    downloads: Identity, remote_index: RemoteRepository, installable_release: str, pip: Installer
) -> None:
    """pip with the paths of Windows takes credentials from _netrc in the profile folder."""
    index_url = downloads.index_url(remote_index)
    pip.home.write_netrc(downloads.netrc_entry(), name="_netrc")

    run = pip.install(installable_release, index_url=index_url, options=["--no-deps"], as_windows=True)

    assert_came_through(run, index_url)
