"""What a run has seen, as the rules look at it: verdicts of checks, and facts that were asked for after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from artifactory_conformance.guide import clauses
from artifactory_conformance.verdicts import Level, Reason, Verdict

_FINDINGS = frozenset({Verdict.NONCONFORMANT.value, Verdict.INCONCLUSIVE.value, Verdict.BLOCKED.value})
_SAID = frozenset({Verdict.NONCONFORMANT.value, Verdict.WARNING.value, Verdict.WAIVED.value})


@dataclass(frozen=True)
class SeenCheck:
    """One entry of `checks` in results.json, as far as rules need it."""

    id: str
    verdict: str
    reason: str = ""
    clauses: tuple[str, ...] = ()
    level: str = ""
    builds_on: tuple[str, ...] = ()

    @property
    def is_hard(self) -> bool:
        """Whether it is a finding that has to be explained.

        A warning of a statement that the known facts contradict blames nobody, so that it need not have a cause.
        """
        return self.verdict in _FINDINGS or (self.verdict == Verdict.WARNING.value and not self._contested)

    @property
    def is_finding(self) -> bool:
        """Whether a cause may explain it: also what need not have one."""
        return self.is_hard or self.verdict == Verdict.WARNING.value

    @property
    def is_at_the_site(self) -> bool:
        """Whether it looks at what is there already, and not at what it makes for itself."""
        return self.level != Level.MUTATE.value

    @property
    def _contested(self) -> bool:
        known = clauses()
        return any(name in known and known[name].contested for name in self.clauses)


@dataclass(frozen=True)
class Seen:
    """Everything that rules may look at. What is absent is unknown, and proves nothing.

    target: `target` of results.json. probes: `probes` of it, see `artifactory_conformance.probing`.
    """

    level: str
    target: Mapping[str, Any] = field(default_factory=dict)
    checks: Mapping[str, SeenCheck] = field(default_factory=dict)
    probes: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def of(results: Mapping[str, Any]) -> Seen:
        """Read it from the data of results.json, of this version or one that knew fewer fields."""
        found = sorted((_check(entry) for entry in results.get("checks", ())), key=lambda check: check.id)
        return Seen(
            level=str(results.get("level", "")),
            target=_mapping(results.get("target")),
            checks={check.id: check for check in found},
            probes=_mapping(results.get("probes")),
        )

    def get(self, *path: str) -> Any:
        """Give a fact by its path below `probes`; None if it is not known."""
        found: Any = self.probes
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    def section(self, *path: str) -> Mapping[str, Any]:
        """Give several facts at once; empty if nothing is known."""
        return _mapping(self.get(*path))

    def rows(self, *path: str) -> tuple[Mapping[str, Any], ...]:
        """Give a list of facts; empty if nothing is known."""
        found = self.get(*path)
        return tuple(_mapping(one) for one in found) if isinstance(found, list) else ()

    def failed(self, *ids: str) -> str:
        """Name the first of these checks whose own claim did not hold; empty if none is known to."""
        return next((name for name in ids if name in self.checks and self.checks[name].verdict in _SAID), "")

    def troubled(self, *ids: str) -> str:
        """Name the first of these checks that ended with anything but a good end; empty if none did."""
        return next((name for name in ids if name in self.checks and self.checks[name].is_finding), "")

    def passed(self, *ids: str) -> bool:
        """Tell whether all of these checks ran and are conformant."""
        return all(
            name in self.checks and self.checks[name].verdict == Verdict.CONFORMANT.value for name in ids
        ) and bool(ids)

    @cached_property
    def findings(self) -> tuple[SeenCheck, ...]:
        """Every check that a cause may explain, in the order of ids."""
        return tuple(check for check in self.checks.values() if check.is_finding)

    @cached_property
    def lost(self) -> bool:
        """Whether the target itself was lost on the way."""
        return any(check.reason == Reason.TARGET_LOST.value for check in self.checks.values())

    def bases(self, check: SeenCheck) -> Iterator[SeenCheck]:
        """Give the findings that a check builds on, directly or through others."""
        seen, open_ = {check.id}, list(check.builds_on)
        while open_:
            name = open_.pop()
            if name not in seen and name in self.checks:
                seen.add(name)
                open_ += self.checks[name].builds_on
                if self.checks[name].is_finding:
                    yield self.checks[name]


def _check(entry: Mapping[str, Any]) -> SeenCheck:
    return SeenCheck(
        id=str(entry.get("id", "")),
        verdict=str(entry.get("verdict", "")),
        reason=str(entry.get("reason", "")),
        clauses=tuple(entry.get("clauses", ())),
        level=str(entry.get("level", "")),
        builds_on=tuple(entry.get("builds_on", ())),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
