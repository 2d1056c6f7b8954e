"""A server of somebody else's as a child process that does not outlive us, whatever happens."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import requests

from artifactory_conformance.clients.leashed import LEASH

READY = 60.0
"""Seconds in which a server has to answer; devpi-server imports for a while."""
STOP = 20.0
"""Seconds in which its leash has to be gone, once it was let go."""
GRACE = "3"
NOBODY = "nobody"


class PeerFailed(Exception):
    """A server did not come up, or a step of its set-up failed. The message holds its last words."""


def free_port() -> int:
    """Give a port of 127.0.0.1 that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged(command: Sequence[str], folder: Path) -> list[str]:
    """Give the command so that root runs it as nobody, who then owns the folder; whoever is not root runs it as is.

    So does root where nobody cannot get at the program.
    """
    drop = shutil.which("setpriv")
    if os.getuid() != 0 or drop is None or not _is_for_everybody(Path(command[0])):
        return list(command)
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, NOBODY, "nogroup")
    return [drop, f"--reuid={NOBODY}", "--regid=nogroup", "--clear-groups", "--", *command]


def _is_for_everybody(program: Path) -> bool:
    return all(part.stat().st_mode & stat.S_IXOTH for part in (program.resolve(), *program.resolve().parents))


class Running:
    """A server below a leash, which kills its whole process tree when this process is gone or lets go.

    What it says goes to a file in its folder. environment: all that it gets; secrets travel there or in files, and
    never in the command.
    """

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._said = folder / "said"
        with self._said.open("ab") as said:
            self._leash = subprocess.Popen(
                [sys.executable, "-I", "-S", str(LEASH), GRACE, "--", *command],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", **environment},
                start_new_session=True,
            )

    def wait_until_it_answers(self, url: str) -> None:
        """Wait until something, whatever it is, is answered. Raises PeerFailed."""
        end = time.monotonic() + READY
        while time.monotonic() < end:
            if self._leash.poll() is not None:
                raise PeerFailed(f"it ended with {self._leash.returncode}: {self.last_words()}")
            try:
                requests.get(url, timeout=5, allow_redirects=False)
            except requests.RequestException:
                time.sleep(0.1)
            else:
                return
        raise PeerFailed(f"no answer within {READY:g} s: {self.last_words()}")

    def last_words(self) -> str:
        """Give the last lines that it said."""
        lines = self._said.read_text("utf-8", "replace").splitlines()
        return " | ".join(lines[-8:]) or "nothing"

    def stop(self) -> None:
        """Let go, and wait until nothing of it is left."""
        if self._leash.stdin is not None:
            self._leash.stdin.close()
        try:
            self._leash.wait(STOP)
        except subprocess.TimeoutExpired:
            self._leash.kill()
            self._leash.wait()
