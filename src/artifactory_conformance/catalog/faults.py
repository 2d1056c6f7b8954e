"""Faults that a catalog can be given, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """What happens to requests whose path (below the organization's base) matches a glob; the first match wins.

    methods, authorized (with credentials, or without), unsigned (the query lacks this name): which of them. after: so
    many pass unharmed first. times: how often then, None for always. delay, stall_seconds: in seconds. status, body,
    content_type, encoding, headers: another answer, or with headers alone the right one with more of them.
    redirect: where to; `{path}` in it stands for the path. stall: bytes after which the answer pauses.
    http_1_0: in HTTP/1.0, where the end of the connection is the end of the body. unguarded: it happens to who gives no
    credentials, too.
    """

    path: str
    methods: tuple[str, ...] | None = None
    authorized: bool | None = None
    unsigned: str | None = None
    after: int | None = None
    times: int | None = None
    delay: float | None = None
    status: int | None = None
    headers: Mapping[str, str] | None = None
    truncate: int | None = None
    stall: int | None = None
    stall_seconds: float | None = None
    reset: bool | None = None
    redirect: str | None = None
    redirect_status: int | None = None
    redirect_body: str | None = None
    wrong_bytes: bool | None = None
    gzip: bool | None = None
    http_1_0: bool | None = None
    body: str | None = None
    content_type: str | None = None
    encoding: str | None = None
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
