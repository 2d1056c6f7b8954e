from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_accepted,
    assert_came_through,
    assert_declined,
    assert_installed,
    clause,
    control,
)
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.labs import Lab


@clause("VIRTUAL-09", facts=("T19", "V-08"))
def test_an_upload_to_the_virtual_lands_in_the_internal_local(lab: Lab, catalog: Organization) -> None:
    """What is uploaded to the virtual is stored in its default deployment repository, and not with the remote."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local, deploy_to=local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)
    wheel = build_wheel(DistributionSpec("internal-thing"))

    assert_accepted(user.upload(virtual, wheel))

    path = local.stored.path_of(wheel.filename)
    assert path is not None, f"{wheel.filename} is not in {local}: it holds {local.stored.paths()}"
    assert local.stored.sha256(path) == wheel.sha256
    assert not remote.cache.holds_file(wheel.filename)
    assert not [str(request) for request in catalog.journal.requests() if "internal" in request.path]


@clause(
    "VIRTUAL-09", "VIRTUAL-02", builds_on=["virtual_repository.an_upload_to_the_virtual_lands_in_the_internal_local"]
)
def test_pip_installs_what_was_uploaded_to_the_virtual(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """pip installs through the virtual what was uploaded through it."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local, deploy_to=local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)
    wheel = lab.upload(virtual, "internal-thing", "3.1")

    run = pip.install("internal-thing", index_url=user.index_url_with_password(virtual))

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(virtual))


@clause("VIRTUAL-09", facts=("T19", "pypi 2.5", "open 15"))
def test_an_upload_to_the_remote_is_refused(lab: Lab, catalog: Organization) -> None:
    """An upload to the catalog's remote is refused, even to an administrator, and stored nowhere."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    wheel = build_wheel(DistributionSpec("internal-thing"))

    assert_declined(lab.administrator.upload(remote, wheel))

    assert not remote.cache.holds_file(wheel.filename)
    assert not [str(request) for request in catalog.journal.requests() if "internal" in request.path]
    with control("the same upload to a local repository is accepted"):
        assert_accepted(lab.administrator.upload(local, wheel))
        assert local.stored.holds_file(wheel.filename)


@clause("VIRTUAL-09", facts=("V-08", "open 15"))
def test_an_upload_without_a_default_deployment_repository_is_refused(lab: Lab, catalog: Organization) -> None:
    """A virtual without a default deployment repository refuses an upload; no member stores it."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    undecided = lab.virtual_repository(remote, local)
    wheel = build_wheel(DistributionSpec("internal-thing"))

    assert_declined(lab.administrator.upload(undecided, wheel))

    assert not local.stored.holds_file(wheel.filename)
    assert not remote.cache.holds_file(wheel.filename)
    with control("the same upload is accepted once there is one"):
        undecided.change(defaultDeploymentRepo=local.key)
        assert_accepted(lab.administrator.upload(undecided, wheel))
