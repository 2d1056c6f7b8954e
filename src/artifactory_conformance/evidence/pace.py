"""How fast, on how many connections and how much in all the processes of a run ask somebody's server.

They share files in a folder of the run's: one with what was asked so far, and one for each connection, which is locked
as long as it is used. Locks of the kernel's, so that a process that is killed leaves none.
"""

from __future__ import annotations

import fcntl
import os
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from artifactory_conformance.limits import LIMITS, Limits
from artifactory_conformance.settings import Bounds

MEGABYTE = 1_000_000


class BudgetUsedUp(Exception):
    """The run has asked for as much as it may: nothing was sent."""


class NoTurn(Exception):
    """Other requests of the run kept this one waiting for too long: nothing was sent."""


class _Shared(NamedTuple):
    """When the next request may be sent, on the clock that all processes of a machine share; what was asked so far."""

    free: float = 0.0
    requests: int = 0
    received: int = 0


_FORM = struct.Struct("<dQQ")
"""How it stands in the file."""


class Pace:
    """The turns of one process. folder: the same one in all processes of a run.

    counts: whether what is asked for beyond a budget is refused; never while things are cleaned up. patient: whether
    an answer that asks for patience is waited out. refused: what was refused since `begin`, in words.
    """

    def __init__(self, folder: Path, bounds: Bounds, limits: Limits = LIMITS) -> None:
        self.folder, self._bounds, self._limits = folder, bounds, limits
        self.counts = False
        self.patient = True
        self.refused = ""
        self._close_kept: Callable[[], None] | None = None

    def begin(self, *, patient: bool) -> None:
        """Begin a check, which is refused what is beyond a budget."""
        self.counts, self.patient, self.refused = True, patient, ""

    @contextmanager
    def keep(self, close: Callable[[], None]) -> Iterator[None]:
        """Have one of the connections for longer than a request. close: ends it when it is wanted for something else.

        Raises NoTurn.
        """
        with self._connection(time.monotonic() + self._limits.turn):
            self._close_kept = close
            try:
                yield
            finally:
                self._close_kept = None
                close()

    @contextmanager
    def turn(self, *, on_the_kept: bool = False) -> Iterator[None]:
        """Have a connection, from when the next request may be sent on. on_the_kept: the one that is kept.

        Raises BudgetUsedUp, and NoTurn after limits.turn seconds.
        """
        end = time.monotonic() + self._limits.turn
        if self._close_kept is not None and not on_the_kept:
            self._close_kept()
        with nullcontext() if self._close_kept else self._connection(end):
            seconds = self._next() - time.monotonic()
            if time.monotonic() + seconds > end:
                raise NoTurn(f"it would have had to wait for {seconds:.0f} s: other requests of this run come before")
            time.sleep(max(0.0, seconds))
            yield

    def hold(self, seconds: float) -> None:
        """Let no process of the run send anything for a while: the server has asked for patience."""
        self._change(lambda shared: shared._replace(free=max(shared.free, time.monotonic() + seconds)))

    def received(self, size: int) -> None:
        """Count bytes of a page or a file. Raises BudgetUsedUp where there are more than may be."""
        self._refuse_beyond(self._change(lambda shared: shared._replace(received=shared.received + size)))

    def _next(self) -> float:
        """Take the next time at which a request may be sent. Raises BudgetUsedUp where none may be any more."""
        rate = self._bounds.requests_per_second
        apart = 1 / rate if rate else 0.0

        def taken(shared: _Shared) -> _Shared:
            self._refuse_beyond(shared, more=1)
            return shared._replace(free=max(shared.free, time.monotonic()) + apart, requests=shared.requests + 1)

        return self._change(taken).free - apart

    def _refuse_beyond(self, shared: _Shared, more: int = 0) -> None:
        """Refuse, in a check, what a budget does not allow. more: requests that are about to be sent."""
        requests, megabytes = self._bounds.max_requests, self._bounds.max_megabytes
        if not self.counts:
            return
        if requests and shared.requests + more > requests:
            self.refused = f"this run has sent the {requests} requests that it may; --max-requests allows more"
        elif megabytes and shared.received > megabytes * MEGABYTE:
            self.refused = f"this run has downloaded the {megabytes} MB that it may; --max-megabytes allows more"
        else:
            return
        raise BudgetUsedUp(self.refused)

    def _change(self, change: Callable[[_Shared], _Shared]) -> _Shared:
        """Change what all processes share, while no other does; what it is then."""
        with self._opened("asked") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            found = os.pread(file, _FORM.size, 0)
            new = change(_Shared(*_FORM.unpack(found)) if found else _Shared())
            os.pwrite(file, _FORM.pack(*new), 0)
            return new

    @contextmanager
    def _connection(self, end: float) -> Iterator[None]:
        """Have one of the connections; the lock is given up with the file."""
        with ExitStack() as held:
            pause = self._limits.settle_pause
            while self._bounds.connections and not self._has_one(held):
                if time.monotonic() > end:
                    raise NoTurn(f"all connections of this run were in use for {self._limits.turn:g} s")
                time.sleep(pause)
                pause = min(2 * pause, self._limits.settle_pause_longest)
            yield

    def _has_one(self, held: ExitStack) -> bool:
        for number in range(self._bounds.connections):
            file = held.enter_context(self._opened(f"connection-{number}"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.close()
            else:
                return True
        return False

    @contextmanager
    def _opened(self, name: str) -> Iterator[int]:
        """Open a file anew each time: a lock belongs to the opening, so that threads keep each other out as well."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield file
        finally:
            os.close(file)
