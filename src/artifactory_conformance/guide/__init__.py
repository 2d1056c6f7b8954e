"""The guide's clauses as data: what an instance is held to, with force, owner and remedy.

Everything may import this package; it imports nothing of the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml


class Force(str, Enum):
    """How strongly the guide says it."""

    MUST = "must"  # required, or called critical
    SHOULD = "should"  # recommended
    CLAIM = "claim"  # stated as a fact about the product; the suite finds out whether it is so


class MalformedGuide(ValueError):
    """The clauses file has an unknown or missing field, or an id twice."""


@dataclass(frozen=True)
class Clause:
    """One statement of the guide, with its stable id."""

    id: str
    section: str
    force: Force
    owner: str
    says: str
    fix: str
    origin: str = "guide"
    contested: str = ""
    caveat: str = ""

    @property
    def soft(self) -> bool:
        """Whether a failure is a warning: a recommendation, or a statement that the known facts contradict."""
        return self.force is Force.SHOULD or bool(self.contested)


def _clause(entry: Mapping[str, Any]) -> Clause:
    known = {field.name for field in fields(Clause)}
    if unknown := set(entry) - known:
        raise MalformedGuide(f"clause {entry.get('id', '?')}: unknown field {', '.join(sorted(unknown))}")
    try:
        return Clause(**{**entry, "force": Force(entry["force"])})
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedGuide(f"clause {entry.get('id', '?')}: {error}") from error


@cache
def clauses() -> Mapping[str, Clause]:
    """Give all clauses by id, in the guide's order.

    Raises MalformedGuide when the file does not have the closed form described at its top.
    """
    text = resources.files(__package__).joinpath("clauses.yaml").read_text(encoding="utf-8")
    found: dict[str, Clause] = {}
    for entry in yaml.safe_load(text)["clauses"]:
        clause = _clause(entry)
        if clause.id in found:
            raise MalformedGuide(f"clause {clause.id} occurs twice")
        found[clause.id] = clause
    return MappingProxyType(found)
