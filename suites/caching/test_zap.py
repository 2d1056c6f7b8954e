from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DELETE, DEPLOY_CACHE, MANAGE, READ
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import (
    assert_lists_only,
    assert_not_an_index,
    assert_not_served,
    assert_served,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import PAGE_IS_CACHED
from artifactory_conformance.labs import Lab


@relied_on("C-05", "row 27", since="7.49.3", builds_on=[PAGE_IS_CACHED])
def test_a_zapped_page_is_asked_for_again(lab: Lab, catalog: Organization) -> None:
    """After a zap of a cached page the next request asks the catalog, long before the period is over."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog)
    lab.administrator.page(remote, "example").link_to(first.filename)
    second = catalog.publish("example", "1.1")
    with control("before the zap the new version is hidden"):
        assert second.filename not in lab.administrator.page(remote, "example").filenames()
    catalog.journal.clear()

    assert remote.cache.zap(remote.cache.page_path("example")).status == 200
    assert_lists_only("example", lab.administrator.get_page(remote, "example"), first.filename, second.filename)
    assert catalog.journal.pages("example")


@relied_on(
    "C-05",
    since="7.49.3",
    builds_on=[
        "caching.a_zapped_page_is_asked_for_again",
        "caching.what_one_user_cached_is_served_to_another_from_the_cache",
        "caching.a_new_version_stays_hidden_within_the_period",
    ],
)
def test_a_zap_leaves_files_and_other_pages_alone(lab: Lab, catalog: Organization) -> None:
    """A zap of a page neither touches the files of its project nor the page of another one."""
    wheel, neighbour = catalog.publish("example"), catalog.publish("neighbour")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    lab.administrator.page(remote, "neighbour")
    catalog.journal.clear()
    with control("the zap is done"):
        assert remote.cache.zap(remote.cache.page_path("example")).status == 200

    assert_served(lab.administrator.fetch(link))
    assert_lists_only("neighbour", lab.administrator.get_page(remote, "neighbour"), neighbour.filename)
    assert not catalog.journal.requests()

    with control("the zapped page is asked for again"):
        lab.administrator.page(remote, "example")
        assert catalog.journal.pages("example")


@relied_on("C-05", "C-03", since="7.49.3", builds_on=["caching.a_zapped_page_is_asked_for_again"])
def test_a_zapped_page_is_served_while_the_catalog_cannot_be_reached(lab: Lab, catalog: Organization) -> None:
    """A page that was zapped is not lost: it is served as it was while the catalog cannot be reached."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    before = lab.administrator.page(remote, "example")
    with control("the zap is done"):
        assert remote.cache.zap(remote.cache.page_path("example")).status == 200
    catalog.set_faults(Fault("*", reset=True))
    catalog.journal.clear()

    stale = assert_lists_only("example", lab.administrator.get_page(remote, "example"), wheel.filename)
    assert stale.links == before.links
    with control("the catalog was asked, and cannot be reached: another page does not come"):
        assert catalog.journal.asked_for_page("example")
        assert_not_an_index("another", lab.administrator.get_page(remote, "another"))


@relied_on("C-05", "release 21", since="7.104.12")
def test_a_zap_needs_manage_or_delete(lab: Lab, catalog: Organization) -> None:
    """A user who may only read and cache cannot zap; with Manage or with Delete a user can."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    user.page(remote, "example").link_to(first.filename)
    second = catalog.publish("example", "1.1")
    path = remote.cache.page_path("example")

    assert_not_served(user.storage(remote.cache.key).zap(path))
    assert_lists_only("example", user.get_page(remote, "example"), first.filename)

    for right in (MANAGE, DELETE):
        permitted = lab.user(remote, READ, right)
        assert permitted.storage(remote.cache.key).zap(path).status == 200
    assert_lists_only("example", user.get_page(remote, "example"), first.filename, second.filename)


@relied_on("C-05", "D9", "A40", observes=True)
def test_what_other_zaps_do(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Records the answers to zaps of a whole cache, of a file, of what is not cached and below the remote's own key."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))
    own_key = lab.administrator.storage(remote.key)
    path = remote.cache.path_of(wheel.filename) or ""
    for name, answer in {
        "a page, text": remote.cache.zap(remote.cache.page_path("example")),
        "the whole cache": remote.cache.zap(),
        "a file": remote.cache.zap(path),
        "what is not cached": remote.cache.zap(remote.cache.page_path("absent")),
        "below the remote's own key": own_key.zap(remote.cache.page_path("example")),
    }.items():
        observe(name, f"{answer.status}: {answer.text[:80]}")
    catalog.journal.clear()
    lab.administrator.page(remote, "example")
    observe("the page is asked for again", bool(catalog.journal.pages("example")))
    observe("the file is still there", remote.cache.holds_file(wheel.filename))
