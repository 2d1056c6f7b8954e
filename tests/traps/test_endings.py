"""Runs in which a process, the target, or the target's identity goes away half-way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traps.instances import Instance, Switch, as_instance, server_of
from tests.traps.project import GOOD, Project, check

HOLDS = "assert site_user.get(VERSION).status == 200"
KILL_MODEL = """
for child in psutil.Process().children(recursive=True):
    if any("artifactory_conformance.reference" in part for part in child.cmdline()):
        child.kill()
        while child.status() != psutil.STATUS_ZOMBIE:
            threading.Event().wait(0.01)
"""


def later(count: int) -> list[str]:
    return [check(f"later_{number}", HOLDS) for number in range(count)]


def test_worker_that_crashes_leaves_its_check_inconclusive(project: Project, instance: Instance) -> None:
    project.write(check("crashing", HOLDS, "os._exit(0)"), *later(3))
    ended = project.run("-n", "2", environment=instance.environment)
    assert ended.code == 6, ended.output
    assert ended.verdicts["crashing"] == "inconclusive worker-crashed"
    assert len(ended.verdicts) == 4
    crashed = next(found for found in ended.results["checks"] if found["id"] == "traps.crashing")
    assert crashed["clauses"], "what it was of went with its worker"


@pytest.mark.parametrize("code", [0, 1])
def test_process_that_ends_itself_is_no_verdict(project: Project, instance: Instance, code: int) -> None:
    """Nobody is left to write results then, so at least the old ones must not stay."""
    project.write(GOOD)
    assert project.run(environment=instance.environment).code == 0
    project.write(GOOD, check("ending", HOLDS, f"os._exit({code})"))
    ended = project.run(environment=instance.environment)
    assert ended.code == 3, ended.output
    assert not ended.has_results


def test_check_that_ends_the_run_is_inconclusive(
    project: Project, workers: tuple[str, ...], instance: Instance
) -> None:
    project.write(GOOD, check("ending", HOLDS, "pytest.exit('enough', returncode=0)"), *later(4))
    ended = project.run(*workers, environment=instance.environment)
    assert ended.code not in (0, 1), ended.output
    assert ended.has_results
    assert ended.verdicts["ending"].startswith("inconclusive")


def test_model_that_dies_takes_the_verdicts_since_it_was_last_seen_with_it(
    project: Project, workers: tuple[str, ...]
) -> None:
    project.write(GOOD, check("killing", HOLDS, KILL_MODEL), check("after", HOLDS), *later(4))
    ended = project.run(*workers)
    assert ended.code == 6, ended.output
    assert ended.verdicts["killing"] == "inconclusive target-lost"
    assert "nonconformant" not in " ".join(ended.verdicts.values())
    assert "does not answer" in ended.results["why"]
    assert "artifactory_conformance.reference ended with -9" in ended.results["why"]
    if not workers:
        assert set(ended.verdicts.values()) <= {"inconclusive target-lost", "inconclusive broke"}


def test_model_that_dies_before_a_claim_fails_is_no_failed_claim(project: Project) -> None:
    project.write(check("killing", HOLDS, KILL_MODEL, "assert not 'what was killed answers'"))
    ended = project.run()
    assert ended.verdicts == {"killing": "inconclusive target-lost"}, ended.output
    assert ended.code == 6


def test_instance_that_names_no_node_is_judged_and_the_doubt_is_said(
    project: Project, workers: tuple[str, ...]
) -> None:
    """A proxy may take the header away: that is no fault of the instance, but no proof that it was the same one."""
    project.write(GOOD, *later(3))
    with server_of("7.84.17") as server:
        ended = project.run(*workers, environment=as_instance(server.url))
    assert ended.code == 0, ended.output
    assert set(ended.verdicts.values()) == {"conformant"}
    (note,) = ended.results["notes"]
    assert "X-Artifactory-Id" in note
    assert f"note: {note}" in ended.output


def test_another_instance_that_answers_from_the_middle_on_is_noticed(
    project: Project, workers: tuple[str, ...], instance: Instance, tmp_path: Path
) -> None:
    switched = tmp_path / "switched"
    project.write(
        GOOD,
        check("switching", HOLDS, f"Path({str(switched)!r}).touch()", "assert 'from now on it is another one'"),
        *later(4),
    )
    with Instance(tmp_path) as other, Switch(lambda: other.port if switched.exists() else instance.port) as between:
        ended = project.run(*workers, environment=instance.environment | {"ARTIFACTORY_URL": between.url})
    assert ended.code == 6, ended.output
    assert ended.verdicts["switching"] == "inconclusive target-lost"
    # A worker that had looked its last before the switch has judged the right instance; serially there is none.
    allowed = {"inconclusive target-lost", "conformant"} if workers else {"inconclusive target-lost"}
    assert set(ended.verdicts.values()) <= allowed
    assert "another instance answers" in ended.results["why"] or "different instances" in ended.results["why"]
