"""Every way in for public content that can be built (users-and-clients 3.2) is seen by the walk or the canaries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from artifactory_conformance.artifactory import READ, Repository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.isolation import Finding, Rung, Survey, Word
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import upload_and_wait

Climb = Callable[..., Survey]


def findings(survey: Survey) -> dict[Rung, Finding]:
    return {sight.rung: sight.finding for sight in survey.sights}


def test_the_guides_own_set_up_is_proven_clean(lab: Lab, curated: Organization, climb: Climb) -> None:
    remote, local = lab.remote_repository(curated), lab.local_repository()

    survey = climb(lab.virtual_repository(remote, local), remote, local)

    assert survey.word is Word.PROVEN_CLEAN, survey.report()
    assert Finding.FOREIGN not in findings(survey).values()


@pytest.mark.parametrize("nested", [False, True], ids=["a_member", "b_nested"])
def test_a_public_remote_in_the_virtual(
    nested: bool, lab: Lab, curated: Organization, public: Organization, climb: Climb
) -> None:
    remote, innocent = lab.remote_repository(curated), lab.remote_repository(public)
    member = lab.virtual_repository(innocent) if nested else innocent

    survey = climb(lab.virtual_repository(remote, member), remote, innocent)

    assert survey.word is Word.CONTAMINATED
    assert findings(survey)[Rung.CANARIES] is Finding.FOREIGN
    assert findings(survey)[Rung.WALK] is Finding.FOREIGN


def test_c_an_innocent_key_with_public_addresses(lab: Lab, public: Organization, climb: Climb) -> None:
    remote = lab.remote_repository(public)

    assert climb(remote, remote).word is Word.CONTAMINATED


def test_d_registry_url_left_at_its_default(lab: Lab, curated: Organization, climb: Climb) -> None:
    remote = lab.remote_repository(curated, pyPIRegistryUrl="https://pypi.org")

    survey = climb(remote, remote)

    assert survey.word is Word.CONTAMINATED
    assert findings(survey)[Rung.WALK] is Finding.FOREIGN
    assert findings(survey)[Rung.CANARIES] is Finding.FOREIGN


def test_e_a_mirror(lab: Lab, world, curated: Organization, canary: str, climb: Climb) -> None:
    mirror = Organization(world.catalog, answers_everybody=True)
    mirror.publish(canary)
    remote, other = lab.remote_repository(curated), lab.remote_repository(mirror)

    survey = climb(lab.virtual_repository(remote, other), remote, other)

    assert survey.word is Word.CONTAMINATED
    assert findings(survey)[Rung.WALK] is Finding.FOREIGN
    mirror.drop()


def test_f_another_artifactory_at_an_allowed_address(
    lab: Lab, curated: Organization, public: Organization, climb: Climb
) -> None:
    """The walk ends at the other instance and says that it proves nothing; the canaries see through it."""
    far, administrator = lab.remote_repository(public), lab.administrator
    address = administrator.index_url(far).removesuffix("/simple")
    near = lab.remote_repository(
        curated,
        url=address,
        pyPIRegistryUrl=address,
        username=administrator.name,
        password=administrator.password,
        contentSynchronisation={"enabled": True},
    )
    remote = lab.remote_repository(curated)

    survey = climb(lab.virtual_repository(remote, near), remote, near, allowed=[curated.url, address])

    assert findings(survey)[Rung.WALK] is Finding.UNCLEAR
    assert findings(survey)[Rung.CANARIES] is Finding.FOREIGN
    assert survey.word is Word.CONTAMINATED


def test_g_a_local_filled_from_the_public_index(lab: Lab, curated: Organization, canary: str, climb: Climb) -> None:
    """No configuration shows it; the canaries do, if one of them was copied."""
    remote, local = lab.remote_repository(curated), lab.local_repository()
    upload_and_wait(lab.administrator, local, build_wheel(DistributionSpec(canary, "9999")))

    survey = climb(lab.virtual_repository(remote, local), remote, local)

    assert findings(survey)[Rung.WALK] is Finding.CLEAN
    assert findings(survey)[Rung.CANARIES] is Finding.FOREIGN


def test_j_a_cache_from_the_time_of_a_public_address(
    lab: Lab, curated: Organization, public: Organization, canary: str, climb: Climb
) -> None:
    remote = lab.remote_repository(public)
    page = lab.administrator.page(remote, canary)
    lab.administrator.fetch_ok(page.links[0])
    remote.change(url=curated.url, pyPIRegistryUrl=curated.url, username=curated.user, password=curated.password)

    survey = climb(remote, remote)

    assert findings(survey)[Rung.WALK] is Finding.CLEAN
    assert findings(survey)[Rung.CANARIES] is Finding.FOREIGN
    assert survey.look_at_cache(remote.key).finding is Finding.FOREIGN


def test_a_canary_that_a_pattern_hides_is_made_up_for_by_the_walk(
    lab: Lab, curated: Organization, public: Organization, canary: str, climb: Climb
) -> None:
    remote, innocent = (
        lab.remote_repository(curated),
        lab.remote_repository(public, excludesPattern=f".pypi/{canary}.*"),
    )

    survey = climb(lab.virtual_repository(remote, innocent), remote, innocent)

    assert findings(survey)[Rung.CANARIES] is Finding.CLEAN
    assert survey.word is Word.CONTAMINATED


def test_somebody_who_may_not_fill_the_cache_finds_nothing_out(lab: Lab, curated: Organization, canary: str) -> None:
    """Without Deploy/Cache everything is refused, public content as well: that looks clean, and is no evidence."""
    remote = lab.remote_repository(curated)
    reader = lab.user(remote, READ)
    survey = Survey(reader, remote, [curated.url])

    survey.ask_for_canaries(reader.get_page(remote, curated.publish_new().project), [canary])

    assert survey.word is Word.INCONCLUSIVE


def test_without_an_administrator_there_is_no_proof(lab: Lab, curated: Organization, climb: Climb) -> None:
    remote = lab.remote_repository(curated)
    survey = climb(remote, remote)
    black_box = [sight for sight in survey.sights if sight.rung is not Rung.WALK]

    assert Survey(survey.identity, remote, [], sights=black_box).word is Word.NO_EVIDENCE


def test_somebody_who_may_not_read_configurations_proves_nothing(lab: Lab, curated: Organization) -> None:
    remote = lab.remote_repository(curated)
    reader = lab.user(remote, READ)

    sight = Survey(reader, remote, [curated.url]).walk(Repository(remote.key, reader._session))

    assert sight.finding is Finding.UNCLEAR
    assert sight.rung is Rung.WALK


def test_origin_and_list_name_the_catalog(lab: Lab, curated: Organization) -> None:
    remote = lab.remote_repository(curated)
    wheel = curated.publish_new()
    survey = Survey(lab.administrator, remote, [curated.url])
    link = lab.administrator.page(remote, wheel.project).link_to(wheel.filename)

    assert survey.look_at_list(remote.key).finding is Finding.CLEAN
    assert survey.look_at_list("no-such-repository").finding is Finding.UNCLEAR
    assert survey.look_at_origin(link).finding is Finding.UNCLEAR  # 7.84 is not known to send the header (F-03)
    assert survey.trace(curated.publish_new().project).finding is Finding.CLEAN
