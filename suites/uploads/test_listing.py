from collections.abc import Callable
from dataclasses import replace
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_accepted,
    assert_becomes_listed,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.distributions import (
    DistributionSpec,
    build_sdist,
    build_wheel,
    wheel_without_metadata,
)
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@relied_on("row 56", "row 8", "T-02", "T-04", "B-27", "B-35", "U-09")
def test_an_upload_comes_to_be_listed_and_served(lab: Lab, catalog: Organization) -> None:
    """What is uploaded appears on the pages of its local and of a virtual, with its hash and a link that serves it."""
    wheel = build_wheel(DistributionSpec("internal-thing", "2.0"))
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    assert_accepted(user.upload(local, wheel))

    assert local.stored.paths() == [f"internal-thing/2.0/{wheel.filename}"]
    for repository in (local, virtual):
        assert_becomes_listed(user, repository, wheel)
        assert_serves(user, repository, wheel)


@relied_on("B-26", "H-12", "client C20")
def test_every_file_of_a_page_has_the_sha256_of_its_bytes(lab: Lab, catalog: Organization) -> None:
    """Every file on a page of remote, local or virtual carries a sha256: lock files of pipenv and poetry need it."""
    published = [catalog.publish("thing", "1.0"), catalog.publish("thing", "1.1", kind="sdist")]
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    uploaded = [lab.upload(local, "thing", "2.0")]
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    for repository, offered in ((remote, published), (local, uploaded), (virtual, published + uploaded)):
        links = user.page(repository, "thing").links
        assert {link.filename: link.sha256 for link in links} == {one.filename: one.sha256 for one in offered}


@relied_on("T-05", "B-34", since="7.161")
def test_a_wheel_without_metadata_is_accepted_and_not_listed(lab: Lab) -> None:
    """A wheel without METADATA is accepted and stored, but no page lists it, as one that came after it shows."""
    bare = wheel_without_metadata(DistributionSpec("internal-thing", "1.0"))
    later = build_wheel(DistributionSpec("internal-thing", "2.0"))
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)

    assert_accepted(user.upload(local, bare))
    assert local.stored.holds_file(bare.filename)
    with control("a whole wheel that is uploaded after it comes to be listed"):
        assert_accepted(user.upload(local, later))
        assert_becomes_listed(user, local, later)
    assert user.page(local, "internal-thing").filenames() == {later.filename}


@relied_on("T-05", since="7.161")
def test_an_upload_with_an_invalid_version_is_listed(lab: Lab) -> None:
    """A form whose version is none by PEP 440 is accepted, and the file is listed."""
    wheel = build_wheel(DistributionSpec("internal-thing", "1.0"))
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)

    assert_accepted(user.upload(local, replace(wheel, version="first of all")))

    assert_becomes_listed(user, local, wheel)


@relied_on("N-04")
def test_the_layout_is_not_enforced_by_default(lab: Lab, observe: Callable[[str, Any], None]) -> None:
    """A form that names another project than the file is accepted; where the file is stored and listed is recorded."""
    wheel = build_wheel(DistributionSpec("internal-thing", "1.0"))
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)

    assert_accepted(user.upload(local, replace(wheel, project="another-thing")))

    later = lab.upload(local, "later-thing")
    with control("what is uploaded after it is listed"):
        assert user.page(local, "later-thing").link_to(later.filename)
    observe("stored at", [path for path in local.stored.paths() if path.endswith(wheel.filename)])
    for name in ("internal-thing", "another-thing"):
        listed = [link.filename for link in user.links(local, name)]
        observe(f"files on the page of {name}", listed)


@relied_on("T-04", "T-08", since="7.161")
def test_what_is_deployed_by_hand_is_listed_after_a_quiet_period(lab: Lab, target: Target) -> None:
    """A wheel and an sdist that are PUT to their paths are listed with their hashes after a minute of quiet."""
    spec = DistributionSpec("internal-thing", "1.0")
    wheel, sdist = build_wheel(spec), build_sdist(spec)
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)

    for file in (wheel, sdist):
        assert_accepted(user.put(local.key, f"internal-thing/1.0/{file.filename}", file.content))
    target.elapse(LIMITS.quiet + 1)

    for file in (wheel, sdist):
        assert_becomes_listed(user, local, file)
        assert_serves(user, local, file)
