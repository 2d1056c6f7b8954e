from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_no_file, assert_serves, clause, control
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab

NoRoom = Callable[[], AbstractContextManager[None]]
QUOTA_REACHED = 413


def assert_says_why(file: Answer) -> None:
    """Claim that an answer is no file, and 413 or tells of the quota."""
    assert_no_file(file)
    assert file.status == QUOTA_REACHED or "quota" in message_of(file).lower(), f"expected the reason, seen: {file}"


def assert_nothing_new_is_cached(
    no_room: AbstractContextManager[None],
    lab: Lab,
    catalog: Organization,
    observe: Callable[[str, Any], None],
    of_the_answer: Callable[[Answer], None] = lambda _file: None,
) -> None:
    """Claim that while there is no room neither a file nor a page enters the cache.

    What is cached is served meanwhile, and another file is cached once there is room again. of_the_answer: what else is
    claimed of the answer for a new file.
    """
    cached, during, after = (catalog.publish("example", f"1.{number}") for number in range(3))
    catalog.publish("another")
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    lab.administrator.fetch_ok(page.link_to(cached.filename))

    with no_room:
        file = lab.administrator.fetch(page.link_to(during.filename))
        observe("answer for a file", f"{file.status}: {message_of(file)}")
        of_the_answer(file)
        observe("status of a page", lab.administrator.get_page(remote, "another").status)
        assert not remote.cache.holds_file(during.filename)
        assert not remote.cache.holds_page("another")
        with control("what is cached is served"):
            assert_serves(lab.administrator, remote, cached)

    with control("with room again, another file is cached"):
        lab.administrator.fetch_ok(page.link_to(after.filename))
        assert remote.cache.holds_file(after.filename)


@clause("TROUBLE-06", facts=("A58", "admin 6"), builds_on=[PAGE_IS_CACHED, FILE_IS_CACHED])
def test_a_quota_that_is_reached_stops_caching_and_says_so(
    lab: Lab, catalog: Organization, storage_quota: NoRoom, observe: Callable[[str, Any], None]
) -> None:
    """While the storage quota is reached nothing new is cached, and the answer is 413 or speaks of the quota."""
    assert_nothing_new_is_cached(storage_quota(), lab, catalog, observe, assert_says_why)


@clause("TROUBLE-12", facts=("A17",), builds_on=[FILE_IS_CACHED, PAGE_IS_CACHED])
def test_a_full_store_stops_caching(
    lab: Lab, catalog: Organization, full_store: NoRoom, observe: Callable[[str, Any], None]
) -> None:
    """While the store has no room nothing new enters the cache, neither a file nor a page."""
    assert_nothing_new_is_cached(full_store(), lab, catalog, observe)
