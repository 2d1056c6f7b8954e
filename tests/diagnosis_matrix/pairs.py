"""Which two mistakes can be made at one site without one undoing the other, told by what each of them writes."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from tests.diagnosis_matrix.world import Write

Places = frozenset[str]
"""What a mistake writes: `<path>#<field>`; `<path>#*` for a whole thing that it makes, replaces or deletes."""

SEED = 1
"""Of the covering set: the same misconfigurations always give the same one."""

_NAMES = frozenset({"key", "name", "email"})
"""Fields of a body that say which thing it is about."""


def places(writes: Sequence[Write], known: Mapping[str, str]) -> Places:
    """Give what these requests write. known: names of one world, as they are in all; others stay out of the catalog.

    What is written at another organization, or at the public index, is nobody's site: two mistakes may share that.
    """
    found = set()
    for method, asked, body in writes:
        path = asked
        for name, word in known.items():
            path = path.replace(name, word)
        if path.startswith("catalog/"):
            found |= _at_the_catalog(path, body)
        elif method in {"POST", "PATCH"} and not path.startswith("api/v2/"):
            found |= {f"{path}#{field}" for field in _fields(body) if field not in _NAMES}
        else:
            found.add(f"{path}#*")
    return frozenset(found)


def _fields(body: Any) -> list[str]:
    return list(body if isinstance(body, dict) else json.loads(body))


def _at_the_catalog(path: str, body: Any) -> set[str]:
    """Give what is written of the site's own organization: one project of it, or its credentials."""
    own, below = "catalog/organizations/ORGANIZATION/", path.removeprefix("catalog/organizations/ORGANIZATION/")
    if not path.startswith(own):
        return set()
    return {f"{own}{below}#{body['project']}" if "project" in (body or {}) else f"{own}{below}#*"}


def overlap(one: Places, other: Places) -> bool:
    """Tell whether two mistakes write the same field, or one writes all of what the other changes a field of."""
    if one & other:
        return True
    whole = {place.partition("#")[0] for place in one | other if place.endswith("#*")}
    return bool(whole & {p.partition("#")[0] for p in one} & {p.partition("#")[0] for p in other})


def compatible(written: Mapping[str, Places]) -> list[tuple[str, str]]:
    """Give all pairs of mistakes that do not overwrite each other, in the order of the names given."""
    return [(one, other) for one, other in combinations(written, 2) if not overlap(written[one], written[other])]


def covering(pairs: Sequence[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """Give so many of the pairs, drawn so that each name of them occurs before any pair is drawn freely.

    The rarest name is served first. More are given than asked for only where fewer cannot have every name.
    """
    draw = random.Random(SEED)  # noqa: S311
    often = {name: sum(name in pair for pair in pairs) for pair in pairs for name in pair}
    chosen: list[tuple[str, str]] = []
    missing = set(often)
    while missing:
        name = min(missing, key=lambda one: (often[one], one))
        able = [pair for pair in pairs if name in pair]
        both = [pair for pair in able if set(pair) <= missing]
        chosen.append(draw.choice(both or able))
        missing -= set(chosen[-1])
    rest = [pair for pair in pairs if pair not in chosen]
    chosen += draw.sample(rest, max(0, min(count - len(chosen), len(rest))))
    return sorted(chosen, key=pairs.index)
