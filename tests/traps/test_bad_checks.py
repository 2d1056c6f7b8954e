"""Checks that prove nothing are inconclusive, whatever pytest makes of them; each trap is one check of one run."""

from __future__ import annotations

from typing import NamedTuple

from tests.traps.instances import Instance
from tests.traps.project import GOOD, IMPORTS, Project, check


class Trap(NamedTuple):
    """One bad check, and the reason that makes it inconclusive."""

    reason: str
    body: str
    fixtures: str = "site_user"
    marks: tuple[str, ...] = ()


ASK = "answer = site_user.get(VERSION)\n"
HOLDS = ASK + "assert answer.status == 200"
FAILS = ASK + "assert answer.status == 299"

TRAPS = {
    "without_assertions": Trap("no-assertion", ASK),
    "loop_over_nothing": Trap("no-assertion", ASK + "for found in []:\n    assert found"),
    "assertions_only_in_control": Trap(
        "no-assertion", "with control('it is there'):\n    assert site_user.get(VERSION)"
    ),
    "assertion_only_in_its_fixture": Trap("no-assertion", ASK, "site_user, asserts_well"),
    "assertion_only_in_another_file": Trap("no-assertion", ASK + "must_be(200, answer)"),
    "assertion_of_a_fixture_of_another_file": Trap("no-assertion", ASK, "site_user, asserts_elsewhere"),
    "failure_in_another_file": Trap("broke", ASK + "must_be(299, answer)"),
    "without_an_exchange": Trap("no-evidence", "assert 1 + 1 == 2", "site_user"),
    "failing_without_an_exchange": Trap("no-evidence", "assert 1 + 1 == 3", "site_user"),
    "skip_inside": Trap("undeclared-skip", HOLDS + "\npytest.skip('not today')"),
    "import_that_skips": Trap("undeclared-skip", HOLDS + "\npytest.importorskip('no_such_module')"),
    "mark_skip": Trap("undeclared-skip", HOLDS, marks=("pytest.mark.skip(reason='not today')",)),
    "mark_skipif": Trap("undeclared-skip", HOLDS, marks=("pytest.mark.skipif(True, reason='not today')",)),
    "skip_in_its_fixture": Trap("undeclared-skip", HOLDS, "site_user, skips"),
    "expected_failure_that_fails": Trap("xfail", FAILS, marks=("pytest.mark.xfail(reason='known')",)),
    "expected_failure_that_passes": Trap("xfail", HOLDS, marks=("pytest.mark.xfail(strict=False, reason='known')",)),
    "expected_failure_inside": Trap("xfail", HOLDS + "\npytest.xfail('known')"),
    "fail_by_hand": Trap("broke", HOLDS + "\npytest.fail('I do not like it')"),
    "exit_of_the_interpreter": Trap("broke", HOLDS + "\nsys.exit(0)"),
    "coroutine": Trap("broke", HOLDS),
    "failing_control": Trap("control-failed", HOLDS + "\nwith control('it is 299'):\n    assert answer.status == 299"),
    "exception_in_control": Trap("control-failed", HOLDS + "\nwith control('it counts'):\n    [][0]"),
    "failing_fixture": Trap("set-up-failed", HOLDS, "site_user, breaks"),
    "failing_assertion_in_its_fixture": Trap("set-up-failed", HOLDS, "site_user, asserts_badly"),
    "fixture_that_does_not_exist": Trap("set-up-failed", HOLDS, "site_user, nobody_wrote_it"),
    "failing_clean_up": Trap("clean-up-failed", HOLDS, "site_user, leaves_things"),
    "request_above_the_level": Trap("broke", HOLDS + "\nsite_user.get('activestate-platform/some/file.whl')"),
    "exception": Trap("broke", HOLDS + "\nraise ValueError('what is this?')"),
    "hanging": Trap("timed-out", HOLDS + "\nthreading.Event().wait()", marks=("pytest.mark.timeout(1)",)),
    "hanging_fixture": Trap("timed-out", HOLDS, "site_user, hangs", marks=("pytest.mark.timeout(1)",)),
}

FIXTURES = """
from suites.traps.claims_of_others import must_be


@pytest.fixture
def asserts_well(site_user):
    assert site_user.get(VERSION).status == 200


@pytest.fixture
def asserts_badly(site_user):
    assert site_user.get(VERSION).status == 299


@pytest.fixture
def skips():
    pytest.skip("not today")


@pytest.fixture
def breaks():
    raise ValueError("what is this?")


@pytest.fixture
def leaves_things():
    yield
    raise OSError("it is still there")


@pytest.fixture
def hangs():
    threading.Event().wait()
"""

OTHER_FILE = """
def must_be(status, answer):
    assert answer.status == status
"""

CONFTEST = """
import pytest


@pytest.fixture
def asserts_elsewhere(site_user):
    assert site_user.get("api/system/version").status == 200
"""


def test_check_that_proves_nothing_is_inconclusive(
    project: Project, workers: tuple[str, ...], instance: Instance
) -> None:
    project.write(name="claims_of_others.py")
    (project.suite / "claims_of_others.py").write_text(OTHER_FILE)
    (project.suite / "conftest.py").write_text(CONFTEST)
    checks = [
        check(name, trap.body, fixtures=trap.fixtures, marks=trap.marks).replace(
            "def test_coroutine", "async def test_coroutine"
        )
        for name, trap in TRAPS.items()
    ]
    project.write(FIXTURES, *checks, GOOD)
    ended = project.run(*workers, environment=instance.environment)
    expected = {name: f"inconclusive {trap.reason}" for name, trap in TRAPS.items()}
    assert ended.verdicts == expected | {"good": "conformant"}, ended.output
    assert ended.code == 6
    assert "exit code 6: not shown either way: " in ended.output
    clauses = {found["id"]: found["verdict"] for found in ended.results["clauses"]}
    assert clauses["REMOTE-01"] == "inconclusive", "the good check hides that the others showed nothing"


LAB_TRAPS = {
    "factory_that_is_refused": Trap("broke", "lab.local_repository(key='no key/at all')"),
    "exchange_with_the_catalog_only": Trap("no-evidence", "assert catalog.ask('simple/').status"),
    "failing_exchange_with_the_catalog_only": Trap("no-evidence", "assert catalog.ask('simple/').status == 299"),
    "wait_that_never_ends": Trap("timed-out", "lab.wait_for_grant('no-such', 'nobody', ['read'])"),
    "repository_removed_by_the_check": Trap(
        "clean-up-failed",
        "remote = lab.remote_repository(catalog)\nassert remote.configuration()\n"
        "lab._footprint._made[-1] = replace(lab._footprint._made[-1], remove=lambda: 1 / 0)",
    ),
}


def test_lab_that_fails_is_inconclusive(project: Project) -> None:
    checks = [
        check(name, trap.body, fixtures="lab, catalog", marks=("pytest.mark.timeout(3)",))
        for name, trap in LAB_TRAPS.items()
    ]
    project.write(*checks)
    ended = project.run()
    assert ended.verdicts == {name: f"inconclusive {trap.reason}" for name, trap in LAB_TRAPS.items()}, ended.output
    assert ended.code == 6


def test_check_below_no_suites_is_left_alone(project: Project, workers: tuple[str, ...], instance: Instance) -> None:
    """A plain test beside the checks keeps pytest's own meaning, and is no check that never began."""
    project.write(GOOD)
    plain = project.folder / "plain"
    plain.mkdir()
    (plain / "test_plain.py").write_text(IMPORTS + "\ndef test_plain():\n    assert True\n")
    ended = project.run(*workers, "suites", "plain", environment=instance.environment)
    assert ended.code == 0, ended.output
    assert ended.verdicts == {"good": "conformant"}


def test_failure_that_is_no_check_is_never_swallowed(project: Project, instance: Instance) -> None:
    project.write(GOOD)
    (project.folder / "test_plain.py").write_text("\ndef test_plain():\n    assert not 1\n")
    ended = project.run("suites", "test_plain.py", environment=instance.environment)
    assert ended.code == 1, ended.output
    assert ended.results["why"] == "something failed that is no check"
