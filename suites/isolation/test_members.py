"""How a virtual repository goes about its members: who answers, what failures hide, what rights count."""

from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import BadAnswer, Fault, Organization
from artifactory_conformance.checks import (
    assert_not_an_index,
    assert_served,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import FILE_IS_CACHED
from artifactory_conformance.labs import Lab

ORIGINATED = {"X_Artifactory_Originated": "0123456789abcdef"}
"""What a request carries that comes from another Artifactory (C-10)."""

FAILURES = (BadAnswer.STATUS_403, BadAnswer.STATUS_500, BadAnswer.RESET)


@relied_on("B1", "T03", "V-01")
def test_nested_virtual_serves_what_its_members_have(lab: Lab, catalog: Organization) -> None:
    """A virtual of virtuals serves the packages of all repositories behind it, each file once."""
    curated = catalog.publish("curated-thing")
    remote, local, inner, user = lab.set_up(catalog)
    internal = lab.upload(local, "internal-thing")
    outer = lab.virtual_repository(lab.virtual_repository(inner), remote)

    assert_serves(user, outer, curated)
    assert_serves(user, outer, internal)
    assert len(user.page(outer, "curated-thing").links) == 1


@relied_on("B1", observes=True)
def test_virtuals_that_contain_each_other(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """What comes of two virtuals that contain each other is recorded: taken or refused, served or not."""
    wheel = catalog.publish("curated-thing")
    remote, _, inner, user = lab.set_up(catalog)
    outer = lab.virtual_repository(inner, remote)

    observe("such a circle", "saved" if inner.accepts(repositories=[remote.key, outer.key]) else "refused")
    for virtual in (inner, outer):
        observe(str(virtual).rpartition("-")[2], sorted(link.filename for link in user.links(virtual, wheel.project)))


@relied_on("B2", "B7")
def test_virtual_without_members_serves_nothing(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A virtual without members serves no page, and with a member it does; the status without is recorded."""
    wheel = catalog.publish("curated-thing")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    empty = lab.virtual_repository()

    answer = user.get_page(empty, wheel.project)

    observe("answer", answer.status)  # B2: 404, of 5.11 alone
    assert_not_an_index(wheel.project, answer)
    with control("with the remote in it, it serves"):
        empty.change(repositories=[remote.key])
        user.page(empty, wheel.project).link_to(wheel.filename)


@relied_on("V-07", "B7", "B11", observes=True)
def test_what_a_member_without_read_does_to_the_others(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """What somebody with rights on the local alone is served through the virtual of both is recorded."""
    curated = catalog.publish("curated-thing")
    _, local, virtual, _ = lab.set_up(catalog)
    internal = lab.upload(local, "internal-thing")
    user = lab.user(local, READ)

    for project in (internal.project, curated.project, "nobody-has-it"):
        observe(project, user.get_page(virtual, project).status)


@relied_on("V-07", "B7", "B9", observes=True)
@pytest.mark.parametrize("failure", FAILURES, ids=[failure.value for failure in FAILURES])
def test_what_a_failing_member_does_to_the_others(
    failure: BadAnswer, lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether a virtual still serves its local's packages while the catalog fails is recorded."""
    catalog.publish("both-have-it", "2.0")
    _, local, virtual, user = lab.set_up(catalog)
    internal = lab.upload_each(local, ["internal-thing", "both-have-it"])["internal-thing"]
    catalog.set_faults(failure.at("*"))

    for project in (internal.project, "both-have-it"):
        answer = user.get_page(virtual, project)
        observe(project, f"{answer.status}, {sorted(link.filename for link in user.links(virtual, project))}")


@relied_on("B8", observes=True)
def test_what_a_member_that_cannot_deliver_hides(
    lab: Lab, catalog: Organization, second_catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether a file comes from the second remote when the first has it, but fails to deliver it, is recorded."""
    wheel, twin = catalog.publish("curated-thing"), second_catalog.publish("curated-thing")
    with control("both catalogs have the same file"):
        assert wheel.sha256 == twin.sha256
    first, second = lab.remote_repository(catalog), lab.remote_repository(second_catalog)
    virtual = lab.virtual_repository(first, second)
    user = lab.user(first, second, READ, DEPLOY_CACHE)
    link = user.page(virtual, wheel.project).link_to(wheel.filename)
    catalog.set_faults(Fault(f"*/{wheel.filename}", methods=("GET",), status=500))

    observe("answer", user.fetch(link).status)
    observe("the second catalog was asked for it", len(second_catalog.journal.downloads(wheel.filename)))


@relied_on("B3", "V-02", observes=True, builds_on=[FILE_IS_CACHED])
def test_whether_a_cached_file_of_the_last_member_beats_the_first(
    lab: Lab, catalog: Organization, second_catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether a file that the last remote has cached is fetched anew from the first is recorded."""
    wheel = catalog.publish("curated-thing")
    second_catalog.publish("curated-thing")
    first, second = lab.remote_repository(catalog), lab.remote_repository(second_catalog)
    virtual = lab.virtual_repository(first, second)
    user = lab.user(first, second, READ, DEPLOY_CACHE)
    with control("the last one has it in its cache"):
        user.fetch_ok(user.page(second, wheel.project).link_to(wheel.filename))
        assert second.cache.holds_file(wheel.filename)

    assert_served(user.fetch(user.page(virtual, wheel.project).link_to(wheel.filename)))

    observe("the first one's catalog was asked for it", len(catalog.journal.downloads(wheel.filename)))


@relied_on("row 49", "V-02", "V-09", "B3", "B5", "T18", observes=True)
def test_whose_file_of_one_name_comes(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Whose bytes come for a file name that local and catalog both have, in either order of members, is recorded."""
    theirs = catalog.publish("internal-thing", variant="not ours")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    ours = lab.upload(local, "internal-thing")
    user = lab.user(remote, local, READ, DEPLOY_CACHE)
    whose = {theirs.sha256: "the catalog's", ours.sha256: "ours"}

    for name, members in {"remote first": (remote, local), "local first": (local, remote)}.items():
        links = user.links(lab.virtual_repository(*members), "internal-thing")
        observe(name, [whose.get(link.sha256 or "", "nobody's") for link in links])


@relied_on("B4", "C-10", observes=True)
def test_what_a_request_from_another_artifactory_gets(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether a virtual asks its remotes on behalf of another Artifactory, with and without its switch, is recorded."""
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    plain = lab.virtual_repository(remote)
    asking = lab.virtual_repository(remote, artifactoryRequestsCanRetrieveRemoteArtifacts=True)

    for name, virtual in {"by default": plain, "with the switch": asking}.items():
        project = catalog.publish_new().project
        url = f"{user.index_url(virtual)}/{project}/"
        observe(f"{name}, not cached", user.get(url, **ORIGINATED).status)
        observe(f"{name}, once cached", (user.get(url), user.get(url, **ORIGINATED))[1].status)


@relied_on("B14", observes=True)
def test_members_that_cannot_be(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Whether a virtual takes a member of another package type, or one that does not exist, is recorded."""
    remote, _, virtual, _ = lab.set_up(catalog)
    generic = lab.local_repository(packageType="generic")

    for name, key in {"another package type": generic.key, "no such repository": f"{remote.key}-gone"}.items():
        observe(name, "saved" if virtual.accepts(repositories=[remote.key, key]) else "refused")
