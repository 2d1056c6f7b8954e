"""No client outlives its starter, its deadline, or its own main process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from artifactory_conformance.clients.leashed import LEASH, ClientOutcome, ClientTimedOut, run_leashed
from artifactory_conformance.clients.limits import ClientLimits
from tests.clients.processes import FAMILY, FAMILY_SIZE, family_members, is_running, wait_until

QUICK = ClientLimits(run_seconds=20.0, grace_seconds=0.2, tail_bytes=1000)

STARTER = """
import os, sys
from pathlib import Path
from artifactory_conformance.clients.leashed import run_leashed
from artifactory_conformance.clients.limits import ClientLimits
folder, *command = sys.argv[1:]
run_leashed(command, environment=dict(os.environ), cwd=Path(folder), output=Path(folder),
            limits=ClientLimits(grace_seconds=0.2), redact=str)
"""


@pytest.fixture
def family(tmp_path: Path) -> Path:
    folder = tmp_path / "family"
    folder.mkdir()
    return folder


def run(tmp_path: Path, *argv: str, redact=str, deadline: float | None = None) -> ClientOutcome:
    return run_leashed(
        argv,
        environment={"PATH": os.defpath},
        cwd=tmp_path,
        output=tmp_path,
        limits=QUICK,
        redact=redact,
        deadline=deadline,
    )


@pytest.mark.parametrize(
    ("statement", "expected"),
    [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 128 + 9), ("pass", 0)],
)
def test_exit_code_of_the_command_is_passed_on(tmp_path: Path, statement: str, expected: int) -> None:
    outcome = run(tmp_path, sys.executable, "-c", statement)
    assert outcome.exit_code == expected
    assert outcome.ok is (expected == 0)


def test_command_that_does_not_exist_ends_with_127_and_its_name(tmp_path: Path) -> None:
    outcome = run(tmp_path, str(tmp_path / "nothing"))
    assert outcome.exit_code == 127
    assert "nothing" in outcome.stderr


def test_command_gets_no_input_and_no_environment_but_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARTER_TOKEN", "sesame-open")
    outcome = run(tmp_path, sys.executable, "-c", "import os, sys; print(sorted(os.environ), repr(sys.stdin.read()))")
    assert "STARTER_TOKEN" not in outcome.stdout
    assert "'PATH'" in outcome.stdout
    assert outcome.stdout.endswith("''\n")


def test_only_the_end_of_the_output_is_kept_and_no_part_of_a_secret(tmp_path: Path) -> None:
    statement = "for n in range(3000): print('sesame-open', n)"
    outcome = run(tmp_path, sys.executable, "-c", statement, redact=lambda text: text.replace("sesame-open", "*"))
    assert outcome.stdout.endswith("* 2999\n")
    assert len(outcome.stdout) <= QUICK.tail_bytes
    assert "open" not in outcome.stdout
    assert "sesame" not in " ".join(outcome.argv)


def test_deadline_kills_the_whole_family_and_shows_the_last_words(tmp_path: Path, family: Path) -> None:
    with pytest.raises(ClientTimedOut, match="the family is there") as caught:
        run(tmp_path, sys.executable, "-c", FAMILY, str(family), "stay", deadline=3.0)
    members = family_members(family)
    assert len(members) == FAMILY_SIZE
    assert [pid for pid in members if is_running(pid)] == []
    assert caught.value.as_evidence()["timed_out_after"] == 3.0


def test_processes_left_behind_by_a_command_that_ended_are_killed(tmp_path: Path, family: Path) -> None:
    outcome = run(tmp_path, sys.executable, "-c", FAMILY, str(family), "leave")
    members = family_members(family)
    assert outcome.ok
    assert len(members) == FAMILY_SIZE - 1
    assert [pid for pid in members if is_running(pid)] == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_survives_the_end_of_the_starter(tmp_path: Path, family: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", FAMILY, str(family), "stay"]
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, str(tmp_path), *command], stderr=subprocess.DEVNULL
    ) as starter:
        assert wait_until(lambda: len(family_members(family)) == FAMILY_SIZE)
        below = [process.pid for process in psutil.Process(starter.pid).children(recursive=True)]
        starter.send_signal(number)
        starter.wait(20)
    everybody = {*below, *family_members(family)}
    assert len(everybody) > FAMILY_SIZE  # the leash is one of them
    assert wait_until(lambda: not any(is_running(pid) for pid in everybody))


def test_leash_that_is_told_to_stop_takes_the_family_with_it(tmp_path: Path, family: Path) -> None:
    argv = [sys.executable, "-I", "-S", str(LEASH), "0.2", "--", sys.executable, "-c", FAMILY, str(family), "stay"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as leash:
        assert wait_until(lambda: len(family_members(family)) == FAMILY_SIZE)
        leash.terminate()
        assert leash.wait(20) == 128 + signal.SIGKILL
    assert [pid for pid in family_members(family) if is_running(pid)] == []


def test_command_that_ends_on_sigterm_is_not_killed() -> None:
    statement = (
        "import signal, sys\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('tidied up', flush=True), sys.exit(3)))\n"
        "signal.alarm(60)\n"
        "print('ready', flush=True)\n"
        "while True: signal.pause()\n"
    )
    argv = [sys.executable, "-I", "-S", str(LEASH), "10", "--", sys.executable, "-c", statement]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as leash:
        assert leash.stdout is not None
        assert leash.stdout.readline() == "ready\n"
        assert leash.stdin is not None
        leash.stdin.close()
        assert leash.stdout.readline() == "tidied up\n"
        assert leash.wait(20) == 3


@pytest.mark.parametrize("arguments", [[], ["1"], ["1", "--"], ["1", "python", "x"]])
def test_leash_without_a_command_explains_itself(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(LEASH), *arguments], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 64
    assert "usage" in done.stderr
