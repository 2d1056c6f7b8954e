"""Ledgers that runs have left: whether their run is at work, what is outstanding, and striking it out for them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from artifactory_conformance.ledger.entries import REMOVED, Entry, outstanding
from artifactory_conformance.ledger.writing import same_file

_NAMES = "ledger-*.jsonl"


class AtWork(Exception):
    """A process of the run, or of another cleanup, holds the ledger."""


class Unusable(Exception):
    """The ledger cannot be read or written here; the message says why."""


def ledger_of(reports: Path, run: str) -> Path:
    """Give the name of a run's ledger."""
    return reports / _NAMES.replace("*", run)


def ledgers_in(reports: Path) -> dict[str, Path]:
    """Give all ledgers in a reports folder by their runs."""
    before, after = _NAMES.split("*")
    return {file.name[len(before) : -len(after)]: file for file in sorted(reports.glob(_NAMES))}


class Orphan:
    """The ledger of a run that is no more, held by this process alone."""

    def __init__(self, opened: int, file: Path) -> None:
        self._opened = opened
        self.file = file
        self.last_written = os.fstat(opened).st_mtime
        """When the run wrote to it for the last time, in seconds since the epoch."""
        self.entries, self.unreadable = outstanding(file.read_text("utf-8", "replace").splitlines())

    def strike(self, entry: Entry) -> None:
        """Write down that something is gone. Raises OSError."""
        os.write(self._opened, entry.line(REMOVED).encode())
        os.fsync(self._opened)
        self.entries.remove(entry)

    def drop(self) -> None:
        """Remove the file."""
        self.file.unlink()


@contextmanager
def take_over(file: Path) -> Iterator[Orphan]:
    """Hold a ledger for a while if nobody else does; one with nothing outstanding is removed then.

    Raises AtWork, or Unusable.
    """
    try:
        opened = os.open(file, os.O_RDWR | os.O_APPEND)
    except OSError as error:
        raise Unusable(f"{file}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AtWork(f"{file} is held by a process of its run, or by another cleanup") from None
        if not same_file(opened, file):
            raise Unusable(f"{file}: somebody has removed it just now")
        orphan = Orphan(opened, file)
        yield orphan
        if not orphan.entries and not orphan.unreadable and same_file(opened, file):
            orphan.drop()
    finally:
        os.close(opened)


def settle(file: Path, *, gone: bool = False) -> list[str]:
    """Remove a run's ledger if everything in it was removed; else keep it, and name what is still there.

    gone: the target is no more, and everything on it with it. Only for who holds it, as the run's last process.
    """
    if not file.exists():
        return []
    entries, unreadable = outstanding(file.read_text("utf-8", "replace").splitlines())
    if gone or not (entries or unreadable):
        file.unlink()
        return []
    return [str(entry) for entry in entries] + ["something that cannot be read"] * bool(unreadable)
