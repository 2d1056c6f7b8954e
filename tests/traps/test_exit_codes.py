"""What is found decides the exit code: failures before what is unclear, warnings only when somebody wants them to."""

from __future__ import annotations

import pytest

from tests.traps.instances import Instance
from tests.traps.project import GOOD, Project, check

FAILS = "assert site_user.get(VERSION).status == 299"
WITHOUT_ASSERTION = check("unclear", "site_user.get(VERSION)")


def test_failed_claim_gives_1_whatever_else_is_unclear(
    project: Project, workers: tuple[str, ...], instance: Instance
) -> None:
    project.write(GOOD, WITHOUT_ASSERTION, check("failing", FAILS))
    ended = project.run(*workers, environment=instance.environment)
    assert ended.code == 1, ended.output
    assert ended.verdicts == {
        "good": "conformant",
        "unclear": "inconclusive no-assertion",
        "failing": "nonconformant claim-failed",
    }
    assert "exit code 1: not as the guide says: traps.failing" in ended.output
    assert "reference model 7.84-pro at" in ended.output  # an instance that is a model is called one
    assert (ended.results["target"]["kind"], ended.results["target"]["reference_model"]) == ("instance", True)
    assert "==" in next(found["message"] for found in ended.results["checks"] if found["id"] == "traps.failing")


def test_sentence_of_the_check_is_all_that_is_shown_of_a_failed_claim(project: Project, instance: Instance) -> None:
    project.write(check("told", f"{FAILS}, 'expected 299, the check says'"))
    ended = project.run(environment=instance.environment)
    (found,) = ended.results["checks"]
    assert found["message"] == "expected 299, the check says (test_traps.py:18)"
    assert "where" not in ended.output


def test_claim_helper_fails_as_an_assertion_of_the_check(project: Project, instance: Instance) -> None:
    project.write(check("helped", "assert_served(site_user.get('api/storage/nowhere/none'))"))
    ended = project.run(environment=instance.environment)
    assert ended.verdicts == {"helped": "nonconformant claim-failed"}, ended.output
    assert ended.code == 1


def test_failed_subtest_is_a_failed_claim(project: Project, workers: tuple[str, ...], instance: Instance) -> None:
    lines = "for status in (200, 299, 200):\n    with subtests.test(status=status):\n"
    lines += "        assert site_user.get(VERSION).status == status"
    project.write(check("parts", lines, fixtures="site_user, subtests"))
    ended = project.run(*workers, environment=instance.environment)
    assert ended.verdicts == {"parts": "nonconformant claim-failed"}, ended.output
    assert ended.code == 1


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--fail-on-warning",), 1)], ids=["lenient", "strict"])
def test_recommendations_and_contested_clauses_give_warnings(
    project: Project, workers: tuple[str, ...], instance: Instance, arguments: tuple[str, ...], code: int
) -> None:
    soft = check("contested", FAILS, clauses='"TEST-01", "REMOTE-14"')
    project.write(GOOD, check("recommended", FAILS, clauses='"REMOTE-02"'), soft)
    ended = project.run(*workers, *arguments, environment=instance.environment)
    warnings = {"recommended": "warning claim-failed", "contested": "warning claim-failed"}
    assert ended.verdicts == {"good": "conformant", **warnings}, ended.output
    assert ended.code == code, ended.output


def test_soft_clause_beside_a_hard_one_softens_nothing(project: Project, instance: Instance) -> None:
    project.write(check("both", FAILS, clauses='"REMOTE-01", "REMOTE-02"'))
    ended = project.run(environment=instance.environment)
    assert ended.code == 1, ended.output
    verdicts = {found["id"]: found["verdict"] for found in ended.results["clauses"]}
    assert (verdicts["REMOTE-01"], verdicts["REMOTE-02"]) == ("nonconformant", "warning")


def test_required_clauses_without_a_verdict_give_6(
    project: Project, workers: tuple[str, ...], instance: Instance
) -> None:
    """One that no check of this version looks at, and one whose checks were left out."""
    project.write(GOOD)
    wanted = ("--require", "SUPPORT-02", "--require", "REMOTE-01", "--require", "REMOTE-04")
    ended = project.run(*workers, *wanted, environment=instance.environment)
    assert ended.code == 6, ended.output
    assert ended.results["why"] == "no verdict on what a run like this must show: REMOTE-04, SUPPORT-02"


def test_first_failure_that_stops_the_run_leaves_the_others_unclear(project: Project, instance: Instance) -> None:
    later = [check(f"later_{number}", "assert site_user.get(VERSION).status == 200") for number in range(9)]
    project.write(check("failing", "raise ValueError('what is this?')"), *later)
    ended = project.run("-x", environment=instance.environment)
    assert ended.code != 0, ended.output
    assert len(ended.verdicts) == 10
    assert "inconclusive never-ran" in ended.verdicts.values()
