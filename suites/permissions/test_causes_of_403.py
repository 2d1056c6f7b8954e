from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from artifactory_conformance.artifactory import (
    DEPLOY_CACHE,
    READ,
    Cause,
    Identity,
    Link,
    NotSettled,
    RemoteRepository,
    cause_of,
    until,
)
from artifactory_conformance.artifactory.logs import Logs
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_not_served, assert_refused, clause, control, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED
from artifactory_conformance.labs import Lab


@clause("PERM-10", facts=("P-01", "P-04", "row 44", "B-40"), builds_on=[FILE_IS_CACHED])
def test_missing_deploy_cache_is_a_403(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """A file that is refused for want of Deploy/Cache is refused with 403, and the answer names no other cause."""
    wheel, twin = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    remote = lab.remote_repository(catalog)
    permitted, reader = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    page = permitted.page(remote, "example")
    refused = reader.fetch(page.link_to(wheel.filename))

    observe("cause that is named", cause_of(refused).value)
    assert refused.status == 403, refused
    assert cause_of(refused) in {Cause.DEPLOY_CACHE, Cause.UNNAMED}, refused
    with control("a user with Deploy/Cache gets another file of the same page, and then the reader does"):
        permitted.fetch_ok(page.link_to(twin.filename))
        reader.fetch_ok(page.link_to(twin.filename))


@clause("PERM-10", facts=("P-05", "row 47"))
def test_with_deploy_cache_there_is_no_403(lab: Lab, catalog: Organization) -> None:
    """A user who has Deploy/Cache, but not Read, is not turned away with 403, which would mean it is missing."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    unread = lab.user(remote, DEPLOY_CACHE)
    permitted = lab.user(remote, READ, DEPLOY_CACHE)  # who is made last: when this grant applies, so do the others
    link = permitted.page(remote, "example").link_to(wheel.filename)
    permitted.fetch_ok(link)
    turned_away = unread.fetch(link)

    assert_not_served(turned_away)
    assert cause_of(turned_away) is not Cause.DEPLOY_CACHE, turned_away
    assert turned_away.status != 403, f"a user who has Deploy/Cache gets 403 as well: {cause_of(turned_away).value}"


@clause("PERM-10", facts=("M-03", "A17"), observes=True)
@pytest.mark.parametrize("methods", [("GET",), ("HEAD", "GET")], ids=["get-alone", "head-and-get"])
def test_what_the_catalogs_own_403_becomes(
    lab: Lab, catalog: Organization, methods: tuple[str, ...], observe: Callable[[str, Any], None]
) -> None:
    """Records what a user with every right gets for a file that the catalog itself refuses with 403."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    permitted = lab.user(remote, READ, DEPLOY_CACHE)
    link = permitted.page(remote, "example").link_to(wheel.filename)
    catalog.set_faults(Fault(f"*/{wheel.filename}", methods=methods, status=403))
    answer = permitted.fetch(link)

    observe("status", answer.status)
    observe("cause that is named", cause_of(answer).value)


@clause("PERM-10", facts=("P-01", "P-04", "P-05", "P-14", "T07"), observes=True)
def test_what_the_installing_account_is_refused(
    downloads: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    uncached_file: Link,
    observe: Callable[[str, Any], None],
) -> None:
    """Records why the account that installs packages is refused what nobody has cached, beside what is cached."""
    page, file = downloads.get_page(remote_index, known_project), downloads.fetch(uncached_file)

    observe("page of a known project", f"{page.status} {cause_of(page).value}")
    observe("file that nobody has cached", f"{file.status} {cause_of(file).value}")


@relied_on("B-55", "P-15", "row 4")
@pytest.mark.parametrize("upstream", [404, 403])
def test_unknown_package_is_never_a_403_for_who_has_the_rights(lab: Lab, catalog: Organization, upstream: int) -> None:
    """A user with Read and Deploy/Cache never gets 403 for a package that the catalog lacks: uv would stop there."""
    wheel = catalog.publish("example")
    catalog.set_faults(Fault("/simple/unknown/", status=upstream))
    remote = lab.remote_repository(catalog)
    permitted = lab.user(remote, READ, DEPLOY_CACHE)
    with control("a package that the catalog has is served"):
        permitted.page(remote, "example").link_to(wheel.filename)

    answer = permitted.get_page(remote, "unknown")
    assert answer.status != 403, answer
    with control("the catalog was asked for it"):
        assert catalog.journal.asked_for_page("unknown")


@relied_on("B-42", "C24", observes=True)
def test_what_limited_users_get_for_an_unknown_package(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether users without all rights can tell a package that the catalog lacks from one that it has."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    reader, stranger = lab.reader(remote), lab.user()
    for who, user in (("with Read", reader), ("without any right", stranger)):
        for project in ("example", "unknown"):
            answer = user.get_page(remote, project)
            observe(f"{who}, {project}", f"{answer.status} {cause_of(answer).value}")


@relied_on("V-07", "B7", "B-42", observes=True)
def test_what_one_denied_member_makes_of_an_unknown_package(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what a virtual answers for an unknown package to a user who may read only one of its two members."""
    catalog.publish("example")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local)
    half = lab.user(local, READ)
    answer = half.get_page(virtual, "unknown")

    observe("status", answer.status)
    observe("cause that is named", cause_of(answer).value)


@relied_on("P-02", since="7.84", builds_on=["permissions.uncached_page_is_refused_without_deploy_cache"])
def test_the_log_names_a_page_that_may_not_be_stored(lab: Lab, catalog: Organization, logs: Logs) -> None:
    """The service log names user and page of an index that was refused for want of Deploy/Cache."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    reader = lab.reader(remote)
    with control("the page is refused"):
        assert_refused(reader.get_page(remote, "example"))

    def complaints() -> list[str]:
        return [said.message for said in logs.said() if reader.name in said.message and "deploy" in said.message]

    with suppress(NotSettled):
        until("the complaint is written", complaints)
    assert [text for text in complaints() if ".pypi/example.html" in text and remote.cache.key in text], complaints()
