"""Runs in which little or nothing was looked at; pytest's own exit codes stay what they are."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.traps.instances import Instance
from tests.traps.project import FLOOR, GOOD, Project, check

BROKEN_MODULE = "\nraise RuntimeError('this module cannot be imported')\n"


def test_good_check_on_an_instance_gives_0(project: Project, workers: tuple[str, ...], instance: Instance) -> None:
    """The control of all traps that use this instance: there, nothing but the trap keeps the exit code from being 0."""
    project.write(GOOD)
    ended = project.run(*workers, environment=instance.environment)
    assert ended.code == 0, ended.output
    assert ended.verdicts == {"good": "conformant"}


def test_filter_that_leaves_one_check_makes_the_run_partial(project: Project, workers: tuple[str, ...]) -> None:
    project.write(GOOD, check("other", "assert site_user.get(VERSION).status == 200", clauses='"REMOTE-03"'))
    ended = project.run(*workers, "-k", "good")
    assert ended.code == 6, ended.output
    assert ended.verdicts == {"good": "conformant"}
    assert ended.results["complete"] is False
    assert "1 checks deselected" in ended.results["partial"]
    assert "partial run: " in ended.output
    assert "exit code 6: no verdict on what a run like this must show: " in ended.output


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("suites/empty",), {}),
        ((), {"PYTEST_ADDOPTS": "-k nothing_is_called_so"}),
    ],
    ids=["empty folder", "filter of the environment"],
)
def test_nothing_selected_stays_5(
    project: Project, workers: tuple[str, ...], arguments: tuple[str, ...], environment: Mapping[str, str]
) -> None:
    project.write(GOOD)
    (project.suite.parent / "empty").mkdir()
    project.reports.mkdir()
    (project.reports / "results.json").write_text('{"exit_code": 0}')
    ended = project.run(*workers, *arguments, environment=environment)
    assert ended.code == 5, ended.output
    assert not ended.has_results, "the results of an earlier run are still there"


def test_check_that_no_level_allows_is_not_a_clean_run(project: Project, instance: Instance) -> None:
    project.write(check("changing", "assert lab", fixtures="lab"))
    ended = project.run(environment=instance.environment)
    assert ended.code == 6, ended.output
    assert ended.verdicts == {"changing": "not run needs-mutate"}
    told = ended.results["why"]
    assert told == "no verdict on what a run like this must show: PRE-02, REMOTE-01, REMOTE-03, SUPPORT-01"


def test_list_of_repositories_alone_is_not_a_clean_run(project: Project, instance: Instance) -> None:
    """Whatever has a repository of the right name in its list has shown nothing of the product or of the catalog."""
    listing = "assert site_user.get('api/repositories').status == 200"
    project.write(check("listed", listing, clauses='"REMOTE-01", "REMOTE-02"'))
    ended = project.run(environment=instance.environment)
    assert ended.verdicts == {"listed": "conformant"}, ended.output
    assert ended.code == 6, ended.output
    assert ended.results["why"] == "no verdict on what a run like this must show: PRE-02, REMOTE-03, SUPPORT-01"


@pytest.mark.parametrize(
    "arguments",
    [(), ("--continue-on-collection-errors",), ("-n", "2")],
    ids=["serial", "serial to the end", "two workers"],
)
def test_module_that_cannot_be_imported_stays_2(
    project: Project, instance: Instance, arguments: tuple[str, ...]
) -> None:
    project.write(GOOD)
    project.write(BROKEN_MODULE, name="test_broken.py")
    ended = project.run(*arguments, environment=instance.environment)
    assert ended.code == 2, ended.output
    assert "this module cannot be imported" in ended.output
    assert ended.results["why"] == "something could not be collected"


def test_check_that_breaks_the_rules_of_checks_is_a_collection_error(project: Project, instance: Instance) -> None:
    project.write(GOOD)
    body = "assert site_user.get(VERSION).status == 200"
    project.write(check("x", body).replace(f"@clause({FLOOR})", ""), name="test_no_clause.py")
    project.write(check("x", body, clauses='"REMOTE-99"'), name="test_unknown_clause.py")
    project.write(check("x", body, more=', facts=("row 66",)'), name="test_unknown_fact.py")
    project.write(check("x", body, clauses=""), name="test_empty_clause.py")
    project.write(check("x", body, more=', since="seven"'), name="test_no_version.py")
    project.write(check("x", body).replace('"""What the check of this trap says."""', ""), name="test_silent.py")
    project.write(check("good", body), name="test_twin.py")
    ended = project.run(environment=instance.environment)
    assert ended.code == 2, ended.output
    assert "test_no_clause.py::test_x: a check needs a clause" in ended.output
    assert "test_empty_clause.py::test_x: a check needs a clause" in ended.output
    assert "test_no_version.py::test_x: 'seven' is no version" in ended.output
    assert "test_unknown_clause.py::test_x: REMOTE-99 is no clause of the guide" in ended.output
    assert "test_unknown_fact.py::test_x: row 66 is no known fact" in ended.output
    assert "test_silent.py::test_x: a check needs a docstring" in ended.output
    assert "test_twin.py::test_good: its id traps.good belongs to" in ended.output


@pytest.mark.parametrize(
    ("python", "arguments", "environment", "telling"),
    [
        (("-O",), (), {}, "switches assertions off"),
        ((), (), {"PYTHONOPTIMIZE": "1"}, "switches assertions off"),
        ((), ("--assert=plain",), {}, "--assert=plain hides which assertions ran"),
    ],
    ids=["-O", "PYTHONOPTIMIZE", "plain"],
)
def test_assertions_that_are_switched_off_are_refused(
    project: Project,
    workers: tuple[str, ...],
    python: tuple[str, ...],
    arguments: tuple[str, ...],
    environment: Mapping[str, str],
    telling: str,
) -> None:
    project.write(GOOD)
    ended = project.run(*workers, *arguments, python=python, environment=environment)
    assert ended.code == 4, ended.output
    assert telling in ended.output


@pytest.mark.parametrize(
    ("arguments", "code", "telling"),
    [
        (("-p", "no:artifactory_conformance.plugin"), 2, "'clause' not found in `markers`"),
        (("-o", "addopts=--disable-plugin-autoload --strict-config"), 4, "Unknown config option"),
        (("-o", "enable_assertion_pass_hook=false"), 6, "not shown either way: traps.good"),
        (("--setup-plan",), 6, "not shown either way: traps.good"),
    ],
    ids=["no plugin", "no options", "no assertion hook", "plan only"],
)
def test_machinery_that_is_taken_out_is_noticed(
    project: Project, instance: Instance, arguments: tuple[str, ...], code: int, telling: str
) -> None:
    project.write(GOOD)
    ended = project.run(*arguments, environment=instance.environment)
    assert ended.code == code, ended.output
    assert telling in ended.output
