"""Who runs the suite against what, and what that run can therefore not give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.verdicts import Reason

_NEEDS = frozenset(reason for reason in Reason if reason.value.startswith("needs-"))
_USER = frozenset(
    {Reason.NEEDS_PULL, Reason.NEEDS_USER, Reason.NEEDS_VIRTUAL, Reason.NEEDS_LOCAL, Reason.NEEDS_ORGANIZATION}
    | {
        Reason.NEEDS_CATALOG_CREDENTIALS,
        Reason.NEEDS_TLS,
        Reason.NEEDS_DIRECT,
        Reason.NEEDS_WRONG_PASSWORDS,
        Reason.NEEDS_SDIST,
        Reason.NEEDS_THIS_MACHINE,
        Reason.NEEDS_CLIENT,
        Reason.NEEDS_MOUNTS,
    }
)
_ADMINISTRATOR = _USER | {Reason.NEEDS_ADMIN}
_MUTATING = _ADMINISTRATOR | {Reason.NEEDS_MUTATE, Reason.NEEDS_ADMIN_TOKEN}
_DISPOSABLE = _MUTATING | {
    *(Reason.NEEDS_CATALOG, Reason.NEEDS_PUBLIC_INDEX, Reason.NEEDS_EXCLUSIVE, Reason.NEEDS_MANY_AT_ONCE)
}


@dataclass(frozen=True)
class Standpoint:
    """A kind of run, with what it can give."""

    name: str
    means: str
    gives: frozenset[Reason]

    def lacking(self, check: Check) -> tuple[Reason, ...]:
        """Give why the check does not run here; empty if it does."""
        return tuple(need for need in check.needs if need not in self.gives)

    def not_run(self, checks: Iterable[Check]) -> tuple[Reason, ...]:
        """Give why none of the checks runs here, the first reason of each; empty if one does."""
        lacking = [self.lacking(check) for check in checks]
        return () if not all(lacking) else tuple(dict.fromkeys(reasons[0] for reasons in lacking))


STANDPOINTS = (
    Standpoint("embedded", "the reference model with our own catalog: `make check`", _NEEDS),
    Standpoint("user", "an instance, level pull, an account that installs", _USER),
    Standpoint("administrator", "the same with an administrator's credentials", _ADMINISTRATOR),
    Standpoint("mutating", "the same at level mutate: scratch repositories and users", _MUTATING),
    Standpoint("disposable", "the same with a fake catalog that the instance can reach, and nobody else", _DISPOSABLE),
)
"""A virtual, a local and an https:// address are taken to be there, and the suite to run where the clients run."""
