"""A service of our own as a child process, which ends with us whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import IO

from artifactory_conformance.limits import LIMITS, Limits

LAST_WORDS = 20
"""Lines of a service's stderr that are kept."""


class ServiceFailed(Exception):
    """A service did not become ready. The message holds its last words."""


class Service:
    """One `python -m <module>`, ready to serve.

    It holds the other end of a pipe from us: when that closes, by us or by our death, it ends. Its own session keeps
    Ctrl-C away from it. Raises ServiceFailed when it does not say within limits.service_start that it is ready.
    """

    def __init__(self, module: str, *arguments: str, cwd: Path, limits: Limits = LIMITS) -> None:
        self.module = module
        self._limits = limits
        self._words: deque[str] = deque(maxlen=LAST_WORDS)
        byte_code = ("-X", f"pycache_prefix={sys.pycache_prefix}") if sys.pycache_prefix else ()
        command = (sys.executable, *byte_code, "-I", "-m", module, "--port", "0", "--until-stdin-closes", *arguments)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._reader: threading.Thread | None = None
        self._url = ""

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._words.append(line.decode("utf-8", "replace").rstrip())

    @property
    def url(self) -> str:
        """Where it serves; waits for its ready line."""
        if not self._url:
            self._url = self._wait_until_ready()
        return self._url

    def _wait_until_ready(self) -> str:
        lines: list[bytes] = []
        output = self._process.stdout
        self._reader = threading.Thread(target=lambda: lines.append(output.readline() if output else b""), daemon=True)
        self._reader.start()
        self._reader.join(self._limits.service_start)
        try:
            return str(json.loads(lines[0])["url"])
        except (IndexError, ValueError, KeyError, TypeError):
            said, ended = bool(lines and lines[0]), bool(lines)
            self.stop()
            problem = f"{self.module} was not ready within {self._limits.service_start:g} s"
            if said:
                problem = f"{self.module} said something else than that it is ready"
            elif ended:
                problem = f"{self.module} ended before it was ready"
            raise ServiceFailed(f"{problem}; its last words: {self.last_words() or 'none'}") from None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def last_words(self) -> str:
        """Give the last lines of its stderr, and how it ended if it did."""
        if not self.alive:
            self._listener.join(1)
        ended = [] if self.alive else [f"{self.module} ended with {self._process.returncode}"]
        return "; ".join([*self._words, *ended])

    def stop(self) -> None:
        """Ask it to end, kill it if it does not; never raises."""
        self._close(self._process.stdin)
        try:
            self._process.wait(self._limits.service_stop)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        # A pipe that a thread still reads is left to it: closing would wait until its other end is closed.
        for thread, pipe in ((self._listener, self._process.stderr), (self._reader, self._process.stdout)):
            if thread is not None:
                thread.join(self._limits.service_stop)
            if thread is None or not thread.is_alive():
                self._close(pipe)

    @staticmethod
    def _close(pipe: IO[bytes] | None) -> None:
        if pipe is not None:
            with contextlib.suppress(OSError):  # its other end is gone already
                pipe.close()
