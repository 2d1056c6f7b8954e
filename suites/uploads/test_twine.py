from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_becomes_listed,
    assert_installed,
    assert_serves,
    clause,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import HASH_IS_THE_SAME
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.twine import Twine
from artifactory_conformance.distributions import DistributionSpec, build_sdist, build_wheel
from artifactory_conformance.labs import Lab


@clause("CLIENT-10", facts=("T-01", "T-02", "T-07", "row 54", "row 56"))
def test_twine_uploads_to_a_local(lab: Lab, twine: Twine) -> None:
    """twine uploads a wheel and an sdist to a local, which stores, lists and serves them with these very bytes."""
    spec = DistributionSpec("internal-thing", "2.0")
    wheel, sdist = build_wheel(spec), build_sdist(spec)
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)

    run = twine.upload(wheel, sdist, repository_url=user.upload_url(local), user=user.name, password=user.password)

    assert run.ok, run.said
    for uploaded in (wheel, sdist):
        path = local.stored.path_of(uploaded.filename)
        assert path == f"internal-thing/2.0/{uploaded.filename}"
        assert local.stored.sha256(path) == uploaded.sha256
        assert_becomes_listed(user, local, uploaded)
        assert_serves(user, local, uploaded)


@clause("VIRTUAL-09", facts=("T19", "row 54"), builds_on=["uploads.twine_uploads_to_a_local", HASH_IS_THE_SAME])
def test_twine_uploads_through_the_virtual(lab: Lab, catalog: Organization, twine: Twine, pip: Installer) -> None:
    """What twine uploads to the virtual lands in its default deployment repository, and pip installs it."""
    wheel = build_wheel(DistributionSpec("internal-thing", "2.0"))
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local, deploy_to=local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    run = twine.upload(wheel, repository_url=user.upload_url(virtual), user=user.name, password=user.password)

    assert run.ok, run.said
    path = local.stored.path_of(wheel.filename)
    assert path == f"internal-thing/2.0/{wheel.filename}"
    assert local.stored.sha256(path) == wheel.sha256
    assert not remote.cache.holds_file(wheel.filename)
    assert_becomes_listed(user, virtual, wheel)
    assert_installed(pip.install("internal-thing", index_url=user.index_url_with_password(virtual)), wheel)


@clause("VIRTUAL-09", facts=("T19", "open 15"))
def test_twine_uploads_nothing_to_the_remote(lab: Lab, catalog: Organization, twine: Twine) -> None:
    """twine fails to upload to the catalog's remote; neither its cache nor the catalog gets the file."""
    wheel = build_wheel(DistributionSpec("internal-thing", "2.0"))
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    run = twine.upload(wheel, repository_url=user.upload_url(remote), user=user.name, password=user.password)

    assert not run.ok
    assert not remote.cache.holds_file(wheel.filename)
    assert not [str(request) for request in catalog.journal.requests() if "internal" in request.path]
    with control("the same user uploads to a local"):
        assert twine.upload(wheel, repository_url=user.upload_url(local), user=user.name, password=user.password).ok


@relied_on("B-31", "T-03", observes=True)
def test_what_twine_makes_of_a_duplicate(lab: Lab, twine: Twine, observe: Callable[[str, Any], None]) -> None:
    """Whether --skip-existing takes the refusal of a duplicate for success is recorded: twine goes by its text."""
    wheel = build_wheel(DistributionSpec("internal-thing", "2.0"))
    other = build_wheel(DistributionSpec("internal-thing", "2.0", variant="other bytes"))
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)
    where = {"repository_url": user.upload_url(local), "user": user.name, "password": user.password}
    with control("the first upload is accepted"):
        assert twine.upload(wheel, **where).ok

    observe("twine succeeds with a duplicate", twine.upload(other, **where).ok)
    skipping = twine.upload(other, **where, options=["--skip-existing"])
    observe("twine --skip-existing succeeds with a duplicate", skipping.ok)
    observe("twine --skip-existing says", skipping.said)
