"""What a peer is: how it is called, how it is set up, and where its index is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.peers.running import Running
from tests.peers.upstream import Upstream

Start = Callable[[Upstream, Path, int], tuple[Running, str]]
"""Starts it in front of a catalog, in a folder, at a port; gives it and the address of its index."""


@dataclass(frozen=True)
class Peer:
    """One server of somebody else's.

    distribution: as which its version is asked for, at Python's packages or, with a path, at the program. set_up: in
    words, what a maintainer of it has to know. page_period: seconds for which it is told to keep pages; 0 if that
    cannot be waited for, or is not told.
    """

    name: str
    distribution: str
    set_up: str
    start: Start
    page_period: int = 0
