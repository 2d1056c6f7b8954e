"""The evidence floor: data about known clauses, each exception with a reason."""

from __future__ import annotations

import itertools

import pytest

from artifactory_conformance.guide import clauses
from artifactory_conformance.verdicts import Level, floor, unchecked

KINDS = ("embedded", "container", "instance", "index")


@pytest.mark.parametrize(
    ("kind", "level", "account", "administrator"), list(itertools.product(KINDS, Level, *[(False, True)] * 2))
)
def test_the_floor_names_known_clauses_that_have_a_check(kind: str, level: Level, account: bool, administrator: bool):
    needed = floor(kind, level, account=account, administrator=administrator)
    assert needed <= set(clauses())
    assert not needed & set(unchecked())


def test_on_our_own_targets_everything_that_is_asserted_is_in_the_floor():
    only_observed = {"BEST-04"}
    everything = floor("embedded", Level.MUTATE, account=True, administrator=True)
    assert everything == set(clauses()) - set(unchecked()) - only_observed


def test_every_clause_without_a_check_has_a_reason():
    assert all(reason.strip() for reason in unchecked().values())


def test_a_list_of_repositories_is_not_enough_for_a_run_that_only_looks():
    """Anything can list a repository of that name: product, address and cache count, too."""
    owed = floor("instance", Level.OBSERVE, account=True, administrator=False)
    assert owed == {"PRE-02", "REMOTE-01", "REMOTE-03", "SUPPORT-01"}


def test_an_index_owes_what_a_client_sees_and_more_with_the_catalog_behind_it():
    alone = floor("index", Level.PULL, account=True, administrator=False)
    assert alone == {"ACCESS-06", "ACCESS-08", "CLIENT-01", "TROUBLE-08", "TROUBLE-11"}
    assert alone < floor("index", Level.PULL, account=True, administrator=False, catalog=True)


@pytest.mark.parametrize("level", Level)
def test_an_administrator_owes_more_than_a_client(level: Level):
    client = floor("instance", level, account=True, administrator=False)
    assert client < floor("instance", level, account=True, administrator=True)


@pytest.mark.parametrize("level", Level)
def test_whoever_gives_no_account_does_not_owe_what_only_an_account_sees(level: Level):
    without = floor("instance", level, account=False, administrator=True)
    assert floor("instance", level, account=True, administrator=True) - without == {"SUPPORT-01"}


def test_a_higher_level_never_owes_less():
    for account, administrator in itertools.product((False, True), repeat=2):
        low, middle, high = (floor("instance", level, account=account, administrator=administrator) for level in Level)
        assert low <= middle <= high


def test_what_is_given_out_is_the_callers_own():
    floor("instance", Level.PULL, account=True, administrator=True).clear()
    unchecked().clear()
    assert floor("instance", Level.PULL, account=True, administrator=True)
    assert isinstance(unchecked(), dict)
