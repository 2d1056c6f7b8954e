from collections.abc import Callable
from hashlib import sha256
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, LocalRepository, VirtualRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_came_through,
    assert_installed,
    assert_lists_only,
    assert_serves,
    clause,
    control,
)
from artifactory_conformance.checks.causes import PAGE_IS_CACHED
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause(
    "VIRTUAL-08",
    facts=("T18",),
    builds_on=["virtual_repository.the_virtual_aggregates_the_remote_and_the_local"],
)
def test_no_other_member_offers_an_internal_name_of_the_site(
    downloads: Identity, virtual_index: VirtualRepository, local_index: LocalRepository, known_internal_project: str
) -> None:
    """For an internal name of the site the virtual's page lists what the internal local lists, and nothing besides."""
    internal = downloads.page(local_index, known_internal_project)

    answer = downloads.get_page(virtual_index, known_internal_project)

    assert_lists_only(known_internal_project, answer, *internal.filenames())


@clause("VIRTUAL-08", facts=("row 50", "T18", "V-03", "V-05"))
def test_an_exclude_pattern_keeps_the_catalog_off_an_internal_name(lab: Lab, catalog: Organization) -> None:
    """With .pypi/<name>.* excluded on the remote, a higher version in the catalog stays off the page of that name."""
    catalog.publish("internal-thing", "9.0")
    other = catalog.publish("curated-thing")
    remote = lab.remote_repository(catalog, excludesPattern=".pypi/internal-thing.*")
    local = lab.local_repository()
    internal = lab.upload(local, "internal-thing", "1.0")
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    assert_lists_only("internal-thing", user.get_page(virtual, "internal-thing"), internal.filename)
    assert_serves(user, virtual, internal)
    assert not catalog.journal.asked_for_page("internal-thing"), "the catalog heard the internal name"

    with control("the virtual serves another package of the catalog"):
        assert_serves(user, virtual, other)


@clause("VIRTUAL-08", facts=("row 50", "V-05"), builds_on=[PAGE_IS_CACHED])
def test_excluding_a_name_and_deleting_its_cached_page_ends_a_shadowing(
    lab: Lab, catalog: Organization, pip: Installer
) -> None:
    """Excluding a shadowed name on the remote and deleting its cached page makes pip install the internal version."""
    higher = catalog.publish("internal-thing", "9.0")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing", "1.0")
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)
    with control("the remote has the page of the catalog's higher version in its cache"):
        assert user.page(remote, "internal-thing").link_to(higher.filename)
        assert remote.cache.holds_page("internal-thing")

    remote.change(excludesPattern=".pypi/internal-thing.*")
    remote.cache.delete(".pypi/internal-thing.html")
    run = pip.install("internal-thing", index_url=user.index_url_with_password(virtual))

    assert_installed(run, internal)
    assert_came_through(run, user.index_url(virtual))


@clause("VIRTUAL-08", facts=("V-01", "V-03", "T18"), observes=True)
def test_what_pip_gets_when_the_catalog_has_a_higher_version_of_an_internal_name(
    lab: Lab, catalog: Organization, pip: Installer, observe: Callable[[str, Any], None]
) -> None:
    """Who wins when the catalog publishes a higher version of an internal name is recorded."""
    catalog.publish("internal-thing", "9.0")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    lab.upload(local, "internal-thing", "1.0")
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    page = user.page(virtual, "internal-thing")
    run = pip.install("internal-thing", index_url=user.index_url_with_password(virtual))

    observe("the merged page lists", sorted(page.filenames()))
    observe("pip installs", [found.version for found in run.distributions])
    observe("the catalog heard the internal name", bool(catalog.journal.asked_for_page("internal-thing")))


@clause("VIRTUAL-08", facts=("V-04", "open 14"), observes=True)
def test_what_priority_resolution_on_the_local_changes(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether priority resolution on the local takes the catalog's versions off an internal name's page is recorded."""
    catalog.publish("internal-thing", "9.0")
    remote, local = lab.remote_repository(catalog), lab.local_repository(priorityResolution=True)
    lab.upload(local, "internal-thing", "1.0")
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    observe("the flag reads back as", local.configuration().get("priorityResolution"))
    observe("the page lists", sorted(user.page(virtual, "internal-thing").filenames()))


@clause("VIRTUAL-08", facts=("V-09", "open 14"), observes=True)
def test_one_file_name_in_both_members(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Whose bytes a virtual serves when local and catalog hold a file of the same name is recorded (V-09)."""
    published = catalog.publish("internal-thing", "1.0", variant="of the catalog")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing", "1.0")
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)
    whose = {published.sha256: "the catalog's", internal.sha256: "the internal one's"}

    links = user.page(virtual, "internal-thing").links

    observe("lines of the page", [(link.filename, whose.get(link.sha256 or "", "neither's")) for link in links])
    observe(
        "what each line's link gives",
        [whose.get(sha256(user.fetch(link).body).hexdigest(), "neither's") for link in links],
    )
