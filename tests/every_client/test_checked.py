"""What of a run's results is a problem."""

from __future__ import annotations

from typing import Any

import pytest

from tests.every_client.checked import counted, problems


def results(*checks: tuple[str, str, str], problems: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "problems": list(problems),
        "checks": [{"id": name, "verdict": verdict, "message": message} for name, verdict, message in checks],
    }


GOOD = ("clients.one", "conformant", "")
WINDOWS = "clients.netrc_of_windows_works_in_the_folder_that_home_names"


@pytest.mark.parametrize(
    "check",
    [
        GOOD,
        ("clients.one", "observed", ""),
        (WINDOWS, "warning", "seen"),
        ("clients.this_machine_names_one_index", "not run", "needs-this-machine: give --this-machine"),
        ("clients.pdm", "not run", "needs-client: install pdm"),
    ],
)
def test_what_must_be_so_is_no_problem(check: tuple[str, str, str]) -> None:
    assert problems(results(check), lacks=("pdm",)) == []


@pytest.mark.parametrize(
    "check",
    [
        ("clients.one", "nonconformant", "seen"),
        ("clients.one", "inconclusive", "seen"),
        ("clients.one", "blocked", "see clients.two"),
        ("clients.one", "warning", "seen"),
        (WINDOWS, "nonconformant", "seen"),
        ("clients.pipenv", "not run", "needs-client: install pipenv"),
        ("clients.mounts", "not run", "needs-mounts: run where"),
    ],
)
def test_everything_else_is_named(check: tuple[str, str, str]) -> None:
    assert problems(results(GOOD, check), lacks=("pdm",)) == [f"{check[0]}: {check[1]}: {check[2]}"]


def test_a_run_that_checked_nothing_and_one_with_problems_of_its_own_are_no_good_ones() -> None:
    assert problems(results()) == ["nothing was checked"]
    assert problems(results(GOOD, problems=("the target was gone",))) == ["the target was gone"]


def test_verdicts_are_counted() -> None:
    assert counted(results(GOOD, GOOD, ("a", "observed", ""))) == {"conformant": 2, "observed": 1}
