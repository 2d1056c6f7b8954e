"""The control: what must hold for a claim to mean anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_inside: ContextVar[int] = ContextVar("inside_control", default=0)


class ControlFailed(Exception):
    """A control did not hold: the check says nothing about the target's conformance."""


@contextmanager
def control(sentence: str) -> Iterator[None]:
    """Run what must work for the claim to count; any failure inside is inconclusive, never nonconformant.

    sentence: what the control shows, for the report. Raises ControlFailed.
    """
    token = _inside.set(_inside.get() + 1)
    try:
        yield
    except Exception as error:
        raise ControlFailed(f"control failed: {sentence}: {error}") from error
    finally:
        _inside.reset(token)


def in_control() -> bool:
    """Tell whether the code that runs now stands inside a control: its assertions are not the check's own."""
    return _inside.get() > 0
