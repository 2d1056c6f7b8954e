"""However a run ends, nothing of it stays: no process, and no file but its reports."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator

import pytest

from tests.lifecycle.footprint import files_around, kill_all, processes_of, wait_until
from tests.traps.instances import Instance
from tests.traps.project import GOOD, Ended, Project, check

INSTALLING = check(
    "installing",
    "from artifactory_conformance.catalog import Fault",
    "wheel = catalog.publish('example')",
    "remote = lab.remote_repository(catalog)",
    "user = lab.user(remote, READ, DEPLOY_CACHE)",
    "assert user.page(remote, 'example').link_to(wheel.filename)",
    "catalog.set_faults(Fault(path='*.whl', delay=60.0))",
    "assert pip.install('example', index_url=user.index_url_with_password(remote)).ok",
    fixtures="lab, catalog, pip",
)
SHORT = check(
    "installing",
    "wheel = catalog.publish('example')",
    "remote = lab.remote_repository(catalog)",
    "user = lab.user(remote, READ, DEPLOY_CACHE)",
    "assert pip.install('example', index_url=user.index_url_with_password(remote)).ok",
    fixtures="lab, catalog, pip",
)
REPORTS = {"results.json", "junit.xml", "evidence.jsonl"}
BUNDLE = re.compile(r"support-[0-9a-f]+\.zip")


@pytest.fixture
def installed(project: Project) -> Iterator[Project]:
    """A project; what a failing test leaves of its runs is killed."""
    yield project
    kill_all(project)


def started(project: Project, *arguments: str):
    """Start a run whose pip waits for a file that does not come, and wait until it does."""
    project.write(GOOD, INSTALLING)
    process = project.start(*arguments)

    def pip_runs() -> bool:
        return any("pip" in line and "install" in line for line in processes_of(project).values())

    wait_until(lambda: pip_runs() or process.poll() is not None, lambda: processes_of(project), 60)
    assert process.poll() is None, process.communicate()[0]
    kinds = " ".join(processes_of(project).values())
    assert "artifactory_conformance.reference" in kinds
    assert "artifactory_conformance.upstream" in kinds
    assert "leash.py" in kinds
    return process


def assert_no_process_is_left(project: Project) -> None:
    wait_until(lambda: not processes_of(project), lambda: processes_of(project))


def reports_of(project: Project) -> set[str]:
    """Give the names in a project's reports folder but the support bundles, which runs leave for each other."""
    return {path.name for path in project.reports.iterdir() if not BUNDLE.fullmatch(path.name)} - {".pytest_cache"}


def test_nothing_stays_after_a_run(installed: Project, workers: tuple[str, ...]) -> None:
    installed.write(GOOD, SHORT)
    before = files_around(installed)
    ended = installed.run(*workers)
    assert ended.verdicts == {"good": "conformant", "installing": "conformant"}, ended.output
    assert_no_process_is_left(installed)
    assert files_around(installed) == before
    assert reports_of(installed) == REPORTS


def test_no_key_stays_after_a_run_over_tls(installed: Project, workers: tuple[str, ...]) -> None:
    keys = "keys = [file for file in Path('reports').rglob('*') if file.is_file() and b'PRIVATE' in file.read_bytes()]"
    private = "assert {file.stat().st_mode & 0o777 for file in keys} == {0o600}"
    installed.write(GOOD, SHORT, check("private", keys, "assert site_user.get(VERSION).status == 200", private))
    before = files_around(installed)
    ended = installed.run("--tls", *workers)
    assert set(ended.verdicts.values()) == {"conformant"}, ended.output
    assert files_around(installed) == before
    assert reports_of(installed) == REPORTS
    assert not any("PRIVATE" in (installed.reports / name).read_text() for name in REPORTS)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_nothing_stays_after_an_orderly_stop(
    installed: Project, workers: tuple[str, ...], number: signal.Signals
) -> None:
    """Ctrl-C goes to the whole process group, SIGTERM to the main process."""
    process = started(installed, *workers)
    before = files_around(installed)
    if number is signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    ended = installed.end(process)
    assert ended.code == 2, ended.output
    assert_no_process_is_left(installed)
    assert files_around(installed) == before
    assert reports_of(installed) == REPORTS
    assert ended.verdicts["installing"].startswith("inconclusive")


def test_nothing_stays_after_sigkill_but_a_folder_that_the_next_run_removes(
    installed: Project, workers: tuple[str, ...], instance: Instance
) -> None:
    process = started(installed, *workers)
    before = files_around(installed)
    process.kill()
    installed.end(process)
    assert_no_process_is_left(installed)
    assert files_around(installed) == before
    assert not REPORTS & reports_of(installed), "somebody could take old results for those of the killed run"
    assert (installed.reports / ".scratch").is_dir()

    installed.write(GOOD)
    ended = installed.run(environment=instance.environment)
    assert ended.code == 0, ended.output
    assert not (installed.reports / ".scratch").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_stopped_run_removes_what_it_made_on_an_instance(
    installed: Project, workers: tuple[str, ...], instance: Instance, number: signal.Signals
) -> None:
    made = installed.folder.parent / "made"
    lines = ("lab.local_repository()", "lab.user()", f"Path({str(made)!r}).touch()", "threading.Event().wait()")
    installed.write(check("waiting", *lines, fixtures="lab"))
    process = installed.start(*workers, environment=instance.administered)
    wait_until(lambda: made.exists() or process.poll() is not None, lambda: processes_of(installed), 60)
    assert instance.made_by_suites(), "the trap is not set"
    if number is signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    ended = installed.end(process)
    assert ended.code == 2, ended.output
    assert not instance.made_by_suites(), ended.output


def test_a_killed_run_is_told_of_by_the_next_and_its_things_are_removed(
    installed: Project, workers: tuple[str, ...], instance: Instance
) -> None:
    made = installed.folder.parent / "made"
    lines = ("lab.local_repository()", "lab.user()", f"Path({str(made)!r}).touch()", "threading.Event().wait()")
    installed.write(check("waiting", *lines, fixtures="lab"))
    process = installed.start(*workers, environment=instance.administered)
    wait_until(lambda: made.exists() or process.poll() is not None, lambda: processes_of(installed), 60)
    os.killpg(process.pid, signal.SIGKILL)
    installed.end(process)
    assert_no_process_is_left(installed)
    assert instance.made_by_suites(), "the trap is not set"

    installed.write(GOOD)
    ended = installed.run("-q", environment=instance.environment)
    assert ended.code == 0, ended.output
    (told,) = (line for line in ended.output.splitlines() if "killed runs have left things behind" in line)
    command = told.partition("python -m artifactory_conformance ")[2].split()
    assert command[::2] == ["cleanup", "--artifactory-url"]
    assert instance.made_by_suites(), "it is told, and nothing done"
    cleaned = installed.call(*command, environment=instance.administered)
    assert cleaned.returncode == 0, cleaned.stdout
    assert not instance.made_by_suites()
    assert reports_of(installed) == REPORTS


def test_the_ledger_of_a_killed_embedded_run_goes_with_the_next(installed: Project) -> None:
    process = started(installed)
    assert list(installed.reports.glob("ledger-*.jsonl")), "the trap is not set"
    process.kill()
    installed.end(process)
    assert_no_process_is_left(installed)
    installed.write(GOOD)
    ended = installed.run()
    assert "left things behind" not in ended.output
    assert reports_of(installed) == REPORTS


def test_reports_elsewhere_leave_the_project_alone(installed: Project, instance: Instance) -> None:
    installed.write(GOOD)
    before = files_around(installed)
    elsewhere = installed.folder.parent / "elsewhere"
    ended = installed.run(f"--reports={elsewhere}", environment=instance.environment)
    assert ended.code == 0, ended.output
    assert files_around(installed) == before
    assert {path.name for path in elsewhere.iterdir() if not BUNDLE.fullmatch(path.name)} == REPORTS
    assert reports_of(installed) == set()


def test_runs_at_once_in_one_folder_do_not_disturb_each_other(installed: Project, instance: Instance) -> None:
    installed.write(GOOD)
    runs = [installed.start(environment=instance.environment) for _ in range(4)]
    ended: list[Ended] = [installed.end(run) for run in runs]
    assert [one.code for one in ended] == [0] * len(ended), "\n".join(one.output for one in ended)
    assert json.loads((installed.reports / "results.json").read_text())["exit_code"] == 0
    assert reports_of(installed) == REPORTS
