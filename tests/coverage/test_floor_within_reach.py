"""What a run must have a verdict on is something that its checks can show: a floor above that would never be met."""

from __future__ import annotations

import pytest

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.verdicts import Level, Reason, floor

ACCOUNT, ADMINISTRATOR = {Reason.NEEDS_USER}, {Reason.NEEDS_ADMIN}
LEVELS = {
    Level.OBSERVE: set(),
    Level.PULL: {Reason.NEEDS_PULL},
    Level.MUTATE: {Reason.NEEDS_PULL, Reason.NEEDS_MUTATE},
}


def shown(checks: tuple[Check, ...], gives: set[Reason]) -> set[str]:
    """Name the clauses that a run which gives no more than this has a verdict on."""
    return {
        name for check in checks if not check.info.observes and gives >= set(check.needs) for name in check.info.clauses
    }


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("administrator", [False, True], ids=["alone", "with an administrator"])
def test_whoever_installs_can_meet_the_floor(listed: tuple[Check, ...], level: Level, administrator: bool):
    gives = LEVELS[level] | ACCOUNT | (ADMINISTRATOR if administrator else set())
    assert floor("instance", level, account=True, administrator=administrator) <= shown(listed, gives)


def test_an_administrator_alone_can_meet_the_floor_of_a_run_that_only_looks(listed: tuple[Check, ...]):
    assert floor("instance", Level.OBSERVE, account=False, administrator=True) <= shown(listed, ADMINISTRATOR)


@pytest.mark.parametrize("catalog", [False, True], ids=["alone", "with a catalog"])
def test_a_run_at_an_index_can_meet_its_floor(listed: tuple[Check, ...], catalog: bool):
    of_a_proxy = {Reason.NEEDS_CATALOG, Reason.NEEDS_MUTATE} | ADMINISTRATOR  # what stands there has not to be made
    gives = {Reason.NEEDS_PULL} | ACCOUNT | (of_a_proxy if catalog else set())
    at_an_index = tuple(check for check in listed if check.any_index)
    must = floor("index", Level.PULL, account=True, administrator=False, catalog=catalog)
    assert must
    assert must <= shown(at_an_index, gives)
