from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, clause, control
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause("CLIENT-06")
def test_index_of_the_environment_works(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """pip takes the index from PIP_INDEX_URL, even when the user's pip.conf names another one."""
    wheel = catalog.publish("example")
    remote, decoy = lab.remote_repository(catalog), lab.remote_repository(catalog)
    user = lab.user(remote, decoy, READ, DEPLOY_CACHE)
    pip.home.write_pip_conf(f"[global]\nindex-url = {user.index_url_with_password(decoy)}\n")

    run = pip.install("example", environment={"PIP_INDEX_URL": user.index_url_with_password(remote)})

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))
    assert not decoy.cache.paths(), "the index of pip.conf was asked as well"
    with control("the other index would have had the package, too"):
        user.page(decoy, "example").link_to(wheel.filename)
