"""What counts as right, as seen and as sure of what is not there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.diagnosis_matrix.answers import judge
from tests.diagnosis_matrix.expected import Expected
from tests.diagnosis_matrix.rows import Row, Store, fingerprint, load, store

ONE, OTHER = "wrong-password", "xray-indexing-on"
WANTED = {
    ONE: Expected(frozenset({"refused"}), frozenset({"nothing-new"})),
    OTHER: Expected(frozenset({"xray"})),
}


def row(*mistakes: str, seen: str = "", said: tuple[tuple[str, str], ...] = ()) -> Row:
    """Give a row in which one check has the verdict `seen`."""
    checks: dict[str, Any] = {f"a.{letter}": {"verdict": "nonconformant"} for letter in seen}
    return Row("mutate", mistakes, fingerprint(mistakes), "abc", changed={"checks": checks}, answer=said)


def test_the_first_finding_has_to_be_the_cause() -> None:
    first, second = ("refused", "possible"), ("nothing-new", "likely")
    assert judge(row(ONE, seen="a", said=(first, second)), Store(), WANTED).right
    assert not judge(row(ONE, seen="a", said=(second, first)), Store(), WANTED).right
    assert not judge(row(ONE, seen="a"), Store(), WANTED).right


def test_what_changes_nothing_is_not_right_whatever_is_said() -> None:
    found = judge(row(ONE, said=(("refused", "proved"),)), Store(), WANTED)
    assert not found.visible
    assert not found.right
    assert not found.confident


def test_of_what_looks_the_same_something_in_common_is_right() -> None:
    wanted = {
        ONE: Expected(frozenset({"refused"}), frozenset({"nothing-new"})),
        OTHER: Expected(frozenset({"offline"}), frozenset({"nothing-new"})),
    }
    said = (("nothing-new", "likely"),)
    same = Store().with_([row(ONE, seen="a"), row(OTHER, seen="a")])
    found = judge(row(ONE, seen="a", said=said), same, wanted)
    assert found.right
    assert not found.by_name
    other = Store().with_([row(ONE, seen="a"), row(OTHER, seen="b")])
    assert not judge(row(ONE, seen="a", said=said), other, wanted).right


def test_both_of_two_have_to_be_the_first_two() -> None:
    kept = Store().with_([row(ONE, seen="a"), row(OTHER, seen="b")])
    both = row(ONE, OTHER, seen="ab", said=(("xray", "proved"), ("refused", "likely")))
    assert judge(both, kept, WANTED).right
    between = (("xray", "proved"), ("nothing-new", "likely"), ("refused", "likely"))
    assert not judge(replace(both, answer=between), kept, WANTED).right


def test_of_two_only_what_can_be_seen_is_asked_for() -> None:
    kept = Store().with_([row(ONE, seen="a"), row(OTHER, seen="b")])
    hidden = judge(row(ONE, OTHER, seen="a", said=(("refused", "proved"),)), kept, WANTED)
    assert hidden.visible == (ONE,)
    assert hidden.right


def test_to_be_sure_of_what_is_not_there_is_told() -> None:
    for said, confident in (
        ((("xray", "proved"),), ("xray",)),
        ((("xray", "likely"),), ("xray",)),
        ((("xray", "possible"),), ()),
        ((("refused", "proved"), ("xray", "likely")), ()),
        ((("refused", "proved"), ("xray", "proved")), ("xray",)),
        ((("nothing-new", "proved"), ("refused", "proved")), ()),
    ):
        assert judge(row(ONE, seen="a", said=said), Store(), WANTED).confident == confident


def test_rows_come_back_from_the_file(tmp_path: Path) -> None:
    good = {"level": "pull", "target": {}, "probes": {}, "checks": {"a.a": {"verdict": "conformant"}}}
    kept = Store({}, {"mutate": good}, {ONE: ("x#y",)}).with_([row(ONE, seen="a", said=(("refused", "proved"),))])
    store(kept, tmp_path / "rows.json")
    assert load(tmp_path / "rows.json") == kept
    assert kept.facts(kept.rows["mutate", (ONE,)])["checks"] == {"a.a": {"verdict": "nonconformant"}}


def test_another_good_instance_leaves_what_was_seen_as_it_was() -> None:
    good = {"level": "pull", "target": {}, "probes": {}, "checks": {"a.a": {"verdict": "conformant"}}}
    kept = Store({}, {"mutate": good}).with_([row(ONE, seen="a")])
    moved = kept.with_good("mutate", {**good, "probes": {"x": 1}})
    assert moved.facts(moved.rows["mutate", (ONE,)])["checks"] == {"a.a": {"verdict": "nonconformant"}}
    assert moved.facts(moved.rows["mutate", (ONE,)])["probes"] == {"x": None}
