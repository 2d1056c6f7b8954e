from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_installed, relied_on
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@relied_on("T27", "client C24")
def test_requirements_locked_with_the_catalogs_hashes_install(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """Requirements that are locked with the hashes of the catalog's files install with --require-hashes."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    locked = pip.home.write_requirements(f"example==1.0 --hash=sha256:{wheel.sha256}\n")

    run = pip.install(locked, index_url=user.index_url_with_password(remote), options=["--require-hashes"])

    assert_installed(run, wheel)


@relied_on("T27", "client C24", "U15")
def test_requirements_locked_with_the_public_indexs_hashes_are_refused_by_name(
    lab: Lab, catalog: Organization, public_index: Organization, pip: Installer
) -> None:
    """Requirements locked against the public index do not install the catalog's other build, and pip says why."""
    catalog.publish("example")
    public = public_index.publish("example", variant="of the public index")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    locked = pip.home.write_requirements(f"example==1.0 --hash=sha256:{public.sha256}\n")

    run = pip.install(locked, index_url=user.index_url_with_password(remote), options=["--require-hashes"])

    assert not run.ok
    assert not run.distributions
    assert "DO NOT MATCH THE HASHES" in run.stderr, run.said
    assert public.sha256 in run.stderr, run.said
