"""Starting a client through the leash, waiting for it with a deadline, and keeping the end of what it said."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from artifactory_conformance.clients.limits import ClientLimits

Redact = Callable[[str], str]

LEASH = Path(__file__).with_name("leash.py")

# What the leash itself may need on top of the grace period, its own last sweep included.
_LEASH_SECONDS = 10.0
# Read in addition to the tail, so that a secret which straddles the cut is seen whole or not at all.
_MARGIN = 4096


class ClientTimedOut(Exception):
    """A client did not end within its time and was killed together with all that it had started.

    Attributes:
        argv: its command line, redacted.
        seconds: the deadline that it missed.
        stdout: the end of what it had said, redacted.
        stderr: the same for its error stream.
    """

    def __init__(self, argv: tuple[str, ...], seconds: float, stdout: str, stderr: str) -> None:
        self.argv, self.seconds, self.stdout, self.stderr = argv, seconds, stdout, stderr
        super().__init__(f"{' '.join(argv)}\ndid not end within {seconds:g} s; it last said:\n{stdout}{stderr}")

    def as_evidence(self) -> dict[str, object]:
        """What the recorder keeps of a run that never ended by itself."""
        return {
            "argv": list(self.argv),
            "timed_out_after": self.seconds,
            "stdout": self.stdout,
            "stderr": self.stderr,
        }


@dataclass(frozen=True)
class ClientOutcome:
    """How a client ended; everything textual is redacted and limited to its end.

    Attributes:
        argv: the command line, without the leash.
        exit_code: the client's own; 128 + n when signal n ended it, 127 when it could not be started.
        duration: seconds from start to end.
    """

    argv: tuple[str, ...]
    exit_code: int
    duration: float
    stdout: str
    stderr: str

    @property
    def ok(self) -> bool:
        """Whether the client itself says that it succeeded."""
        return self.exit_code == 0


def run_leashed(
    argv: Sequence[str],
    *,
    environment: Mapping[str, str],
    cwd: Path,
    output: Path,
    limits: ClientLimits,
    redact: Redact,
    deadline: float | None = None,
) -> ClientOutcome:
    """Run a command that cannot outlive this process.

    Args:
        argv: the command; it must not hold secrets (see `arguments.refuse_secrets`).
        environment: all that the command gets as environment.
        cwd: where it runs.
        output: an existing folder for what it prints, private to this run.
        limits: grace period, size of the tails and the usual deadline.
        redact: takes secrets out of a text before it is kept.
        deadline: seconds for this run, instead of the usual ones.

    Raises:
        ClientTimedOut: the deadline passed; nothing of the process tree is left.
    """
    seconds = limits.run_seconds if deadline is None else deadline
    out_path, err_path = output / "stdout", output / "stderr"
    started = time.monotonic()
    with out_path.open("wb") as out, err_path.open("wb") as err:
        exit_code = _wait_on_leash(_leash(argv, limits, environment, cwd, out, err), seconds, limits.grace_seconds)
    duration = time.monotonic() - started
    shown = tuple(redact(argument) for argument in argv)
    stdout, stderr = (_tail(path, limits.tail_bytes, redact) for path in (out_path, err_path))
    if exit_code is None:
        raise ClientTimedOut(shown, seconds, stdout, stderr)
    return ClientOutcome(shown, exit_code, duration, stdout, stderr)


def _leash(
    argv: Sequence[str],
    limits: ClientLimits,
    environment: Mapping[str, str],
    cwd: Path,
    out: BinaryIO,
    err: BinaryIO,
) -> subprocess.Popen[bytes]:
    # A session of its own keeps a Ctrl-C at the terminal away: it reaches this process, which then lets go of the pipe.
    return subprocess.Popen(  # the command is the check's, the environment is the sealed one
        [sys.executable, "-I", "-S", str(LEASH), str(limits.grace_seconds), "--", *argv],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=err,
        cwd=cwd,
        env=dict(environment),
        start_new_session=True,
    )


def _wait_on_leash(leash: subprocess.Popen[bytes], seconds: float, grace: float) -> int | None:
    """The exit code, or None when the time was up; in any case the leash and its tree are gone afterwards."""
    exit_code: int | None = None
    try:
        exit_code = leash.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        exit_code = None
    finally:
        if leash.stdin is not None:
            leash.stdin.close()
        try:
            leash.wait(timeout=grace + _LEASH_SECONDS)
        except subprocess.TimeoutExpired:
            leash.kill()
            leash.wait()
    return exit_code


def _tail(path: Path, limit: int, redact: Redact) -> str:
    """The redacted end of a file. The cut is made before redaction, at a line's end, and once more after it."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - limit - _MARGIN))
        content = stream.read()
    if size > len(content):
        _, newline, rest = content[:_MARGIN].partition(b"\n")
        content = rest + content[_MARGIN:] if newline else content[_MARGIN:]
    text = redact(content.decode("utf-8", errors="replace"))
    return text[-limit:]
