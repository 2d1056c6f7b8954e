from collections.abc import Callable

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, ProjectPage, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_came_through,
    assert_installed,
    assert_lists,
    assert_lists_only,
    clause,
    control,
)
from artifactory_conformance.checks.causes import UNCACHED_FILE_COMES
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab
from artifactory_conformance.proxies import Proxy


@clause("ACCESS-01")
def test_pip_installs_a_catalog_package(proxy: Proxy, pip: Installer) -> None:
    """pip, its cache empty, installs a catalog package through the guide's URL with a user's name and password."""
    proxy = proxy.as_installer()
    wheel = proxy.publish("2.1")

    run = pip.install(wheel.project, index_url=proxy.asker.index_url_with_password(proxy.index))

    assert_installed(run, wheel)
    assert pip.version_of(wheel.project.replace("-", "_")) == "2.1"
    assert proxy.link_to(wheel).filename == wheel.filename


@clause("ACCESS-01", "CLIENT-06", "CLIENT-08", builds_on=[UNCACHED_FILE_COMES])
def test_account_of_the_site_installs_a_catalog_package(
    downloads: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    smallest_release: Callable[[ProjectPage], str],
    pip: Installer,
) -> None:
    """pip installs from the site by PIP_INDEX_URL with the account's own name and password, percent-encoded, in it."""
    page = assert_lists(known_project, downloads.get_page(remote_index, known_project))
    with control("the page lists a wheel for this interpreter"):
        release = smallest_release(page)

    index_url = downloads.index_url_with_password(remote_index)
    run = pip.install(release, environment={"PIP_INDEX_URL": index_url}, options=["--no-deps"])

    assert_came_through(run, downloads.index_url(remote_index))


@clause("ACCESS-01")
def test_any_spelling_of_a_project_name_installs(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """pip installs a project whose name is written with capitals, dots and underscores, at the catalog or at pip."""
    wheel = catalog.publish("Odd.Name_pkg")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip.install("odd_Name.PKG", index_url=user.index_url_with_password(remote))

    assert_installed(run, wheel)


@clause("ACCESS-01")
def test_entry_point_of_an_installed_package_runs(
    lab: Lab, catalog: Organization, pip: Installer, run_script: Callable[[str], str]
) -> None:
    """A command that a catalog package brings runs after its installation."""
    catalog.publish("example", "2.1", entry_points={"example-command": "example.command:main"})
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip.install("example", index_url=user.index_url_with_password(remote))

    assert run.ok, run.stderr
    assert run_script("example-command") == "example 2.1"


@clause("ACCESS-01")
def test_version_for_another_python_is_passed_over(proxy: Proxy, pip: Installer) -> None:
    """pip takes the newest version that suits its Python, not a newer one whose Requires-Python rules it out."""
    proxy = proxy.as_installer()
    newer = proxy.publish("2.0", requires_python=">=99")
    suitable = proxy.catalog.publish(newer.project, "1.0", requires_python=">=3.8")

    run = pip.install(newer.project, index_url=proxy.asker.index_url_with_password(proxy.index))

    assert_installed(run, suitable)
    assert_lists_only(newer.project, proxy.get_page(newer.project), newer.filename, suitable.filename)


@clause("ACCESS-01")
def test_prerelease_is_installed_only_when_asked_for(
    lab: Lab, catalog: Organization, pip: Installer, second_pip: Installer
) -> None:
    """pip takes the final release by default, and the newer pre-release of the same page with --pre."""
    final, prerelease = catalog.publish("example", "1.0"), catalog.publish("example", "2.0rc1")
    remote = lab.remote_repository(catalog)
    index_url = lab.user(remote, READ, DEPLOY_CACHE).index_url_with_password(remote)

    assert_installed(pip.install("example", index_url=index_url), final)
    assert_installed(second_pip.install("example", index_url=index_url, options=["--pre"]), prerelease)
