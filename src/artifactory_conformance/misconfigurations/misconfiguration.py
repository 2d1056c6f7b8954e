"""A misconfiguration: a mistake that an administrator makes, as one small unit over REST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from artifactory_conformance.misconfigurations.administrator import Administrator

Mistake = Callable[[Administrator], None]


@dataclass(frozen=True)
class Misconfiguration:
    """A named mistake. `stands_for` are the ids of clauses and facts that it goes against, its own one first."""

    name: str
    stands_for: tuple[str, ...]
    meaning: str
    make: Mistake = field(repr=False)
    everywhere: bool = False


def misconfiguration(*stands_for: str, everywhere: bool = False) -> Callable[[Mistake], Misconfiguration]:
    """Make a misconfiguration of a function that makes the mistake: named after it, its docstring says what is wrong.

    stands_for: ids of the clauses and facts that it goes against; a check that cites the first of them has to notice.
    everywhere: it concerns the whole instance and not only the site, so that what a check makes for itself is hit, too.
    """

    def made(make: Mistake) -> Misconfiguration:
        name = make.__name__.replace("_", "-")
        return Misconfiguration(name, stands_for, " ".join((make.__doc__ or "").split()), make, everywhere)

    return made


def in_module(module: object) -> dict[str, Misconfiguration]:
    """Give the misconfigurations that a module declares, by name."""
    return {one.name: one for one in vars(module).values() if isinstance(one, Misconfiguration)}
