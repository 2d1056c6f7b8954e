"""From where a clause can honestly be judged on an instance, and whether a check does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.coverage.standpoints import STANDPOINTS
from artifactory_conformance.guide import clauses
from artifactory_conformance.guide.reading import Unreadable, load

FULLY = "fully"

PERSONS = MappingProxyType({"user": ("user",), "administrator": ("administrator", "mutating", "disposable")})
"""Who has an instance, and the standpoints of this person: an administrator may spare one for a fake catalog."""


class MalformedHonesty(ValueError):
    """The file names an unknown clause or person, or says nothing. The message names the clause."""


def read_honest(text: str) -> Mapping[str, Mapping[str, str]]:
    """Read a file of clauses, persons and what stays open. Raises MalformedHonesty."""
    try:
        data = load(text)
    except Unreadable as error:
        raise MalformedHonesty(str(error)) from error
    if not isinstance(data, dict):
        raise MalformedHonesty("the file is not a mapping of clauses")
    for name, persons in data.items():
        if name not in clauses():
            raise MalformedHonesty(f"{name}: no clause of the guide")
        if not isinstance(persons, dict) or not persons or not set(persons) <= set(PERSONS):
            raise MalformedHonesty(f"{name}: not a mapping of {', '.join(PERSONS)}")
        if not all(isinstance(opens, str) and opens.strip() for opens in persons.values()):
            raise MalformedHonesty(f"{name}: each is {FULLY}, or what stays open")
    return MappingProxyType(data)


@cache
def honest() -> Mapping[str, Mapping[str, str]]:
    """Give by clause who can judge it on an instance: `FULLY`, or what stays open. Raises MalformedHonesty."""
    return read_honest(resources.files(__package__).joinpath("honest.yaml").read_text(encoding="utf-8"))


def unused(clause: str, checks: Sequence[Check]) -> tuple[str, ...]:
    """Give who could honestly judge a clause on an instance, and has no check for it. checks: those of the clause."""
    points = {point.name: point for point in STANDPOINTS}
    persons = honest().get(clause, {})
    runs = {person for person in persons for name in PERSONS[person] if checks and not points[name].not_run(checks)}
    return tuple(person for person in persons if person not in runs)
