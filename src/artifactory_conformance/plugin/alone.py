"""Checks that need the whole instance run alone: a lock for readers and one writer, shared by a run's processes."""

from __future__ import annotations

import fcntl
import time
from pathlib import Path
from types import TracebackType
from typing import IO

from artifactory_conformance.limits import LIMITS, Limits

_DOOR, _ROOM = 0, 1
"""Bytes of the file that are locked: whoever waits to be alone keeps the door shut, so that nobody overtakes him."""


class NotAlone(Exception):
    """The other processes of the run did not make room in time."""


class Turn:
    """One check's turn on the instance, from `take` to `end`.

    file: made by the controlling process and gone with its scratch folder; None where each process has an instance of
    its own, so that every check is alone anyway.
    """

    def __init__(self, file: Path | None, limits: Limits = LIMITS) -> None:
        self._path = file
        self._limits = limits
        self._open: IO[bytes] | None = None

    def __enter__(self) -> Turn:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def take(self, *, alone: bool) -> None:
        """Wait until the check may run: beside others, or `alone`. Raises NotAlone after limits.alone seconds."""
        if self._path is None:
            return
        file = self._open = self._path.open("a+b")  # a lock for readers needs a file that can be read
        end = time.monotonic() + self._limits.alone
        try:
            self._lock(file, _DOOR, fcntl.LOCK_EX, end)
            self._lock(file, _ROOM, fcntl.LOCK_EX if alone else fcntl.LOCK_SH, end)
            fcntl.lockf(file, fcntl.LOCK_UN, 1, _DOOR)
        except BaseException:
            self.end()
            raise

    def _lock(self, file: IO[bytes], byte: int, kind: int, end: float) -> None:
        pause = self._limits.settle_pause
        while True:
            try:
                fcntl.lockf(file, kind | fcntl.LOCK_NB, 1, byte)
            except (BlockingIOError, PermissionError):  # taken; which of the two is the system's choice
                if time.monotonic() > end:
                    raise NotAlone(
                        f"other processes of this run did not make room within {self._limits.alone:g} s"
                    ) from None
                time.sleep(pause)
                pause = min(2 * pause, self._limits.settle_pause_longest)
            else:
                return

    def end(self) -> None:
        """Let the others in; may be called again."""
        if self._open is not None:
            self._open.close()  # which gives up every lock of this process on the file
            self._open = None
