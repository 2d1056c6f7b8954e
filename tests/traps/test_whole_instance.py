"""A check that needs the whole instance runs alone on it, or not at all."""

from __future__ import annotations

from tests.traps.instances import Instance
from tests.traps.project import Project, check

ALONE = """
others = Path("at-work")
others.mkdir(exist_ok=True)
for _ in range(20):
    assert site_user.get(VERSION).status == 200
    assert not list(others.iterdir()), "somebody else is at work"
"""
BESIDE = """
others = Path("at-work")
others.mkdir(exist_ok=True)
mark = others / str(os.getpid())
mark.touch()
for _ in range(5):
    assert site_user.get(VERSION).status == 200
mark.unlink()
"""


def _checks() -> list[str]:
    alone = [check(f"alone_{number}", ALONE, fixtures="site_user, whole_instance") for number in range(4)]
    beside = [check(f"beside_{number}", BESIDE) for number in range(12)]
    return [part for group in zip(alone, *[iter(beside)] * 3, strict=True) for part in group]


def test_it_is_not_run_where_others_use_the_instance(project: Project, instance: Instance) -> None:
    project.write(check("alone", "assert whole_instance", fixtures="whole_instance", clauses='"REMOTE-01"'))
    ended = project.run(environment=instance.environment)
    assert ended.verdicts == {"alone": "not run needs-exclusive"}
    assert "needs-exclusive: give --exclusive" in ended.output
    assert "not selected: 89 of 91 clauses" in ended.output


def test_with_two_workers_nobody_else_is_at_work_meanwhile(project: Project, instance: Instance) -> None:
    project.write(*_checks())
    ended = project.run("-n", "2", "--exclusive", environment=instance.environment)
    assert ended.code == 0, ended.output
    assert set(ended.verdicts.values()) == {"conformant"}
    assert len(ended.verdicts) == 16


def test_waiting_for_a_turn_takes_none_of_a_checks_own_time(project: Project, instance: Instance) -> None:
    slow = "import time\ntime.sleep(2)\nassert site_user.get(VERSION).status == 200"
    project.write(*[check(f"alone_{number}", slow, fixtures="site_user, whole_instance") for number in range(4)])
    ended = project.run("-n", "2", "--exclusive", "--timeout=3", environment=instance.environment)
    assert set(ended.verdicts.values()) == {"conformant"}, ended.output
