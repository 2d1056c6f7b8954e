"""A supervisor that no client outlives: it ends the command's whole process tree when its starter is gone.

It is a script of its own, started as ``python -I -S leash.py GRACE -- COMMAND…``, and needs nothing but the standard
library. The starter holds the other end of standard input: end of file, whatever its cause (an orderly stop, a crash,
SIGKILL), means that the command and all that it started must end. The same goes for SIGTERM, SIGINT and SIGHUP.

Where this is Linux the leash adopts orphans, so that a descendant which made a session of its own is caught as well,
and the command itself dies with a leash that is killed. Elsewhere only the command's own session is ended.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

USAGE = 64
NOT_STARTED = 127

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_SWEEP_SECONDS = 5.0
_REAP_INTERVAL = 0.02
_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main(arguments: Sequence[str]) -> int:
    """Run a command to its end or to ours; the exit code is the command's, or 128 + n when signal n ended it."""
    if len(arguments) < 3 or arguments[1] != "--":
        sys.stderr.write("usage: leash.py GRACE_SECONDS -- COMMAND…\n")
        return USAGE
    grace, command = float(arguments[0]), arguments[2:]
    wake = _wake_on_signals()
    prctl = _process_control()
    if prctl is not None:
        prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    leash = os.getpid()

    def die_with_leash() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            if os.getppid() != leash:  # it was gone before the kernel knew whom to watch
                os._exit(NOT_STARTED)

    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_leash,  # noqa: PLW1509 - this process has one thread
        )
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        return NOT_STARTED
    try:
        if not _ended_by_itself(child, wake):
            _signal_session(child.pid, signal.SIGTERM)
            _wait(child, wake, grace)
    finally:
        _sweep(child, wake)
    code = child.wait()
    return code if code >= 0 else 128 - code


def _wake_on_signals() -> int:
    """Make every signal of interest a byte that `select` can see; returns the descriptor to read from."""
    wake, write_end = os.pipe()
    os.set_blocking(write_end, False)
    for number in (*_STOPPING, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
    return wake


def _process_control() -> Callable[..., int] | None:
    """The prctl function of the C library, or None where there is none."""
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return None
    prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    return prctl


def _ended_by_itself(child: subprocess.Popen[bytes], wake: int) -> bool:
    """Wait for the command (True), or for the starter's end or a signal that stops us (False)."""
    starter = sys.stdin.fileno()
    while child.poll() is None:
        ready, _, _ = select.select([starter, wake], [], [])
        if wake in ready and any(number in _STOPPING for number in os.read(wake, 64)):
            return False
        if starter in ready and not os.read(starter, 64):
            return False
    return True


def _wait(child: subprocess.Popen[bytes], wake: int, seconds: float) -> None:
    """Give the command and its session time to end in an orderly way."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if child.poll() is not None:
            _reap()
            if not _signal_session(child.pid, 0):
                return
        _drain(wake, min(_REAP_INTERVAL, seconds))


def _sweep(child: subprocess.Popen[bytes], wake: int) -> None:
    """Kill what is left of the session, then every orphan that came to us, until nothing is left."""
    _signal_session(child.pid, signal.SIGKILL)
    end = time.monotonic() + _SWEEP_SECONDS
    while time.monotonic() < end:
        if child.poll() is not None and not _reap():
            return
        for pid in _children():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        _drain(wake, _REAP_INTERVAL)


def _reap() -> bool:
    """Collect the orphans that have ended; False when there are no children at all."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _drain(wake: int, seconds: float) -> None:
    if select.select([wake], [], [], seconds)[0]:
        os.read(wake, 64)


def _signal_session(leader: int, number: int) -> bool:
    """Send a signal to the command's process group; False when nobody is left in it."""
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # some platforms answer so for a group of nothing but zombies
        return True
    return True


def _children() -> list[int]:
    """The processes whose parent we are; none where there is no /proc to ask."""
    own, found = str(os.getpid()), []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended while we were looking
            continue
        if fields[1] == own:
            found.append(int(stat.parent.name))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
