"""Why no check can be about something that clients or operators rely on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from artifactory_conformance.guide.facts import Fact, facts
from artifactory_conformance.guide.reading import Unreadable, load

_KINDS = ("row ", "B-", "client C", "T")
"""How the ids begin of what real clients and operators rely on: expectations, bugs, breakages, cases."""


class MalformedReasons(ValueError):
    """The file of reasons names something that needs none, or gives none. The message names the id."""


@cache
def relied_on() -> Mapping[str, Fact]:
    """Give what clients and operators rely on, each to be covered by a check or to have a reason, by id."""
    found = {name: fact for name, fact in facts().items() if fact.worth_testing or _is_relied_on(name)}
    return MappingProxyType(found)


def _is_relied_on(name: str) -> bool:
    return name.startswith(_KINDS) and not name.startswith("T-")


def read_reasons(text: str) -> Mapping[str, str]:
    """Read a file of reasons, a mapping from ids of `relied_on` to one line each. Raises MalformedReasons."""
    try:
        data = load(text)
    except Unreadable as error:
        raise MalformedReasons(str(error)) from error
    if not isinstance(data, dict):
        raise MalformedReasons("the file is not a mapping from ids to reasons")
    for name, reason in data.items():
        if name not in relied_on():
            raise MalformedReasons(f"{name}: nothing that has to be covered")
        if not isinstance(reason, str) or not reason.strip() or "\n" in reason:
            raise MalformedReasons(f"{name}: a reason is one line that is not empty")
    return MappingProxyType(data)


@cache
def reasons() -> Mapping[str, str]:
    """Give the reasons by id. Raises MalformedReasons."""
    return read_reasons(resources.files(__package__).joinpath("reasons.yaml").read_text(encoding="utf-8"))
