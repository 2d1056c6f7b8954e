"""The order of a virtual's included repositories: what the guide expects of it, and what it does."""

from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, VirtualRepository
from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.artifactory.pages import links_of
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists_only, assert_serves, clause, control
from artifactory_conformance.checks.causes import FILE_IS_CACHED
from artifactory_conformance.isolation import members_behind
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import Site


@clause("VIRTUAL-07", facts=("V-01", "V-02", "row 48", "B3"))
def test_the_first_member_alone_answers_for_a_name_that_two_have(
    lab: Lab, catalog: Organization, second_catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """The guide says that the order decides who answers: a name that two members have is the first one's alone."""
    ones, others = catalog.publish("shared-thing", "1.0"), second_catalog.publish("shared-thing", "2.0")
    one, other = lab.remote_repository(catalog), lab.remote_repository(second_catalog)
    user = lab.user(one, other, READ, DEPLOY_CACHE)
    one_first, other_first = lab.virtual_repository(one, other), lab.virtual_repository(other, one)
    with control("each of them has its own"):
        assert_serves(user, one, ones)
        assert_serves(user, other, others)

    found = {virtual: user.get_page(virtual, "shared-thing") for virtual in (one_first, other_first)}

    observe("the guide says", f"{ones.filename} where the one is first, {others.filename} where the other is")
    observe(
        "the instance lists",
        [f"{in_short(page)}, {[link.filename for link in links_of('shared-thing', page)]}" for page in found.values()],
    )
    assert_lists_only("shared-thing", found[one_first], ones.filename)
    assert_lists_only("shared-thing", found[other_first], others.filename)


@clause("VIRTUAL-07", facts=("V-02", "B3", "B5"), builds_on=[FILE_IS_CACHED])
def test_a_file_that_two_remotes_have_comes_from_the_first(
    lab: Lab, catalog: Organization, second_catalog: Organization
) -> None:
    """A file that two remotes have, and nobody has cached, is fetched from the one that is listed first."""
    wheel, twin = catalog.publish("shared-thing"), second_catalog.publish("shared-thing")
    with control("it is the same file at the same path"):
        assert wheel.sha256 == twin.sha256
    one, other = lab.remote_repository(catalog), lab.remote_repository(second_catalog)
    user = lab.user(one, other, READ, DEPLOY_CACHE)

    assert_serves(user, lab.virtual_repository(other, one), wheel)

    assert second_catalog.journal.downloads(wheel.filename)
    assert not catalog.journal.downloads(wheel.filename)
    assert other.cache.holds_file(wheel.filename)
    with control("the other one could have given it"):
        assert_serves(user, one, wheel)


@clause(
    "VIRTUAL-10",
    facts=("V-02", "B1"),
    builds_on=["virtual_repository.the_catalogs_remote_is_among_the_included_repositories"],
)
def test_the_catalogs_remote_comes_first(site_virtual: VirtualRepository, site: Site) -> None:
    """The catalog's remote comes first among the repositories that the site's virtual includes."""
    members = [member.key for member in members_behind(site_virtual)]

    assert members, f"{site_virtual} includes nothing"
    assert members[0] == site.remote, f"in the order {members}"
