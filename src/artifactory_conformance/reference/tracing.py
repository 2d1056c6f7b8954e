"""The request that is being worked on, as the logs name it: its trace id, where it came from, and who asked."""

import contextvars
import secrets
from dataclasses import dataclass, field

NOT_AUTHENTICATED = "non_authenticated_user"
"""Who asks until somebody has said who he is (F1)."""


@dataclass
class Trace:
    """What all log lines of one request have in common. `user` is set when the caller is known, `asked` are the
    addresses that it sent somebody of the model to.
    """

    address: str = "127.0.0.1"
    user: str = NOT_AUTHENTICATED
    identity: str = field(default_factory=lambda: secrets.token_hex(8))
    asked: list[str] = field(default_factory=list)


_current: contextvars.ContextVar[Trace | None] = contextvars.ContextVar("trace", default=None)


def begin(address: str) -> Trace:
    """Start the trace of a request that came from `address`."""
    trace = Trace(address)
    _current.set(trace)
    return trace


def current() -> Trace:
    """The trace of this request, or a fresh one for what the model does by itself."""
    return _current.get() or Trace(user="")
