"""A deadline for one whole exchange: time-outs of a socket start anew with every byte, this one does not."""

from __future__ import annotations

import contextlib
import socket
import threading
from contextvars import ContextVar
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Deadline:
    """Shuts the connection of the exchange inside it down when its seconds are over; `passed` then tells so.

    kept: whether the exchange goes over a connection that an earlier one has left open.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self.kept = False
        self._socket: Any = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._token = _current.set(self)
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        _current.reset(self._token)

    def watch(self, connected: Any) -> None:
        """Take the socket that the exchange runs over."""
        with self._lock:
            self._socket = connected
            if self.passed:
                self._shut()

    def _pass(self) -> None:
        with self._lock:
            self.passed = True
            self._shut()

    def _shut(self) -> None:
        if isinstance(self._socket, socket.socket):
            with contextlib.suppress(OSError):  # it is closed already
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # below TLS: no farewell, which could block


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def _noted(connected: Any) -> None:
    deadline = _current.get()
    if deadline is not None:
        deadline.kept = connected is not None


def _watched(connected: Any) -> None:
    deadline = _current.get()
    if deadline is not None:
        deadline.watch(connected)


class _Connection(HTTPConnection):
    def request(self, *args: Any, **kwargs: Any) -> None:
        _noted(self.sock)
        super().request(*args, **kwargs)
        _watched(self.sock)


class _SecureConnection(HTTPSConnection):
    def request(self, *args: Any, **kwargs: Any) -> None:
        _noted(self.sock)
        super().request(*args, **kwargs)
        _watched(self.sock)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


class DeadlineAdapter(HTTPAdapter):
    """What a session is mounted with so that its exchanges end with the Deadline they run in."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of connections that tell the deadline their sockets."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """Make the same of those that go by a proxy."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager
