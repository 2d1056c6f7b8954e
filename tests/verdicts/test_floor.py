"""The evidence floor: data about known clauses, each exception with a reason."""

from __future__ import annotations

import itertools

import pytest

from artifactory_conformance.guide import clauses
from artifactory_conformance.verdicts import Level, floor, unchecked

KINDS = ("embedded", "container", "instance", "index")


@pytest.mark.parametrize(("kind", "level", "administrator"), list(itertools.product(KINDS, Level, (False, True))))
def test_the_floor_names_known_clauses_that_have_a_check(kind: str, level: Level, administrator: bool):
    needed = floor(kind, level, administrator=administrator)
    assert needed <= set(clauses())
    assert not needed & set(unchecked())


def test_on_our_own_targets_everything_that_is_asserted_is_in_the_floor():
    only_observed = {"BEST-04"}
    assert floor("embedded", Level.MUTATE, administrator=True) == set(clauses()) - set(unchecked()) - only_observed


def test_every_clause_without_a_check_has_a_reason():
    assert all(reason.strip() for reason in unchecked().values())


@pytest.mark.parametrize("level", Level)
def test_an_administrator_owes_more_than_a_client(level: Level):
    client = floor("instance", level, administrator=False)
    assert client < floor("instance", level, administrator=True)


def test_a_higher_level_never_owes_less():
    for administrator in (False, True):
        low, middle, high = (floor("instance", level, administrator=administrator) for level in Level)
        assert low <= middle <= high


def test_what_is_given_out_is_the_callers_own():
    floor("instance", Level.PULL, administrator=True).clear()
    unchecked().clear()
    assert floor("instance", Level.PULL, administrator=True)
    assert isinstance(unchecked(), dict)
