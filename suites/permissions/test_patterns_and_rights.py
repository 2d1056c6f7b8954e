from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_becomes_served,
    assert_becomes_turned_away,
    assert_not_served,
    clause,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import PAGE_IS_CACHED, READ_SERVES_A_PAGE
from artifactory_conformance.labs import Lab


@clause("PERM-06", facts=("P-05", "C5"))
@pytest.mark.parametrize("right", ["annotate", "delete", "manage"])
def test_no_other_right_stands_for_read(lab: Lab, catalog: Organization, right: str) -> None:
    """Annotate, Delete or Manage alone give neither the page nor the file, although both are cached."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    other = lab.user(remote, right)
    permitted = lab.user(remote, READ, DEPLOY_CACHE)  # who is made last: when this grant applies, so do the others
    link = permitted.page(remote, "example").link_to(wheel.filename)
    permitted.fetch_ok(link)

    assert_not_served(other.get_page(remote, "example"))
    assert_not_served(other.fetch(link))
    with control("both are there for a user with Read"):
        permitted.page(remote, "example")
        permitted.fetch_ok(link)


@clause("PERM-06", facts=("C1", "C7", "admin 2.9"))
def test_what_a_grant_gave_ends_with_it(lab: Lab, catalog: Organization) -> None:
    """A user whose permission target is deleted is turned away from what the target let through, cached or not."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user()
    target = lab.grant(user.name, [remote], [READ, DEPLOY_CACHE])
    with control("the target lets page and file through"):
        assert_becomes_served(lambda: user.get_page(remote, catalog.publish_new().project))
    link = user.page(remote, "example").link_to(wheel.filename)
    user.fetch_ok(link)
    lab.revoke(target)

    assert_becomes_turned_away(lambda: user.get_page(remote, "example"))
    assert_not_served(user.fetch(link))
    assert_not_served(user.get_page(remote, catalog.publish_new().project))
    with control("page and file are still there"):
        lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))


@clause("PERM-06", facts=("C4", "admin 5.3"), builds_on=[READ_SERVES_A_PAGE])
def test_what_a_pattern_excludes_is_not_read(lab: Lab, catalog: Organization) -> None:
    """A user whose permission target excludes the wheels gets the page that is cached, but no wheel."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    confined = lab.user(remote, READ, exclude=["**/*.whl"])
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    with control("the target lets the page through"):
        assert_becomes_served(lambda: confined.get_page(remote, "example"))

    assert_not_served(confined.fetch(link))


@clause("PERM-06", facts=("C4", "admin 5.3"), builds_on=[READ_SERVES_A_PAGE])
def test_what_no_pattern_includes_is_not_read(lab: Lab, catalog: Organization) -> None:
    """A user whose permission target includes the pages alone gets a cached page, but no wheel, nor word of it."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    confined = lab.user(remote, READ, include=[".pypi/**"])
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    with control("the target lets the page through"):
        assert_becomes_served(lambda: confined.get_page(remote, "example"))

    assert_not_served(confined.fetch(link))
    assert_not_served(confined.get(f"api/storage/{remote.cache.key}/{remote.cache.path_of(wheel.filename)}"))


@relied_on("P-09", "open 21", observes=True)
def test_what_a_pattern_for_pages_and_one_for_packages_let_through(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether .pypi/** for the pages and a pattern for the wheels let both through, cached or not."""
    remote = lab.remote_repository(catalog)
    confined = lab.user(remote, READ, DEPLOY_CACHE, include=[".pypi/**", "**/*.whl"])
    permitted = lab.user(remote, READ, DEPLOY_CACHE)  # who is made last: when this grant applies, so does the other
    cold, cached = catalog.publish_new(), catalog.publish_new()
    with control("page and file come for a user without patterns"):
        assert_becomes_served(lambda: permitted.get_page(remote, cold.project))
        file = permitted.page(remote, cold.project).link_to(cold.filename)
        known = permitted.page(remote, cached.project).link_to(cached.filename)
        permitted.fetch_ok(known)

    observe("status of an uncached page", confined.get_page(remote, catalog.publish_new().project).status)
    observe("status of a cached page", confined.get_page(remote, cached.project).status)
    observe("status of an uncached file", confined.fetch(file).status)
    observe("status of a cached file", confined.fetch(known).status)


@clause("PERM-01", facts=("C3",), observes=True)
def test_what_a_target_gives_that_is_older_than_the_remote(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether a permission target can name a remote before it exists, and what it gives once it does."""
    user, later = lab.user(), lab.name_remote()
    observe("a target on what is not there is taken", lab.takes_grant(user.name, [later], [READ, DEPLOY_CACHE]))
    remote = lab.remote_repository(catalog, named=later)
    project = catalog.publish_new().project
    with control("the administrator gets the page"):
        lab.administrator.page(remote, project)

    observe("status of a cached page", user.get_page(remote, project).status)
    observe("status of an uncached page", user.get_page(remote, catalog.publish_new().project).status)


@clause("PERM-02", facts=("C6",), observes=True, builds_on=[PAGE_IS_CACHED, READ_SERVES_A_PAGE])
def test_whether_a_user_has_what_a_group_of_the_same_name_is_given(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether a user gets the rights of a group of the same name, without being a member of it."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, "annotate")
    lab.grant(lab.group(name=user.name), [remote], [READ], to="groups")
    lab.administrator.page(remote, "example")
    with control("a user of another name is served by a grant of the same kind"):
        lab.reader(remote).page(remote, "example")

    observe("status of a cached page", user.get_page(remote, "example").status)
