from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, assert_lists, clause, control
from artifactory_conformance.checks.causes import UNCACHED_FILE_COMES
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause("CLIENT-05", facts=("users 2.1",))
def test_index_line_of_a_requirements_file_works(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """pip takes the index from the --index-url line of requirements.txt, even when PIP_INDEX_URL names another one."""
    wheel, second = catalog.publish("example"), catalog.publish("example-two")
    remote, decoy = lab.remote_repository(catalog), lab.remote_repository(catalog)
    user = lab.user(remote, decoy, READ, DEPLOY_CACHE)
    requirements = pip.home.write_requirements(
        f"--index-url {user.index_url_with_password(remote)}\nexample\nexample-two\n"
    )

    run = pip.install(requirements, environment={"PIP_INDEX_URL": user.index_url_with_password(decoy)})

    assert_installed(run, wheel, second)
    assert_came_through(run, user.index_url(remote))
    assert not decoy.cache.paths(), "the index of the environment was asked as well"
    with control("the other index would have had the packages, too"):
        user.page(decoy, "example").link_to(wheel.filename)


@clause("CLIENT-05", builds_on=[UNCACHED_FILE_COMES])
def test_index_line_of_a_requirements_file_works_at_the_site(
    downloads: Identity, remote_index: RemoteRepository, known_project: str, pip: Installer
) -> None:
    """pip takes the site's index from the --index-url line of requirements.txt, nothing else naming one."""
    page = assert_lists(known_project, downloads.get_page(remote_index, known_project))
    with control("the page lists a wheel for this interpreter"):
        assert any(link.suits_this_python for link in page.links)
    index_url = downloads.index_url_with_password(remote_index)
    requirements = pip.home.write_requirements(f"--index-url {index_url}\n{known_project}\n")

    run = pip.install(requirements, options=["--no-deps"])

    assert_came_through(run, downloads.index_url(remote_index))
