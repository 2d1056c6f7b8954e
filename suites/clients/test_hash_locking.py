from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_installed, control, relied_on
from artifactory_conformance.checks.causes import PUBLIC_STAYS_OFF, UV_INSTALLS
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.pip_sync import PipSync
from artifactory_conformance.clients.uv import Uv
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


@relied_on("T27", "client C24", "U15", builds_on=[PUBLIC_STAYS_OFF])
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


@relied_on("T27", "client C24", "U15", builds_on=[UV_INSTALLS, PUBLIC_STAYS_OFF])
def test_uv_takes_the_catalogs_hashes_and_no_others(
    lab: Lab, catalog: Organization, public_index: Organization, uv: Uv
) -> None:
    """uv installs what is locked with the catalog's hashes; what is locked with others it refuses, and says why."""
    wheel = catalog.publish("example")
    public = public_index.publish("example", variant="of the public index")
    remote = lab.remote_repository(catalog)
    index_url = lab.user(remote, READ, DEPLOY_CACHE).index_url_with_password(remote)
    locked = uv.home.write_requirements(f"example==1.0 --hash=sha256:{wheel.sha256}\n")
    other = uv.home.write_requirements(f"example==1.0 --hash=sha256:{public.sha256}\n")

    refused = uv.pip_install("--requirement", str(other), index_url=index_url, options=["--require-hashes"])
    nothing = uv.installed()
    run = uv.pip_install("--requirement", str(locked), index_url=index_url, options=["--require-hashes"])

    assert not refused.ok
    assert not nothing
    assert "hash" in refused.stderr.lower(), refused.said
    assert public.sha256 in refused.stderr, refused.said
    assert run.ok, run.said
    assert uv.installed() == {"example": "1.0"}


@relied_on("T27", "client C24", "U15", builds_on=["clients.pip_sync_installs_what_was_compiled", PUBLIC_STAYS_OFF])
def test_pip_sync_refuses_other_hashes(
    lab: Lab, catalog: Organization, public_index: Organization, pip_sync: PipSync
) -> None:
    """pip-sync refuses requirements that are locked with the hashes of other files, and says why."""
    wheel = catalog.publish("example")
    public = public_index.publish("example", variant="of the public index")
    remote = lab.remote_repository(catalog)
    index_url = lab.user(remote, READ, DEPLOY_CACHE).index_url_with_password(remote)

    refused = pip_sync.sync(f"example==1.0 --hash=sha256:{public.sha256}\n", index_url=index_url)

    assert not refused.ok
    assert "example" not in pip_sync.installed()
    assert "DO NOT MATCH THE HASHES" in refused.stderr, refused.said
    with control("the catalog's hash is taken"):
        assert pip_sync.sync(f"example==1.0 --hash=sha256:{wheel.sha256}\n", index_url=index_url).ok
