"""What one lab or site has created on a target, removed in reverse order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from artifactory_conformance.ledger.entries import Owner
from artifactory_conformance.ledger.writing import Ledger


@dataclass(frozen=True)
class _Made:
    kind: str
    name: str
    owner: Owner
    remove: Callable[[], object]


class Footprint:
    """Everything that was created through it, by one lab or site."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._made: list[_Made] = []

    def create(
        self,
        kind: str,
        name: str,
        create: Callable[[], None],
        remove: Callable[[], object],
        owner: Owner = Owner.NAME,
    ) -> None:
        """Write it down, create it, and remember how to remove it; also when creating it failed half-way.

        remove: makes sure that it is gone, and raises where it is not. owner: where the thing says whose it is.
        """
        self._ledger.intend(kind, name, owner)
        self._made.append(_Made(kind, name, owner, remove))
        create()

    def remove(self) -> list[str]:
        """Remove everything, the last first; give a line for each thing that stays behind."""
        left = []
        while self._made:
            made = self._made.pop()
            try:
                made.remove()
                self._ledger.removed(made.kind, made.name, made.owner)
            except Exception as error:  # whatever it is, the others must still be removed; it is reported
                left.append(f"{made.kind} {made.name}: {error or type(error).__name__}")
        return left
