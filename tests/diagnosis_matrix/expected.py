"""What the diagnosis has to say of each misconfiguration, written from what it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from artifactory_conformance.diagnosis import CAUSES
from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
from tests.diagnosis_matrix.rows import Key

FILE = Path(__file__).with_name("expected.yaml")
OPEN = FILE.with_name("open.yaml")


@dataclass(frozen=True)
class Expected:
    """Ids of causes.

    causes: what it is; of several any will do, for they are the same thing there. also: what is true of such a site
    besides: no wrong thing to say, and no right answer.
    """

    causes: frozenset[str]
    also: frozenset[str] = frozenset()


def expected() -> Mapping[str, Expected]:
    """Read the file. Raises KeyError for a misconfiguration that it does not name."""
    found = yaml.safe_load(FILE.read_text("utf-8"))
    return {name: _with_more_general(found[name]["is"], found[name].get("also", ())) for name in MISCONFIGURATIONS}


def _with_more_general(causes: Iterable[str], also: Iterable[str]) -> Expected:
    """Add the causes of which these are closer names: they are true as well."""
    true, open_ = set(also), [*causes, *also]
    while open_:
        general = [name for name in CAUSES[open_.pop()].refines if name not in true]
        true.update(general)
        open_ += general
    return Expected(frozenset(causes), frozenset(true))


def too_sure() -> list[tuple[Key, tuple[str, ...]]]:
    """Read which rows have answers that are sure of a cause that is not there, and not mended yet; the causes."""
    found = yaml.safe_load(OPEN.read_text("utf-8"))
    return [((one["standpoint"], tuple(one["mistakes"])), tuple(one["sure_of"])) for one in found]


def held_back(name: str) -> bool:
    """Tell whether whoever writes the rules of the diagnosis never looks at this misconfiguration: a third, by hash."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0
