"""The ladder of evidence at the site (ladder E1 to ladder E8): what is seen of public content, and the word for it.

Without an administrator nothing is proved, so such a climb is recorded and only what contradicts is red.
"""

from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import (
    Identity,
    Link,
    RemoteRepository,
    VirtualRepository,
)
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.artifactory.site_content import SiteIndex
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_never_asked, clause, control, relied_on
from artifactory_conformance.checks.causes import ADDRESSES, FILE_IS_CACHED, STORED_LOCALLY
from artifactory_conformance.isolation import Finding, Survey, Word, unheard_of
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import Site


def assert_nothing_public(survey: Survey, observe: Callable[[str, Any], None]) -> None:
    """Claim that nothing of a climb is from public PyPI; record what was seen, and the word for it."""
    observe("evidence", survey.word.value)
    observe("looks", survey.report())
    assert survey.word is not Word.CONTAMINATED, survey.report()


@relied_on(
    *("T02", "T14", "T15", "T16", "row 63", "F-03"),
    *("ladder E1", "ladder E3", "ladder E4", "ladder E5", "ladder E6", "ladder E7"),
    observes=True,
)
def test_nothing_public_is_seen_through_the_sites_remote(
    climb: Callable[[Keyed], Survey], remote_index: RemoteRepository, observe: Callable[[str, Any], None]
) -> None:
    """Nothing that an ordinary account sees of the remote is from public PyPI; what that comes to is recorded."""
    survey = climb(remote_index)

    assert_nothing_public(survey, observe)
    with control("catalog content comes, and what nobody has is refused"):
        assert survey.word is not Word.INCONCLUSIVE, survey.report()


@clause(
    "VIRTUAL-03",
    facts=("T02", "T14", "T15", "T16", "V-11", "ladder E1", "ladder E3", "ladder E4", "ladder E5", "ladder E6"),
    observes=True,
)
def test_nothing_public_is_seen_through_the_sites_virtual(
    climb: Callable[[Keyed], Survey], virtual_index: VirtualRepository, observe: Callable[[str, Any], None]
) -> None:
    """Nothing that an ordinary account sees of the virtual is from public PyPI; what that comes to is recorded."""
    survey = climb(virtual_index)

    assert_nothing_public(survey, observe)
    with control("catalog content comes, and what nobody has is refused"):
        assert survey.word is not Word.INCONCLUSIVE, survey.report()


@clause(
    "VIRTUAL-03",
    facts=("T02", "T03", "V-11", *(f"ladder E{rung}" for rung in (1, 3, 4, 5, 6, 7, 8))),
)
def test_the_sites_virtual_is_proven_clean(
    climb: Callable[[Keyed], Survey],
    virtual_index: VirtualRepository,
    site_virtual: VirtualRepository,
    observe: Callable[[str, Any], None],
) -> None:
    """With every configuration behind the virtual read and canaries asked for, it is proven free of public PyPI."""
    survey = climb(virtual_index)
    survey.walk(site_virtual)

    assert_nothing_public(survey, observe)
    with control("nothing behind it is hidden from an administrator (a smart or federated repository, a proxy)"):
        assert survey.word is Word.PROVEN_CLEAN, survey.report()


@clause(
    "VIRTUAL-03",
    facts=("T02", "T03", "V-11", *(f"ladder E{rung}" for rung in (1, 2, 3, 4, 5, 6, 8))),
)
def test_the_guides_set_up_is_proven_clean(
    lab: Lab, catalog: Organization, public_index: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A virtual set up as the guide says is proven free of public PyPI, and public PyPI has heard nothing of it."""
    canary = public_index.publish(unheard_of("canary"), "9999").project
    remote, _, virtual, user = lab.set_up(catalog)
    cold = catalog.publish_new()
    survey = Survey(user, virtual, [catalog.url])

    survey.ask_for_canaries(user.get_page(virtual, cold.project), [canary])
    survey.look_at_project(cold.project)
    survey.compare(cold.project, {(cold.filename, cold.sha256)})
    survey.trace(canary)
    survey.look_at_origin(user.page(virtual, cold.project).link_to(cold.filename))
    survey.look_at_cache(remote.key)
    survey.walk(virtual)

    observe("looks", survey.report())
    assert survey.word is Word.PROVEN_CLEAN, survey.report()
    assert_never_asked(public_index)


@relied_on("T16", "ladder E1", "ladder E3")
def test_catalog_project_looks_like_the_catalogs(
    survey_of: Callable[[Keyed], Survey],
    site_indexes: tuple[SiteIndex, ...],
    known_project: str,
    observe: Callable[[str, Any], None],
) -> None:
    """A catalog project lists no more versions than a catalog has, and no link in the layout of public PyPI's files."""
    for index in site_indexes:
        if index.project == known_project:
            survey = survey_of(index.repository)
            looks = survey.look_at_project(known_project)
            observe(str(index.repository), survey.report())
            for look in looks:
                assert look.finding is Finding.CLEAN, str(look)


@relied_on("ladder E3", "U-11", "T16", builds_on=[STORED_LOCALLY, FILE_IS_CACHED])
def test_cache_of_the_remote_holds_no_file_in_public_layout(
    survey_of: Callable[[Keyed], Survey],
    downloads: Identity,
    remote_index: RemoteRepository,
    uncached_file: Link,
    observe: Callable[[str, Any], None],
) -> None:
    """Nothing that lies in the remote's cache has the paths of public PyPI: none was left from other addresses."""
    with control("a file comes through the remote"):
        downloads.fetch_ok(uncached_file)

    look = survey_of(remote_index).look_at_cache(remote_index.key)

    observe("seen", look.seen)
    with control("the cache holds a file"):
        assert look.finding is not Finding.UNCLEAR, str(look)
    assert look.finding is Finding.CLEAN, str(look)


@relied_on("T05", "ladder E2", "U15")
def test_files_of_the_site_are_the_catalogs_own(
    survey_of: Callable[[Keyed], Survey],
    site_indexes: tuple[SiteIndex, ...],
    site_catalog: Organization,
    known_project: str,
) -> None:
    """The files of a catalog project, with their hashes, are those that the catalog itself offers."""
    direct = {(offered.filename, offered.sha256) for offered in site_catalog.offers()[known_project]}
    for index in site_indexes:
        if index.project == known_project:
            look = survey_of(index.repository).compare(known_project, direct)
            assert look.finding is Finding.CLEAN, str(look)


@relied_on("T14", "ladder E5", "A97", builds_on=ADDRESSES, observes=True)
def test_traces_of_the_site_name_the_catalog_alone(
    survey_of: Callable[[Keyed], Survey],
    remote_index: RemoteRepository,
    canaries: tuple[str, ...],
    observe: Callable[[str, Any], None],
) -> None:
    """A trace of a resolution names no other address than the catalog's; whether traces name any is recorded."""
    survey = survey_of(remote_index)
    for name in (*canaries, unheard_of()):
        survey.trace(name)

    observe("looks", survey.report())
    assert not [look for look in survey.sights if look.finding is Finding.FOREIGN], survey.report()


@relied_on("T15", "ladder E6", "F-03", "row 63", observes=True)
def test_header_of_a_file_names_the_catalog(
    survey_of: Callable[[Keyed], Survey],
    remote_index: RemoteRepository,
    uncached_file: Link,
    observe: Callable[[str, Any], None],
) -> None:
    """The header that says where a file came from names the catalog, if it is there; whether it is is recorded."""
    look = survey_of(remote_index).look_at_origin(uncached_file)

    observe("seen", str(look))
    assert look.finding is not Finding.FOREIGN, str(look)


@relied_on("ladder E7", builds_on=ADDRESSES, observes=True)
def test_list_of_repositories_names_the_catalog(
    survey_of: Callable[[Keyed], Survey],
    remote_index: RemoteRepository,
    site: Site,
    observe: Callable[[str, Any], None],
) -> None:
    """The list of repositories shows the catalog's address for the remote, if any; whether it does is recorded."""
    look = survey_of(remote_index).look_at_list(site.remote)

    observe("seen", str(look))
    assert look.finding is not Finding.FOREIGN, str(look)
