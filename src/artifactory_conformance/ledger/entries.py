"""What the lines of a ledger say: what was made, where, and by what it is known for ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

PREFIX = "acs"
"""What the names of all repositories, users and permission targets of labs begin with."""

LONGEST = 58
"""Characters of a remote repository's key: its cache gets `-cache` behind it (E2)."""

INTENDED, REMOVED = "intended", "removed"

_RUN = re.compile(r"[a-z0-9][a-z0-9-]*")
_TEXTS = ("run", "target", "kind", "name", "owner")


class Owner(str, Enum):
    """Where a thing on the target says whose it is; what each kind has a place for: admin 3.2, admin 5.6."""

    NAME = "name"
    """Nowhere else: nobody has the run's id in it by chance. Permission targets have no other place."""
    NOTES = "notes"
    """Of a repository."""
    EMAIL = "email"
    """Of a user."""
    DESCRIPTION = "description"
    """Of a group, or of an access token, which is not known by name."""
    USERS = "users"
    """Of a permission target whose name is not ours: all that it gives, it gives to users of the run."""
    VALUE = "value"
    """A setting, which is nobody's: it is put back as long as it still is what the run has made of it."""


def mark_of(run: str) -> str:
    """Give the word by which things say that they are a run's: prefix and owner in one."""
    return f"{PREFIX}-{run}"


def note_of(run: str) -> str:
    """Give the same as a sentence, for people who find it in notes and descriptions."""
    return f"{mark_of(run)}: made by artifactory-conformance, removed after its run"


def carries(text: str, run: str) -> bool:
    """Tell whether a text has the mark of a run as a word of its own."""
    return re.search(rf"(?<![\w-]){re.escape(mark_of(run))}(?![\w-])", text) is not None


@dataclass(frozen=True)
class Entry:
    """One thing that was about to be created, or a setting that was about to be changed.

    target: the address of what it is on. before, during: of a setting, what it was and what the run made of it.
    """

    run: str
    target: str
    kind: str
    name: str
    owner: Owner
    before: Any = None
    during: Any = None

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    def line(self, state: str) -> str:
        """Give it as a line of the ledger."""
        data: dict[str, Any] = {name: getattr(self, name) for name in _TEXTS}
        data["owner"] = self.owner.value
        if self.owner is Owner.VALUE:
            data |= {"before": self.before, "during": self.during}
        return json.dumps({**data, "state": state}) + "\n"


def outstanding(lines: Iterable[str]) -> tuple[list[Entry], int]:
    """Give what was intended and not removed, the oldest first, and how many lines cannot be read.

    A setting that was changed again before it was put back keeps the value that it had at first.
    """
    there: dict[tuple[str, str], Entry] = {}
    unreadable = 0
    for line in lines:
        try:
            entry, state = _read(line)
        except ValueError:
            unreadable += 1
            continue
        first = there.pop((entry.kind, entry.name), None)
        if state == INTENDED:
            there[entry.kind, entry.name] = replace(entry, before=first.before) if first else entry
    return list(there.values()), unreadable


def _read(line: str) -> tuple[Entry, str]:
    """Read a line. Raises ValueError."""
    try:
        data = json.loads(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(data, dict) or not all(isinstance(data.get(name), str) for name in (*_TEXTS, "state")):
        raise ValueError("no entry")
    if data["state"] not in {INTENDED, REMOVED} or not _RUN.fullmatch(data["run"]) or not data["name"]:
        raise ValueError("no entry")
    run, target, kind, name, owner = (data[name] for name in _TEXTS)
    return Entry(run, target, kind, name, Owner(owner), data.get("before"), data.get("during")), data["state"]
