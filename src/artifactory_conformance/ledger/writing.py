"""Writing the ledger: synced to disk before anything happens, by a process that holds the file while it lives."""

from __future__ import annotations

import fcntl
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from artifactory_conformance.ledger.entries import INTENDED, LONGEST, REMOVED, Entry, Owner, mark_of, note_of
from artifactory_conformance.limits import LIMITS


class Ledger:
    """One process's record of what it creates.

    file: appended to, one JSON object a line, synced to disk before the creation begins. run: the run's name, which
    every made name carries. target: the address of what it creates things on, so that nobody removes by it elsewhere.
    """

    def __init__(self, file: Path, run: str, process: str = "", target: str = "") -> None:
        self._file = file
        self._run = run
        self._process = process
        self._target = target
        self._count = 0
        self._lock = threading.Lock()
        self._held: int | None = None

    @property
    def file(self) -> Path:
        """Where it is written."""
        return self._file

    @property
    def note(self) -> str:
        """What things of this run carry where they have a place for texts."""
        return note_of(self._run)

    def email(self, name: str) -> str:
        """Give the address of a user of this run: nobody's, and the mark is in it."""
        return f"{name}@{mark_of(self._run)}.conformance.invalid"

    def name(self, kind: str) -> str:
        """Give a new name that nobody else uses: prefix, run, process, number, kind.

        Lower case and at most LONGEST long, so that it is a valid key of any repository; a long kind is cut.
        """
        with self._lock:
            self._count += 1
            number = self._count
        ending = re.sub("[^a-z0-9]+", "-", kind.lower()).strip("-")
        return f"{mark_of(self._run)}-{self._process}{number}-{ending}"[:LONGEST].rstrip("-")

    def hold(self) -> None:
        """Hold the file from now on, so that it counts as that of a run at work. Raises OSError."""
        with self._lock:
            self._descriptor()

    def close(self) -> None:
        """Let go of the file; what is written later takes it again."""
        with self._lock:
            self._release()

    def intend(self, kind: str, name: str, owner: Owner = Owner.NAME) -> None:
        """Write down what is about to be created, and where it says whose it is. Raises OSError."""
        self._write(self.entry(kind, name, owner).line(INTENDED))

    def removed(self, kind: str, name: str, owner: Owner = Owner.NAME) -> None:
        """Write down that it is gone. Raises OSError."""
        self._write(self.entry(kind, name, owner).line(REMOVED))

    @contextmanager
    def while_changed(self, setting: str, before: Any, during: Any, put_back: Callable[[], None]) -> Iterator[None]:
        """Have a setting of the target changed for a while; struck out when it has been put back.

        before, during: what it is and what it is about to be, as JSON has it. put_back: raises where it cannot.
        """
        entry = Entry(self._run, self._target, "setting", setting, Owner.VALUE, before, during)
        self._write(entry.line(INTENDED))
        try:
            yield
        finally:
            put_back()
            self._write(entry.line(REMOVED))

    def entry(self, kind: str, name: str, owner: Owner) -> Entry:
        """Give what the ledger has, or is to have, of a thing."""
        return Entry(self._run, self._target, kind, name, owner)

    def _write(self, line: str) -> None:
        data = line.encode()
        with self._lock:
            held = self._descriptor()
            if os.write(held, data) != len(data):  # the disk is full
                raise OSError(f"{self._file}: only a part of a line could be written")
            os.fsync(held)

    def _descriptor(self) -> int:
        """Give the file opened and held, anew if somebody has taken it away meanwhile."""
        if self._held is not None and not same_file(self._held, self._file):
            self._release()
        end = time.monotonic() + LIMITS.ledger_looked_at
        while self._held is None:
            opened = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            try:
                fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
                held = same_file(opened, self._file)
            except BlockingIOError:  # somebody looks whether it is an orphan
                held = False
            if held:
                _sync_folder(self._file.parent)
                self._held = opened
            else:
                os.close(opened)
                if time.monotonic() > end:
                    raise OSError(f"{self._file}: held by somebody else for {LIMITS.ledger_looked_at:.0f} s")
                time.sleep(LIMITS.settle_pause)
        return self._held

    def _release(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None


def same_file(opened: int, file: Path) -> bool:
    """Tell whether a file that was opened is still the one of that name."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(opened), file.stat())
    return False


def _sync_folder(folder: Path) -> None:
    """Have the file's name on the disk as well."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
