"""Which checks meet a mutant, and what is said of it afterwards."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.mutants.fate import Fate, judge
from tests.mutants.mutant import PACKAGE, Mutant, statements
from tests.mutants.page import FILE, PAGE, as_markdown
from tests.mutants.rows import Row, load, store
from tests.mutants.settings import Setting
from tests.mutants.slot import TOO_LONG, Ended

CODE = """\
import x

@x.wrapped
def outer(a,
          b=1):
    if (a and
            b):
        return call(
            a,
        )
    def inner():
        return b
    return inner
"""


def mutant(line: int) -> Mutant:
    around = [lines for lines in statements(CODE) if line in lines]
    return Mutant("reference/x.py", line, "before", "after", around[-1], "")


@pytest.mark.parametrize(
    ("line", "expected"),
    [(3, range(3, 6)), (5, range(3, 6)), (7, range(6, 8)), (9, range(8, 11)), (12, range(12, 13))],
)
def test_a_line_is_reached_with_its_statement(line: int, expected: range) -> None:
    assert mutant(line).reached_by == expected


def test_what_stands_outside_of_functions_has_no_statement() -> None:
    assert not [lines for lines in statements(CODE) if 1 in lines]


SETTING = Setting(
    (),
    {"a.one": "conformant", "a.two[x]": "conformant", "a.two[y]": "observed"},
    {"a.one": 3.0, "a.two[x]": 1.0, "a.two[y]": 1.0},
    {
        "reference/x.py:8": ["suites/a/test_a.py::test_one", "suites/a/test_a.py::test_two"],
        "reference/x.py:6": ["", "suites/a/test_a.py::test_two"],
        "reference/x.py:12": [""],
    },
    ["suites/a/test_a.py::test_one", "suites/a/test_a.py::test_two"],
)


def test_a_mutant_meets_the_checks_that_reach_it_quick_ones_first() -> None:
    assert SETTING.nodes(mutant(9)) == ["suites/a/test_a.py::test_two", "suites/a/test_a.py::test_one"]
    assert SETTING.nodes(mutant(7)) == ["suites/a/test_a.py::test_two"]


def test_a_mutant_that_only_setting_up_reaches_meets_all() -> None:
    assert len(SETTING.nodes(mutant(12))) == 2


def test_a_mutant_that_nobody_reaches_meets_nobody() -> None:
    assert SETTING.nodes(mutant(13)) == []


@pytest.mark.parametrize(
    ("verdicts", "fate"),
    [
        ({"a.one": "nonconformant", "a.two[x]": "conformant"}, Fate.FAILED),
        ({"a.one": "warning", "a.two[x]": "conformant"}, Fate.FAILED),
        ({"a.one": "inconclusive", "a.two[x]": "conformant"}, Fate.NO_VERDICT),
        ({"a.one": "inconclusive", "a.two[x]": "inconclusive"}, Fate.UNUSABLE),
        ({"a.one": "conformant", "a.two[x]": "conformant", "a.two[y]": "observed"}, Fate.SURVIVED),
    ],
)
def test_a_mutant_is_noticed_by_a_verdict_that_changes(verdicts: dict[str, str], fate: Fate) -> None:
    ended = Ended(1 if fate is Fate.FAILED else 0, "", verdicts, {})
    assert judge(mutant(9), ["suites/a/test_a.py::test_one"], ended, SETTING.plain).fate is fate


def test_a_run_that_judged_nothing_says_nothing_of_a_mutant_unless_it_took_too_long() -> None:
    nodes = ["suites/a/test_a.py::test_one"]
    with pytest.raises(RuntimeError, match="ended with 4 before anything was judged"):
        judge(mutant(9), nodes, Ended(4, "died", {}, {}), SETTING.plain)
    assert judge(mutant(9), nodes, Ended(TOO_LONG, "", {}, {}), SETTING.plain).fate is Fate.NO_VERDICT


def test_what_was_kept_counts_for_checks_that_there_are() -> None:
    kept = {**asdict(SETTING), "arguments": ["-n", "2"]}
    setting = Setting.of(kept, {"suites/a/test_a.py::test_one"})
    assert setting.nodes(mutant(9)) == ["suites/a/test_a.py::test_one"]
    assert setting.nodes(mutant(12)) == ["suites/a/test_a.py::test_one"]
    assert setting.arguments == ("-n", "2")


def test_the_page_names_who_survived_and_counts_the_others() -> None:
    ended = Ended(0, "", {"a.one": "conformant"}, {})
    failed = Ended(1, "", {"a.one": "nonconformant"}, {})
    nodes = ["suites/a/test_a.py::test_one"]
    found = [judge(mutant(9), nodes, ended, SETTING.plain), judge(mutant(7), nodes, failed, SETTING.plain)]
    page = as_markdown([Row.of(one, "abc") for one in found])
    assert f"* {Fate.SURVIVED.value}: 1\n" in page
    assert "of the 2 with which a site can be set up: 50 %" in page
    assert "of the 2 of these that change more than words and what nobody knows: 50 %" in page
    assert "of the 2 of these that a check reaches: 50 %" in page
    assert f"| {mutant(9).name} | `before` | `after` | 1 | **open** | abc |" in page
    assert mutant(7).name not in page


def test_a_row_stands_while_its_line_does(tmp_path: Path) -> None:
    sound = (PACKAGE / "reference/access.py").read_text("utf-8").splitlines()
    stands = Row("reference/access.py:3:abc", sound[2].strip(), "", Fate.SURVIVED, "", 1, "abc")
    rows = [stands, replace(stands, name="reference/access.py:4:abc", before="nothing like this")]
    store(rows, tmp_path / "rows.json")
    assert load(tmp_path / "rows.json") == {stands.name: stands}


def test_the_committed_page_is_the_one_that_its_rows_make() -> None:
    rows = load(FILE)
    assert len(rows) == len(json.loads(FILE.read_text("utf-8"))), "run make mutants of what has changed"
    assert PAGE.read_text("utf-8") == as_markdown(list(rows.values()))
    assert "**open**" not in PAGE.read_text("utf-8"), "say in reasons.yaml why it may live, or sharpen a check"
