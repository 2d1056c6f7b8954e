"""Exchanges and client runs, kept per check."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Party(str, Enum):
    """Who was at the other end."""

    TARGET = "target"
    CATALOG = "catalog"


@dataclass(frozen=True)
class Exchange:
    """One request and its answer, or the reason why there was none."""

    party: Party
    method: str
    url: str
    identity: str
    request_headers: dict[str, str]
    status: int | None
    response_headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    body_bytes: int = 0
    error: str = ""
    seconds: float = 0.0
    time: float = field(default_factory=time.time)

    def as_data(self) -> dict[str, Any]:
        """Give it as builtins, for reports; redaction comes after."""
        return {**self.__dict__, "party": self.party.value}


class Recorder:
    """Collects the evidence of the check that is running; one per process. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._items: list[dict[str, Any]] = []
        self._answered = 0

    def start(self) -> None:
        """Begin a new check: what was collected before is forgotten."""
        with self._lock:
            self._items = []
            self._answered = 0

    def exchange(self, exchange: Exchange) -> None:
        """Keep an exchange; it counts as evidence if the target answered."""
        with self._lock:
            self._items.append({"kind": "exchange", **exchange.as_data()})
            self._answered += exchange.party is Party.TARGET and exchange.status is not None

    def client_run(self, run: dict[str, Any], *, reached_target: bool) -> None:
        """Keep a client's run; it counts as evidence if its own record shows that the target served it."""
        with self._lock:
            self._items.append({"kind": "client", **run})
            self._answered += reached_target

    def log(self, file: str, lines: list[str]) -> None:
        """Keep what an instance has logged; it is no exchange."""
        with self._lock:
            self._items.append({"kind": "log", "file": file, "lines": lines})

    @property
    def answered(self) -> int:
        """How many exchanges with the target the running check has had."""
        return self._answered

    def items(self) -> list[dict[str, Any]]:
        """Give what was collected for the running check, in order."""
        with self._lock:
            return list(self._items)
