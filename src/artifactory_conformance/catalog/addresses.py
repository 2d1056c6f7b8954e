"""Addresses at which there is no catalog."""

from __future__ import annotations

from collections.abc import Mapping

NOBODY_LISTENS = "http://127.0.0.1:9"
"""Connections are refused: the port of a service (discard) that nobody runs any more."""

NO_WAY = "http://192.0.2.1"
"""No packet comes back: an address for documents, which no network has (RFC 5737)."""

NO_NAME = "http://catalog.invalid"
"""The name does not resolve, anywhere (RFC 6761)."""

UNREACHABLE: Mapping[str, str] = {"refused": NOBODY_LISTENS, "blocked": NO_WAY, "without-name": NO_NAME}
"""What it looks like when outbound connections are not let through."""


def with_other_scheme(url: str) -> str:
    """Give a URL with https for http, or the other way round: no TLS connection comes about there."""
    scheme, separator, rest = url.partition("://")
    return f"{'http' if scheme == 'https' else 'https'}{separator}{rest}"
