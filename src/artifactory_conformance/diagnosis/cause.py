"""A cause: what is wrong, how one knows, what to do and who does it, as one small declared unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from artifactory_conformance.diagnosis.seen import Seen, SeenCheck
from artifactory_conformance.guide import clauses

Rule: TypeAlias = Callable[[Seen], str]
"""Says in words why something holds of a run; an empty text where it does not, or where that is not known."""


class Owner(str, Enum):
    """Who acts."""

    ADMINISTRATOR = "administrator"
    USER = "user"
    JFROG = "JFrog"
    ACTIVESTATE = "ActiveState"


class Certainty(str, Enum):
    """How sure a diagnosis is of a cause, surest first."""

    PROVED = "proved"  # a fact is known that no other cause leaves
    LIKELY = "likely"  # what is known speaks for it, and nothing against it
    POSSIBLE = "possible"  # it is one of several that what is known leaves open

    @property
    def rank(self) -> int:
        """Its place, 0 for the surest."""
        return list(Certainty).index(self)


class Reach(Enum):
    """Which findings a cause can be behind, beside checks of its own clauses."""

    OWN = "only checks of its own clauses"
    VIRTUAL = "also what is downloaded through the virtual"
    DOWNLOADS = "also whatever is downloaded through the site"
    SITE = "also everything at the site"
    EVERYTHING = "also what checks make for themselves"


_OF_THE_VIRTUAL = ("virtual", "isolation")


def _reaches(reach: Reach, check: SeenCheck) -> bool:
    if reach is Reach.EVERYTHING:
        return True
    if not check.is_at_the_site:
        return False
    if reach is Reach.VIRTUAL:
        return check.level == "pull" and "virtual" in check.id
    return reach is Reach.SITE or (reach is Reach.DOWNLOADS and check.level == "pull")


def never(_: Seen) -> str:
    """Hold of no run."""
    return ""


@dataclass(frozen=True)
class Cause:
    """One thing that can be wrong.

    id: kebab-case, in terms of what is wrong. looks: what somebody notices of it. proof: what settles it, told where it
    is not settled yet. clauses: what it goes against, its own one first. rows: rows of the guide's troubleshooting part
    that lead to it. checks: ids of further checks that it can be behind. refines: the cause of which this is a closer
    name: where it is proved, that one says nothing new. brings: causes that it makes true as well: they are named, and
    after it. reason: the one of all findings that it can be behind, if any.
    """

    id: str
    title: str
    looks: str
    proof: str
    remedy: str
    owner: Owner
    clauses: tuple[str, ...]
    reach: Reach = Reach.OWN
    rows: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    refines: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    reason: str = ""
    proved_when: Rule = field(default=never, repr=False)
    likely_when: Rule = field(default=never, repr=False)
    possible_when: Rule = field(default=never, repr=False)
    excluded_when: Rule = field(default=never, repr=False)

    @property
    def section(self) -> str:
        """Where the guide is about it."""
        return clauses()[(*self.clauses, *self.rows)[0]].section

    @property
    def about(self) -> tuple[str, ...]:
        """Every clause that it has to do with."""
        return tuple(dict.fromkeys((*self.clauses, *self.rows)))

    def certainty(self, seen: Seen) -> tuple[Certainty, str] | None:
        """Give how sure a run makes of it, and why; None where it does not speak for it, or speaks against it."""
        rules = ((Certainty.PROVED, self.proved_when), (Certainty.LIKELY, self.likely_when))
        for certainty, rule in (*rules, (Certainty.POSSIBLE, self.possible_when)):
            if because := rule(seen):
                return None if self.excluded_when(seen) else (certainty, because)
        return None

    def can_be_behind(self, check: SeenCheck) -> bool:
        """Tell whether it can be the reason why a check ended as it did."""
        if self.reason and check.reason != self.reason:
            return False
        own = bool(set(self.clauses) & set(check.clauses)) or check.id.partition("[")[0] in self.checks
        return (own and (check.is_at_the_site or self.reach is Reach.EVERYTHING)) or _reaches(self.reach, check)


def first_of(*rules: Rule) -> Rule:
    """Make one rule of several: what the first says that holds."""
    return lambda seen: next((said for rule in rules if (said := rule(seen))), "")


def where(condition: Callable[[Seen], object], words: str) -> Rule:
    """Make a rule of a condition, and what it says where that holds."""
    return lambda seen: words if condition(seen) else ""


def found_by(*ids: str) -> Rule:
    """Make a rule of checks that claim just this: one of them found that it does not hold."""
    return lambda seen: f"the check {name} found it so" if (name := seen.failed(*ids)) else ""


def is_so(*path: str, value: object, words: str) -> Rule:
    """Make a rule of one fact that has a value."""
    return lambda seen: words if seen.get(*path) is value or seen.get(*path) == value else ""
