"""The evidence floor: the clauses that must have a verdict in a run. Silence is never success."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from artifactory_conformance.guide import clauses
from artifactory_conformance.verdicts.model import Level


class MalformedFloor(ValueError):
    """The floor's data names an unknown clause, or lists one without a reason."""


@cache
def _data() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("floor.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    named = set(data["unchecked"]) | set(data["embedded"]["without"])
    named |= {name for names in data["index"].values() for name in names}
    for level in data["instance"].values():
        for names in level.values():
            named |= set(names)
    if unknown := named - set(clauses()):
        raise MalformedFloor(f"the floor names unknown clauses: {', '.join(sorted(unknown))}")
    if not all(data["unchecked"].values()) or not all(data["embedded"]["without"].values()):
        raise MalformedFloor("a clause outside the floor needs a reason")
    return data


def unchecked() -> dict[str, str]:
    """Give the clauses that no check of this version looks at, each with the reason."""
    return dict(_data()["unchecked"])


def floor(target: str, level: Level, *, account: bool, administrator: bool, catalog: bool = False) -> set[str]:
    """Give the ids of the clauses that must have a verdict.

    target: kind of target. account: whether the run has that of somebody who installs. administrator: whether it has an
    administrator's credentials. catalog: whether the suite controls the catalog behind the target.
    """
    data = _data()
    if target in {"embedded", "container"}:
        return set(clauses()) - set(data["unchecked"]) - set(data["embedded"]["without"])
    if target == "index":
        return set(data["index"]["alone"]) | set(data["index"]["with_catalog"] if catalog else ())
    core = data["instance"][level.value]
    given = {"client": True, "account": account, "administrator": administrator}
    return {clause for who, has in given.items() if has for clause in core[who]}
