"""Waivers in whole runs: a finding that is hidden, a clause that cannot be, and waivers that are wrong."""

from __future__ import annotations

import pytest

from tests.traps.instances import Instance
from tests.traps.project import GOOD, Project, check

FOUND = check("found", "assert site_user.get(VERSION).status == 201", clauses='"VIRTUAL-03"')
OF_THE_FLOOR = check("found", "assert site_user.get(VERSION).status == 201")


def waive(project: Project, *named: str, expires: str = "2999-12-31") -> str:
    """Give the option for a file with waivers. named: what each is of, like `check = "traps.found"`."""
    rest = f'reason = "known for long"\nticket = "OPS-1"\nexpires = {expires}\n'
    (project.folder / "waivers.toml").write_text("".join(f"[[waiver]]\n{name}\n{rest}" for name in named))
    return "--waivers=waivers.toml"


def test_finding_that_is_waived_is_hidden_and_told(
    project: Project, instance: Instance, workers: tuple[str, ...]
) -> None:
    project.write(GOOD, FOUND)
    option = waive(project, 'check = "traps.found"')
    ended = project.run(*workers, option, environment=instance.environment)
    assert ended.code == 0, ended.output
    assert ended.verdicts == {"good": "conformant", "found": "waived claim-failed"}
    assert [(one["state"], one["checks"]) for one in ended.results["waivers"]] == [("applied", ["traps.found"])]
    assert "waived: traps.found" in ended.output
    assert "waived  until 2999-12-31, OPS-1: known for long" in ended.output
    assert "waivers from" in ended.output


def test_clause_that_must_be_shown_cannot_be_waived_away(project: Project, instance: Instance) -> None:
    project.write(OF_THE_FLOOR)
    ended = project.run(waive(project, 'check = "traps.found"'), environment=instance.environment)
    assert ended.code == 6, ended.output
    assert "waived, which is no evidence" in ended.results["why"]


@pytest.mark.parametrize(
    ("named", "expires", "state", "code"),
    [
        ('check = "traps.found"', "2020-01-31", "expired", 1),
        ('check = "traps.unheard_of"', "2999-12-31", "matches nothing", 1),
        ('check = "traps.good"', "2999-12-31", "no longer needed", 6),
    ],
    ids=["expired", "matching nothing", "of what passes"],
)
def test_waiver_that_is_wrong_is_an_error_of_the_run(
    project: Project, instance: Instance, named: str, expires: str, state: str, code: int
) -> None:
    project.write(GOOD, FOUND if code == 1 else "")
    ended = project.run(waive(project, named, expires=expires), environment=instance.environment)
    assert ended.code == code, ended.output
    assert [one["state"] for one in ended.results["waivers"]] == [state]
    assert len(ended.results["problems"]) == 1
    assert f": {state}\n" in ended.output


def test_file_of_waivers_that_cannot_be_read_is_4(project: Project, instance: Instance) -> None:
    project.write(GOOD)
    ended = project.run(waive(project, 'clause = "REMOTE-99"'), environment=instance.environment)
    assert ended.code == 4, ended.output
    assert "waiver 1: 'REMOTE-99' is no clause of the guide" in ended.output
    assert not ended.has_results
