"""Pairs of mistakes that overwrite each other are none, and the covering set has every mistake."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.diagnosis_matrix.pairs import compatible, covering, overlap, places

REMOTE = "api/repositories/activestate-platform"
KNOWN = {"0c1f": "ORGANIZATION"}

PLACES = st.frozensets(st.sampled_from(["a#x", "a#y", "a#*", "b#x", "b#*", "c#x"]), min_size=1)
WRITTEN = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), PLACES, min_size=2, max_size=12)


def test_what_a_change_writes_is_its_fields() -> None:
    writes = [("POST", REMOTE, {"key": "activestate-platform", "url": "u", "password": "p"})]
    assert places(writes, KNOWN) == {f"{REMOTE}#url", f"{REMOTE}#password"}


def test_what_is_made_replaced_or_deleted_is_written_as_a_whole() -> None:
    permission = "api/v2/security/permissions/x"
    for method, path in (("DELETE", REMOTE), ("PUT", REMOTE), ("POST", permission), ("PUT", permission)):
        assert places([(method, path, {"name": "x", "repo": {}})], KNOWN) == {f"{path}#*"}


def test_a_patch_of_the_instance_is_read_as_well() -> None:
    assert places([("PATCH", "api/system/configuration", b'{"offlineMode": true}')], KNOWN) == {
        "api/system/configuration#offlineMode"
    }


def test_of_the_catalog_only_the_sites_own_organization_counts() -> None:
    own = [("POST", "catalog/organizations/0c1f/distributions", {"project": "internal-example", "version": "9"})]
    password = [("PUT", "catalog/organizations/0c1f/credentials", {"user": "u", "password": "p"})]
    others = [
        ("POST", "catalog/organizations", {}),
        ("POST", "catalog/organizations/77/distributions", {"project": "x"}),
    ]
    assert len(places(own, KNOWN)) == len(places(password, KNOWN)) == 1
    assert not overlap(places(own, KNOWN), places(password, KNOWN))
    assert not places(others, KNOWN)


def test_a_field_and_the_whole_thing_overlap() -> None:
    assert overlap(frozenset({"a#*"}), frozenset({"a#x"}))
    assert overlap(frozenset({"a#x"}), frozenset({"a#x", "b#y"}))
    assert not overlap(frozenset({"a#x"}), frozenset({"a#y", "b#*"}))


@given(PLACES, PLACES)
def test_to_overlap_is_mutual(one: frozenset[str], other: frozenset[str]) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one)


@given(WRITTEN, st.integers(0, 30))
def test_the_covering_set_has_every_name_that_some_pair_has(written: dict[str, frozenset[str]], count: int) -> None:
    pairs = compatible(written)
    chosen = covering(pairs, count)
    assert {name for pair in chosen for name in pair} == {name for pair in pairs for name in pair}
    assert len(chosen) == len(set(chosen)) >= min(count, len(pairs))
    assert set(chosen) <= set(pairs)
    assert covering(pairs, count) == chosen
