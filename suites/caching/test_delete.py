from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DELETE, DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists_only, assert_not_served, assert_served, control, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED, PAGES_LIE_BY_NAME
from artifactory_conformance.labs import Lab


@relied_on("D7", "admin 6", builds_on=[PAGE_IS_CACHED])
def test_a_deleted_page_is_asked_for_again(lab: Lab, catalog: Organization) -> None:
    """When a cached page has been deleted, the next request asks the catalog and caches the page anew."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog)
    lab.administrator.page(remote, "example").link_to(first.filename)
    second = catalog.publish("example", "1.1")
    remote.cache.delete(remote.cache.page_path("example"))

    assert not remote.cache.holds_page("example")
    assert_lists_only("example", lab.administrator.get_page(remote, "example"), first.filename, second.filename)
    assert remote.cache.holds_page("example")


@relied_on("D7", "admin 6", builds_on=[FILE_IS_CACHED])
def test_a_deleted_file_is_fetched_again(lab: Lab, catalog: Organization) -> None:
    """When a cached file has been deleted, the next request fetches it from the catalog and caches it anew."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    remote.cache.delete(str(remote.cache.path_of(wheel.filename)))
    catalog.journal.clear()

    assert not remote.cache.holds_file(wheel.filename)
    assert_served(lab.administrator.fetch(link))
    assert catalog.journal.downloads(wheel.filename)
    assert remote.cache.holds_file(wheel.filename)


@relied_on("D7", "admin 6", builds_on=[PAGES_LIE_BY_NAME])
def test_a_whole_cache_can_be_emptied(lab: Lab, catalog: Organization) -> None:
    """When everything has been deleted from a cache it is empty, and the repository serves as on its first day."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    remote.cache.delete_all()
    catalog.journal.clear()

    assert not remote.cache.paths()
    assert_lists_only("example", lab.administrator.get_page(remote, "example"), wheel.filename)
    assert_served(lab.administrator.fetch(link))
    assert catalog.journal.pages("example")
    assert catalog.journal.downloads(wheel.filename)


@relied_on("D7", "T-03", builds_on=["caching.a_deleted_file_is_fetched_again"])
def test_a_cached_file_cannot_be_deleted_without_the_right_to(lab: Lab, catalog: Organization) -> None:
    """A user who may read and cache cannot delete what is cached; with Delete a user can."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user, cleaner = lab.user(remote, READ, DEPLOY_CACHE), lab.user(remote, READ, DELETE)
    user.fetch_ok(user.page(remote, "example").link_to(wheel.filename))
    path = str(remote.cache.path_of(wheel.filename))

    assert_not_served(user.storage(remote.cache.key).try_to_delete(path))
    assert remote.cache.holds_file(wheel.filename)

    with control("a user with Delete can"):
        cleaner.storage(remote.cache.key).delete(path)
        assert not remote.cache.holds_file(wheel.filename)


@relied_on("D7", "D8", "A100", observes=True)
def test_what_other_deletions_answer(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Records the answers to deletions of what is not there, below the remote's own key, by nobody, and of the root."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    lab.administrator.page(remote, "example")
    page = remote.cache.page_path("example")
    reader = lab.reader(remote).storage(remote.cache.key)
    for name, answer in {
        "what is not there": remote.cache.try_to_delete(remote.cache.page_path("absent")),
        "what is not there, by a reader": reader.try_to_delete(remote.cache.page_path("absent")),
        "by nobody": lab.nobody.storage(remote.cache.key).try_to_delete(page),
        "below the remote's own key": lab.administrator.storage(remote.key).try_to_delete(page),
        "the root": remote.cache.try_to_delete(""),
    }.items():
        observe(name, answer.status)
    observe("the cache is empty in the end", not remote.cache.paths())
