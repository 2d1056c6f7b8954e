"""The guide's clauses as data: what an instance is held to, with force, owner and remedy; and the facts they cite.

Everything may import this package; it imports nothing of the project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from artifactory_conformance.guide.reading import Unreadable, load

PRINTED_EXAMPLE = "b5865a43-1f24-48df-b6f3-8c932c7aae29"
"""The organization id that the guide prints: nobody's own (REMOTE-05)."""


class Force(str, Enum):
    """How strongly the guide says it."""

    MUST = "must"  # required, or called critical
    SHOULD = "should"  # recommended
    CLAIM = "claim"  # stated as a fact about the product; the suite finds out whether it is so


class MalformedGuide(ValueError):
    """The clauses file has an unknown, missing or unusable field, or an id twice. The message names the clause."""


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


_ID = re.compile(r"[A-Z]+-[0-9]{2}")
_OWNERS = frozenset({"administrator", "jfrog", "activestate", "user"})
_ORIGINS = frozenset({"guide", "beyond"})
_TOP = frozenset({"clauses", "without_clause"})


def _clause(entry: Any) -> Clause:
    if not isinstance(entry, dict):
        raise MalformedGuide(f"clause {entry!r}: not a mapping of fields")
    name = entry.get("id", "?")
    known = {field.name: field.default is MISSING for field in fields(Clause)}
    if unknown := sorted(str(field) for field in set(entry) - set(known)):
        raise MalformedGuide(f"clause {name}: unknown field {', '.join(unknown)}")
    if lacking := sorted(field for field, needed in known.items() if needed and field not in entry):
        raise MalformedGuide(f"clause {name}: missing field {', '.join(lacking)}")
    for field, value in entry.items():
        if not isinstance(value, str) or not value.strip():
            raise MalformedGuide(f"clause {name}: field {field} must be a text that is not empty")
    if not _ID.fullmatch(name):
        raise MalformedGuide(f"clause {name}: an id is capitals, a hyphen and two digits")
    for field, allowed in (("owner", _OWNERS), ("origin", _ORIGINS), ("force", {force.value for force in Force})):
        if field in entry and entry[field] not in allowed:
            raise MalformedGuide(f"clause {name}: {field} must be one of {', '.join(sorted(allowed))}")
    return Clause(**{**entry, "force": Force(entry["force"])})


def read_clauses(text: str) -> Mapping[str, Clause]:
    """Read a clauses file: all clauses by id, in its order.

    Raises MalformedGuide, which names the clause and the field, when the text does not have the closed form described
    at the top of the guide's own file.
    """
    try:
        data = load(text)
    except Unreadable as error:
        raise MalformedGuide(str(error)) from error
    if not isinstance(data, dict) or not isinstance(data.get("clauses"), list):
        raise MalformedGuide("the file has no list of clauses")
    if unknown := sorted(str(field) for field in set(data) - _TOP):
        raise MalformedGuide(f"unknown field {', '.join(unknown)} at the top")
    found: dict[str, Clause] = {}
    for entry in data["clauses"]:
        clause = _clause(entry)
        if clause.id in found:
            raise MalformedGuide(f"clause {clause.id} occurs twice")
        found[clause.id] = clause
    return MappingProxyType(found)


@cache
def clauses() -> Mapping[str, Clause]:
    """Give all clauses of the guide by id, in its order. Raises MalformedGuide, see `read_clauses`."""
    return read_clauses(resources.files(__package__).joinpath("clauses.yaml").read_text(encoding="utf-8"))
