"""The committed page is the one that its rows and today's rules make, and its figures hold."""

from __future__ import annotations

import pytest

from artifactory_conformance.diagnosis import CAUSES
from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
from tests.diagnosis_matrix.__main__ import FILE, PAGE
from tests.diagnosis_matrix.answers import again, judge
from tests.diagnosis_matrix.chosen import IN_CI, all_pairs
from tests.diagnosis_matrix.expected import expected, too_sure
from tests.diagnosis_matrix.page import as_markdown
from tests.diagnosis_matrix.pairs import covering
from tests.diagnosis_matrix.rows import Store, load
from tests.diagnosis_matrix.standpoints import STANDPOINTS


@pytest.fixture(scope="module")
def kept() -> Store:
    """Give what is kept, answered by today's rules."""
    return again(load(FILE))


def test_the_page_is_the_one_that_todays_rules_make(kept: Store) -> None:
    again_ = "run python -m tests.diagnosis_matrix --again --write, and look at what it says"
    assert kept == load(FILE), again_
    assert PAGE.read_text("utf-8") == as_markdown(kept), again_


def test_every_mistake_was_looked_at_as_it_is_now(kept: Store) -> None:
    wanted = {(standpoint, (name,)) for standpoint in STANDPOINTS for name in MISCONFIGURATIONS}
    old = [row.mistakes for row in kept.rows.values() if not row.fresh]
    assert not wanted - set(kept.rows), "run python -m tests.diagnosis_matrix --only NAME --write"
    assert not old, "run python -m tests.diagnosis_matrix --only NAME --write"


def test_every_pair_that_was_looked_at_is_one_that_can_be_made(kept: Store) -> None:
    possible = set(all_pairs(kept.writes))
    assert not {pair for _, pair in kept.rows if len(pair) > 1} - possible


def test_the_covering_set_was_looked_at(kept: Store) -> None:
    pairs = covering(all_pairs(kept.writes), IN_CI)
    missing = {(standpoint, pair) for standpoint in STANDPOINTS for pair in pairs} - set(kept.rows)
    assert not missing, f"run python -m tests.diagnosis_matrix --pairs {IN_CI} --pairs-alone --write"


def test_only_what_is_known_of_is_sure_of_what_is_not_there(kept: Store) -> None:
    found = [judge(row, kept, expected()) for row in kept.rows.values()]
    sure = [(one.row.key, one.confident) for one in found if one.confident]
    assert sorted(sure) == sorted(too_sure()), "mend the rule, or strike out what is mended"


def test_nothing_is_said_of_an_instance_with_nothing_wrong(kept: Store) -> None:
    assert {name: kept.rows[name, ()].answer for name in STANDPOINTS} == dict.fromkeys(STANDPOINTS, ())


def test_what_is_expected_is_a_cause_that_there_is() -> None:
    named = {cause for one in expected().values() for cause in (*one.causes, *one.also)}
    assert not named - set(CAUSES)
