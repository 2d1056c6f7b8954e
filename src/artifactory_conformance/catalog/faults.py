"""Faults that a catalog can be given, by name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """What happens to requests whose path (below the organization's base) matches a glob; the first match wins.

    times: how often, None for always. delay in seconds. unguarded: it happens to who gives no credentials, too.
    """

    path: str
    methods: tuple[str, ...] | None = None
    times: int | None = None
    status: int | None = None
    delay: float | None = None
    truncate: int | None = None
    reset: bool | None = None
    redirect: str | None = None
    wrong_bytes: bool | None = None
    body: str | None = None
    content_type: str | None = None
    unguarded: bool | None = None

    def as_data(self) -> dict[str, Any]:
        """Give what the control interface takes: only what is set."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def at_base(status: int, *methods: str, unguarded: bool = False) -> tuple[Fault, ...]:
    """Give faults that answer at the organization's own address, which stands in the remote's URL field.

    methods: none for all of them. unguarded: credentials make no difference there.
    """
    only = methods or None
    return tuple(Fault(path, methods=only, status=status, unguarded=unguarded or None) for path in ("", "/"))
