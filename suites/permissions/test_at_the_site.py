from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Cause, Identity, Link, RemoteRepository, cause_of
from artifactory_conformance.artifactory.pages import project_of
from artifactory_conformance.checks import assert_not_served, assert_refused, assert_served, clause, control
from artifactory_conformance.checks.causes import SITE_CACHES, STORED_LOCALLY, UNCACHED_FILE_COMES
from artifactory_conformance.labs import Lab


@clause("PERM-05", facts=("P-01", "row 46", "T08"), builds_on=[UNCACHED_FILE_COMES, SITE_CACHES])
def test_read_alone_serves_what_the_site_has_cached(
    lab: Lab, downloads: Identity, remote_index: RemoteRepository, known_project: str, known_file: Link
) -> None:
    """At the site, a user with nothing but Read gets the page and the file that somebody else has just cached."""
    downloads.fetch_ok(known_file)
    reader = lab.reader(remote_index)

    assert_served(reader.get_page(remote_index, known_project))
    assert_served(reader.fetch(known_file))


@clause("PERM-06", facts=("P-05", "row 47"), builds_on=[UNCACHED_FILE_COMES])
def test_without_read_nothing_of_the_site_is_served(
    lab: Lab, downloads: Identity, remote_index: RemoteRepository, known_project: str, known_file: Link
) -> None:
    """At the site, a user without any right gets neither the page nor the file that somebody else has just cached."""
    downloads.fetch_ok(known_file)
    stranger = lab.user()

    assert_not_served(stranger.get_page(remote_index, known_project))
    assert_not_served(stranger.fetch(known_file))

    with control("both are still there for the installing account"):
        downloads.page(remote_index, known_project)
        downloads.fetch_ok(known_file)


@clause(
    "PERM-09",
    facts=("P-01", "P-04", "T08", "B-40", "A96"),
    builds_on=["permissions.read_alone_serves_what_the_site_has_cached", STORED_LOCALLY],
)
def test_uncached_file_of_the_site_is_refused_without_deploy_cache(
    lab: Lab, downloads: Identity, remote_index: RemoteRepository, uncached_twins: tuple[Link, Link]
) -> None:
    """At the site, a user with Read alone gets a project's cached page, but no file of it that nobody has cached."""
    file, twin = uncached_twins
    reader = lab.reader(remote_index)

    assert_refused(reader.fetch(file))
    assert not remote_index.cache.holds_file(file.filename)

    with control("the page lets the reader in, and the installing account gets another file of it"):
        reader.page(remote_index, project_of(file.filename)).link_to(file.filename)
        downloads.fetch_ok(twin)


@clause("PERM-10", facts=("P-01", "P-04", "row 44", "B-40", "A96"), builds_on=[STORED_LOCALLY, SITE_CACHES])
def test_missing_deploy_cache_is_a_403_at_the_site(
    lab: Lab,
    downloads: Identity,
    remote_index: RemoteRepository,
    uncached_twins: tuple[Link, Link],
    observe: Callable[[str, Any], None],
) -> None:
    """At the site, a user with Read alone is refused a file that nobody has cached with 403, which names no other."""
    file, twin = uncached_twins
    reader = lab.reader(remote_index)
    refused = reader.fetch(file)

    observe("cause that is named", cause_of(refused).value)
    assert refused.status == 403, refused
    assert cause_of(refused) in {Cause.DEPLOY_CACHE, Cause.UNNAMED}, refused
    with control("the installing account gets another file of the same page, and then the reader does"):
        downloads.fetch_ok(twin)
        reader.fetch_ok(twin)


@clause("PERM-07", facts=("C10", "C11", "admin 5.3"))
def test_default_permissions_let_a_new_user_install_from_the_site(
    lab: Lab, downloads: Identity, uncached_twins: tuple[Link, Link]
) -> None:
    """At the site, a new user, who has what the instance gives to everybody, gets a file that nobody has cached."""
    file, twin = uncached_twins
    answer = lab.user(groups=None).fetch(file)

    with control("the installing account gets another file of the same page"):
        downloads.fetch_ok(twin)
    assert_served(answer)
