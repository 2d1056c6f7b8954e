"""A run that may ask for no more than so much: what it could not ask for is told, and it is never green."""

from __future__ import annotations

import time

import pytest

from tests.traps.instances import Instance
from tests.traps.project import GOOD, Project, check

ASKS_OFTEN = check("asks_often", "for _ in range(40):", "    assert site_user.get(VERSION).status == 200")
SWALLOWS = check(
    "swallows",
    "try:\n    for _ in range(40):\n        assert site_user.get(VERSION).status == 200\nexcept Exception:\n    pass",
)
MAKES = check(
    "makes",
    "lab.local_repository()",
    "for _ in range(40):",
    "    assert lab.administrator.get(VERSION)",
    fixtures="lab",
)


@pytest.mark.parametrize("asking", [ASKS_OFTEN, SWALLOWS], ids=["raises", "swallows"])
def test_a_used_up_budget_is_never_green(project: Project, instance: Instance, asking: str) -> None:
    project.write(asking, GOOD)
    ended = project.run(environment=instance.environment | {"CONFORMANCE_MAX_REQUESTS": "20"})
    assert ended.code == 6, ended.output
    assert set(ended.verdicts.values()) == {"inconclusive budget-used-up"}
    assert "--max-requests allows more" in ended.output
    assert "Traceback" not in ended.output


def test_what_a_check_made_is_removed_though_the_budget_is_used_up(project: Project, instance: Instance) -> None:
    project.write(MAKES)
    ended = project.run(environment=instance.administered | {"CONFORMANCE_MAX_REQUESTS": "30"})
    assert ended.code == 6, ended.output
    assert ended.verdicts == {"makes": "inconclusive budget-used-up"}
    assert not instance.made_by_suites()


def test_all_processes_of_a_run_keep_one_pace(project: Project, instance: Instance, workers: tuple[str, ...]) -> None:
    each = "for _ in range(4):\n    assert site_user.get(VERSION).status == 200"
    project.write(*(check(f"number_{number}", each) for number in range(3)))
    began = time.monotonic()
    paced = {"CONFORMANCE_REQUESTS_PER_SECOND": "4", "CONFORMANCE_CONNECTIONS": "1"}
    ended = project.run(*workers, environment=instance.environment | paced)
    assert ended.code == 0, ended.output
    assert time.monotonic() - began > 3, "sixteen requests at least, and four a second"
