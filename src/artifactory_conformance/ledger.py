"""The footprint ledger: what is created on a target is written down before that, and struck out when it is gone."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PREFIX = "acs"
"""What the names of all repositories, users and permission targets of labs begin with."""

LONGEST = 58
"""Characters of a remote repository's key: its cache gets `-cache` behind it (E2)."""


@dataclass(frozen=True)
class Made:
    """One thing that was created, and how it is removed."""

    kind: str
    name: str
    remove: Callable[[], None]


class Ledger:
    """One process's record of what it creates.

    file: appended to, one JSON object a line, synced to disk before the creation begins. run: the run's name, which
    every made name carries.
    """

    def __init__(self, file: Path, run: str, process: str = "") -> None:
        self._file = file
        self._run = run
        self._process = process
        self._count = 0
        self._lock = threading.Lock()

    @property
    def file(self) -> Path:
        """Where it is written."""
        return self._file

    def name(self, kind: str) -> str:
        """Give a new name that nobody else uses: prefix, run, process, number, kind.

        Lower case and at most LONGEST long, so that it is a valid key of any repository; a long kind is cut.
        """
        with self._lock:
            self._count += 1
            number = self._count
        ending = re.sub("[^a-z0-9]+", "-", kind.lower()).strip("-")
        return f"{PREFIX}-{self._run}-{self._process}{number}-{ending}"[:LONGEST].rstrip("-")

    def intend(self, kind: str, name: str) -> None:
        """Write down what is about to be created."""
        self._write({"run": self._run, "kind": kind, "name": name, "state": "intended"})

    def removed(self, kind: str, name: str) -> None:
        """Write down that it is gone."""
        self._write({"run": self._run, "kind": kind, "name": name, "state": "removed"})

    def _write(self, entry: dict[str, str]) -> None:
        with self._lock, self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())


def settle(file: Path, *, gone: bool = False) -> list[str]:
    """Remove a run's ledger if everything in it was removed; else keep it, and name what is still there.

    gone: the target is no more, and everything on it with it.
    """
    if not file.exists():
        return []
    there: dict[str, None] = {}
    for line in file.read_text("utf-8").splitlines():
        entry = json.loads(line)
        name = f"{entry['kind']} {entry['name']}"
        if entry["state"] == "intended":
            there[name] = None
        else:
            there.pop(name, None)
    if gone or not there:
        file.unlink()
        return []
    return list(there)


class Footprint:
    """What one lab or site has created, removed in reverse order."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._made: list[Made] = []

    def create(self, kind: str, name: str, create: Callable[[], None], remove: Callable[[], None]) -> None:
        """Write it down, create it, and remember how to remove it; also when creating it failed half-way."""
        self._ledger.intend(kind, name)
        self._made.append(Made(kind, name, remove))
        create()

    def remove(self) -> list[str]:
        """Remove everything, the last first; give a line for each thing that stays behind."""
        left = []
        while self._made:
            made = self._made.pop()
            try:
                made.remove()
                self._ledger.removed(made.kind, made.name)
            except Exception as error:  # whatever it is, the others must still be removed; it is reported
                left.append(f"{made.kind} {made.name}: {error or type(error).__name__}")
        return left
