from collections.abc import Callable

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository, Security
from artifactory_conformance.artifactory.path_patterns import A_FILE, A_PAGE
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_becomes_served, assert_refused, assert_served, clause, control
from artifactory_conformance.checks.causes import FILE_IS_CACHED, READ_IS_NEEDED, READ_SERVES_A_FILE
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import Site


@clause("PERM-01", facts=("P-08", "P-09"))
def test_a_permission_target_covers_the_whole_remote(grants: Security, site: Site) -> None:
    """A permission target gives somebody Read and Deploy/Cache on every path of the catalog's remote repository."""
    about_remote = [target for target in grants.permission_targets() if target.names_remote(site.remote)]
    serving = [target for target in about_remote if target.serves_somebody(READ, DEPLOY_CACHE)]

    parts = "; ".join(f"{one.name}, {one.include} without {one.exclude}" for one in serving)
    assert serving, f"no permission target gives anybody Read and Deploy/Cache on {site.remote}"
    assert [target.name for target in serving if target.covers_every_path], f"only parts of it are covered, by {parts}"


@clause("PERM-02", facts=("P-01", "P-09"))
def test_the_installing_account_has_both_rights(grants: Security, site: Site, site_user: Identity) -> None:
    """The account that installs has Read and Deploy/Cache on the remote's pages and files, also through a group."""
    rights = grants.rights_on_remote(site_user.name, site.remote, A_PAGE, A_FILE)

    missing = {READ: "Read", DEPLOY_CACHE: "Deploy/Cache"}.items()
    assert not [name for right, name in missing if right not in rights], f"{site_user.name} has {sorted(rights)}"


@clause("PERM-02", "PERM-03", facts=("C1",), builds_on=[READ_IS_NEEDED, FILE_IS_CACHED])
def test_rights_through_a_group_suffice(lab: Lab, catalog: Organization) -> None:
    """A user who has Read and Deploy/Cache through a group only is served what nobody has cached."""
    remote = lab.remote_repository(catalog)
    member, outsider = lab.user(groups=[lab.group(remote, READ, DEPLOY_CACHE)]), lab.user()

    assert_becomes_served(lambda: member.get_page(remote, catalog.publish_new().project))
    wheel = catalog.publish_new()
    assert_served(member.fetch(member.page(remote, wheel.project).link_to(wheel.filename)))
    assert remote.cache.holds_file(wheel.filename)

    with control("somebody outside the group is refused"):
        assert_refused(outsider.get_page(remote, wheel.project))


@clause(
    "PERM-01",
    facts=("P-09", "open 21"),
    builds_on=[FILE_IS_CACHED, READ_SERVES_A_FILE],
    observes=True,
)
def test_what_a_pattern_without_the_pages_does_to_the_index(
    lab: Lab, catalog: Organization, observe: Callable[[str, object], None]
) -> None:
    """What a user gets of the index whose permission target covers the packages, but not .pypi/**, is recorded."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    confined, permitted = lab.user(remote, READ, include=["**/*.whl"]), lab.reader(remote)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)

    with control("the pattern lets packages through, and a target with ** the index too"):
        assert_becomes_served(lambda: confined.fetch(link))  # so the grant applies by now
        assert_served(permitted.get_page(remote, "example"))

    observe("status of the cached page", confined.get_page(remote, "example").status)


@clause("PERM-01", facts=("B10",), observes=True)
def test_what_a_target_on_the_virtual_alone_gives(
    lab: Lab, catalog: Organization, observe: Callable[[str, object], None]
) -> None:
    """Records whether a permission target can name a virtual repository alone, and what its user is then served."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    virtual = lab.virtual_repository(remote)
    user = lab.user()
    with control("the administrator gets the page through the virtual"):
        lab.administrator.page(virtual, "example")

    observe("target on the virtual is taken", lab.takes_grant(user.name, [virtual], [READ, DEPLOY_CACHE]))
    observe("status of the page through the virtual", user.get_page(virtual, "example").status)
    observe("status of the page through the remote", user.get_page(remote, "example").status)


@clause("PERM-01", facts=("P-08",), observes=True)
def test_what_a_target_on_the_cache_key_gives(
    lab: Lab, catalog: Organization, observe: Callable[[str, object], None]
) -> None:
    """Records whether a permission target can name the remote's cache instead of the remote, and what it gives."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user()
    with control("the administrator gets the page"):
        lab.administrator.page(remote, "example")

    named = RemoteRepository(remote.cache.key, remote.session)
    observe("target on the cache is taken", lab.takes_grant(user.name, [named], [READ, DEPLOY_CACHE]))
    observe("status of a cached page", user.get_page(remote, "example").status)
    observe("status of an uncached page", user.get_page(remote, catalog.publish_new().project).status)
