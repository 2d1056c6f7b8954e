"""Ways round the judge that did get through once: none may look like a clean run, or blame the target."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traps.instances import Instance, StubbornServer, Switch
from tests.traps.project import GOOD, Project, check

HOLDS = "assert site_user.get(VERSION).status == 200"
EXIT = "\nimport pytest\n\n\ndef {hook}():\n    pytest.exit('enough', returncode=0)\n"

PROVES_NOTHING = {
    "constant": "site_user.get(VERSION)\nassert True\nassert 1 + 1 == 2",
    "before_anything_was_asked": "assert site_user\nsite_user.get(VERSION)",
    "in_a_thread_of_a_control": (
        "def ask():\n    assert site_user.get(VERSION).status == 200\n"
        "with control('it answers'):\n    thread = threading.Thread(target=ask)\n    thread.start()\n    thread.join()"
    ),
}

FAILS_IN_A_THREAD = (
    "def ask():\n    assert site_user.get(VERSION).status == 299\n"
    f"thread = threading.Thread(target=ask)\nthread.start()\nthread.join()\n{HOLDS}"
)


def test_assertion_that_needs_no_target_is_none(project: Project, instance: Instance) -> None:
    checks = [check(name, body) for name, body in PROVES_NOTHING.items()]
    project.write(GOOD, *checks, check("failing_in_a_thread", FAILS_IN_A_THREAD))
    ended = project.run(environment=instance.environment)
    expected = dict.fromkeys(PROVES_NOTHING, "inconclusive no-assertion")
    assert ended.verdicts == expected | {"failing_in_a_thread": "inconclusive broke", "good": "conformant"}
    assert ended.code == 6, ended.output


@pytest.mark.parametrize("hook", ["pytest_sessionstart", "pytest_collection"])
def test_run_that_is_ended_before_its_first_check_is_not_clean(project: Project, instance: Instance, hook: str) -> None:
    project.write(GOOD)
    with (project.folder / "conftest.py").open("a") as conftest:
        conftest.write(EXIT.format(hook=hook))
    ended = project.run(environment=instance.environment)
    assert ended.code == 2, ended.output
    assert not ended.has_results


def test_nothing_but_a_collection_error_blames_nobody(
    project: Project, workers: tuple[str, ...], instance: Instance
) -> None:
    project.write("\nraise RuntimeError('this module cannot be imported')\n")
    ended = project.run(*workers, environment=instance.environment)
    assert ended.code == 2, ended.output


@pytest.mark.parametrize(
    "arguments",
    [("--ignore=suites/traps/test_other.py",), ("suites/traps/test_traps.py",), ("-o", "python_functions=test_good*")],
    ids=["ignored", "a path", "other names"],
)
def test_check_that_is_left_out_without_a_filter_makes_the_run_partial(
    project: Project, workers: tuple[str, ...], instance: Instance, arguments: tuple[str, ...]
) -> None:
    """Its clause has another check, so that the clauses alone do not show it."""
    project.write(GOOD)
    project.write(check("other", "assert site_user.get(VERSION).status == 299"), name="test_other.py")
    ended = project.run(*workers, *arguments, environment=instance.environment)
    assert ended.verdicts == {"good": "conformant"}, ended.output
    assert "1 checks deselected" in ended.results["partial"]


def test_items_that_a_conftest_takes_away_make_the_run_partial(project: Project, instance: Instance) -> None:
    project.write(GOOD, check("other", "assert site_user.get(VERSION).status == 299"))
    (project.suite / "conftest.py").write_text("def pytest_collection_modifyitems(items):\n    del items[1:]\n")
    ended = project.run(environment=instance.environment)
    assert ended.verdicts == {"good": "conformant"}, ended.output
    assert "1 checks deselected" in ended.results["partial"]


@pytest.mark.parametrize(
    ("argument", "telling"),
    [
        ("-pno:conformance-judging", "leaves nobody to judge"),
        ("-pno:conformance-execution", "leaves nobody to judge"),
        ("--debug=trace.txt", "before secrets are taken out"),
        ("--log-file=log.txt", "before secrets are taken out"),
        ("--pastebin=all", "before secrets are taken out"),
    ],
)
def test_switch_that_goes_round_judge_or_redactor_is_refused(project: Project, argument: str, telling: str) -> None:
    project.write(GOOD)
    ended = project.run(argument)
    assert ended.code == 4, ended.output
    assert telling in ended.output


def test_same_check_in_two_processes_is_judged_in_each(project: Project, instance: Instance) -> None:
    project.write(GOOD, check("unclear", "site_user.get(VERSION)"))
    ended = project.run("-n", "2", "--dist=each", environment=instance.environment)
    assert ended.verdicts == {"good": "conformant", "unclear": "inconclusive no-assertion"}, ended.output


@pytest.mark.parametrize("argument", ["--fixtures", "--cache-show", "--collect-only"])
def test_list_of_things_keeps_the_results_of_the_last_run(project: Project, instance: Instance, argument: str) -> None:
    project.write(GOOD)
    assert project.run(environment=instance.environment).has_results
    ended = project.run(argument, environment=instance.environment)
    assert ended.code == 0, ended.output
    assert ended.has_results


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_answer_of_a_load_balancer_is_no_failed_claim(
    project: Project, instance: Instance, tmp_path: Path, status: int
) -> None:
    away = tmp_path / "away"
    asks = f"Path({str(away)!r}).touch()\nanswer = site_user.get(VERSION)\nPath({str(away)!r}).unlink()"
    project.write(check("asking", asks, "assert answer.status == 200"))
    with (
        StubbornServer(status, b"come back later", Content_Type="text/html") as balancer,
        Switch(lambda: int(balancer.url.rpartition(":")[2]) if away.exists() else instance.port) as between,
    ):
        ended = project.run(environment=instance.environment | {"ARTIFACTORY_URL": between.url})
    assert ended.verdicts == {"asking": "inconclusive broke"}, ended.output
    assert ended.code == 6
    assert "which is no answer of an Artifactory" in ended.output
