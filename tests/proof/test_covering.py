"""The covering set covers, and the page says what was wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.reference.profiles import PROFILES
from tests.proof.covering import covered, covering_beside, covering_set, pairs
from tests.proof.kept import keep, kept
from tests.proof.page import Proved, as_markdown
from tests.proof.parts import NEWEST, OLDEST, answers, switches
from tests.proof.runs import Run, Trial

QUESTIONS = st.dictionaries(
    st.text("abcdef", min_size=1),
    st.lists(st.text("xyz", min_size=1), min_size=2, max_size=4, unique=True),
    min_size=2,
    max_size=6,
)


@given(QUESTIONS)
def test_every_pair_of_answers_occurs(questions: dict[str, list[str]]) -> None:
    rows = covering_set(questions)
    assert pairs(questions) <= covered(rows)
    assert all(set(row) == set(questions) for row in rows)
    assert covering_set(dict(reversed(questions.items()))) == rows


@given(QUESTIONS, QUESTIONS)
def test_every_pair_with_one_of_the_few_occurs(few: dict[str, list[str]], many: dict[str, list[str]]) -> None:
    few = {f"few {name}": values for name, values in few.items()}
    rows = covering_beside(few, many)
    wanted = {pair for pair in pairs({**few, **many}) if any(name in few for name, _ in pair)}
    assert wanted <= covered(rows)
    assert all(set(row) == set(few) | set(many) for row in rows)


def test_every_pair_of_the_models_open_questions_is_covered() -> None:
    everything = covered([row for rows in answers().values() for row in rows])
    for name in (OLDEST, NEWEST):
        assert pairs(PROFILES[name].open_questions()) <= everything


def test_a_sample_is_a_part_of_the_whole() -> None:
    sample, whole = switches(2), switches()
    assert len(sample) == 2
    assert set(sample) < set(whole)


def test_a_run_that_is_not_as_expected_is_told_with_everything_that_differs() -> None:
    plain = Run(Trial("as collected", ()), 0, "", 1.0, {"a.b": "conformant", "c.d": "observed"}, {})
    other = Run(Trial("seed 1", (), like="as collected"), 6, "target | died", 1.0, {"a.b": "inconclusive"}, {})
    problems = other.problems(plain)
    assert problems == [
        "ended with 6: target | died",
        "a.b: inconclusive instead of conformant",
        "c.d: absent instead of observed",
    ]
    page = as_markdown(plain, {"orders": [Proved(other, problems)]}, when="today", commit="abc", command="make prove")
    assert "Of 1 further runs 1 ARE NOT AS EXPECTED" in page
    assert "**Not part of this proof: folders, instance, profiles, https, switches.**" in page
    assert "target / died; a.b: inconclusive instead of conformant" in page


def test_a_clean_run_has_no_red_verdict_whatever_its_code() -> None:
    found = Run(Trial("x", ()), 0, "", 1.0, {"a.b": "blocked", "c.d": "warning"}, {"a.b": "see e.f", "c.d": ""})
    assert found.problems(None) == ["a.b: blocked: see e.f"]


def test_what_a_given_instance_has_nothing_for_is_no_difference() -> None:
    plain = Run(Trial("as collected", ()), 0, "", 1.0, {"a.b": "conformant", "c.d": "observed"}, {})
    seen = {"a.b": "not run", "c.d": "not run"}
    told = {"a.b": "needs-second-site: run the embedded target", "c.d": "needs-mutate: run with --level mutate"}
    as_given = Run(Trial("given", (), like="as collected", given=True), 0, "", 1.0, seen, told)
    assert as_given.problems(plain) == ["c.d: not run instead of observed"]
    embedded = Run(Trial("seed 1", (), like="as collected"), 0, "", 1.0, seen, told)
    assert len(embedded.problems(plain)) == 2


def test_a_kept_run_is_taken_over_in_the_same_state_alone(tmp_path: Path) -> None:
    made = Run(Trial("seed 1", ("-n", "2"), like="x"), 0, "", 1.5, {"a.b": "conformant"}, {"a.b": ""})
    keep(made, "one", tmp_path)
    assert kept(made.trial, "one", tmp_path) == made
    assert kept(made.trial, "other", tmp_path) is None
    assert kept(made.trial, "other", tmp_path, older=True) == made
    assert kept(Trial("seed 1", ()), "one", tmp_path) is None
    keep(made, "", tmp_path)
    assert kept(made.trial, "", tmp_path) is None
    keep(replace(made, code=2, verdicts={}), "one", tmp_path)
    assert kept(made.trial, "one", tmp_path) == made, "a run that was interrupted takes the place of none"
