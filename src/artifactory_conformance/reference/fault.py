"""A defect (what a broken release would do) or a variation (what a sound one may): one small unit outside the model."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules

from artifactory_conformance.reference.hold import Hold

Install = Callable[[Hold], None]


@dataclass(frozen=True)
class Fault:
    """`stands_for` are the ids of clauses and facts that it is about, its own one first; `meaning` is a sentence.

    target: the settings of a run, as on its command line, with which it can be seen; none: the usual ones.
    """

    name: str
    stands_for: tuple[str, ...]
    meaning: str
    install: Install = field(repr=False)
    target: tuple[str, ...] = ()


def fault(*stands_for: str, target: Sequence[str] = ()) -> Callable[[Install], Fault]:
    """Make a fault of a function that takes hold of a model: named after it, its docstring says what is different.

    stands_for: of a defect, the ids of the clauses and facts that it breaks, and a check that cites the first of them
    has to notice; of a variation, what says that it is harmless. target: the settings with which a run can see it,
    where the usual ones do not do, such as those of another version.
    """

    def made(install: Install) -> Fault:
        name = install.__name__.replace("_", "-")
        return Fault(
            name, tuple(dict.fromkeys(stands_for)), " ".join((install.__doc__ or "").split()), install, tuple(target)
        )

    return made


def in_package(name: str, path: Iterable[str]) -> dict[str, Fault]:
    """The faults that the modules of a package declare, by name. path: the package's `__path__`."""
    modules = [import_module(f"{name}.{found.name}") for found in iter_modules(path)]
    return {one.name: one for module in modules for one in vars(module).values() if isinstance(one, Fault)}
