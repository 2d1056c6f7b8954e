"""The forms of the tables."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One thing that the model does. `cites` and `varies` are ids of facts and names of switches, with commas."""

    says: str
    cites: str
    varies: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the rule stands on."""
        return tuple(self.cites.split(", "))

    @property
    def switches(self) -> tuple[str, ...]:
        """The names of the switches that vary the rule."""
        return tuple(self.varies.split(", ")) if self.varies else ()


@dataclass(frozen=True)
class Area:
    """Rules on one subject."""

    title: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Absence:
    """Something that the facts tell and no switch plays, with the reason."""

    what: str
    cites: str
    reason: str
