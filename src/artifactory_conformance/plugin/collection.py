"""What a collected item is as a check: id, sentence, clauses, vantage, level."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from artifactory_conformance.guide import clauses
from artifactory_conformance.plugin.gating import level_of, vantage_of
from artifactory_conformance.verdicts import CheckInfo

SUITES = "suites"


class UnusableCheck(pytest.Collector.CollectError):
    """A check breaks the rules of checks: a collection error, never a verdict."""


def may_hold_checks(config: pytest.Config) -> bool:
    """Tell whether the run can hold checks: not when only the machinery's own tests are asked for."""
    own = config.rootpath / "tests"
    places = [Path(os.path.abspath(str(argument).split("::")[0])) for argument in config.args]
    return not places or not all(place == own or own in place.parents for place in places)


def is_check(item: pytest.Item) -> bool:
    """Tell whether an item is judged: it lies below `suites/`, or it carries a clause marker."""
    below = SUITES in item.path.relative_to(item.config.rootpath).parts[:1] if _inside(item) else False
    return below or item.get_closest_marker("clause") is not None


def may_be_check(nodeid: str) -> bool:
    """Tell the same from a node id alone, which is all that one process knows of another's items."""
    return nodeid.startswith(f"{SUITES}/")


def _inside(item: pytest.Item) -> bool:
    return item.config.rootpath in item.path.parents


def check_id(nodeid: str) -> str:
    """Give a check's stable id: folder and function, `permissions.uncached_file_is_refused`."""
    path, _, function = nodeid.partition("::")
    return f"{Path(path).parent.name}.{function.removeprefix('test_')}"


def info_of(item: pytest.Item) -> CheckInfo:
    """Give what is known of a check before it runs."""
    marker = item.get_closest_marker("clause")
    function = getattr(item, "function", None)
    sentence = " ".join((getattr(function, "__doc__", None) or "").split())
    fixtures: Sequence[str] = getattr(item, "fixturenames", ())
    return CheckInfo(
        id=check_id(item.nodeid),
        title=sentence,
        clauses=tuple(marker.args) if marker else (),
        vantage=vantage_of(fixtures),
        level=level_of(fixtures).value,
        builds_on=tuple(marker.kwargs.get("builds_on", ())) if marker else (),
        observes=bool(marker.kwargs.get("observes", False)) if marker else False,
    )


_SEEN: pytest.StashKey[dict[str, str]] = pytest.StashKey()


def validate(item: pytest.Item) -> None:
    """Refuse what no verdict could be reported on. Raises UnusableCheck."""
    if not is_check(item):
        return
    info = info_of(item)
    if not info.clauses:
        raise UnusableCheck(f'{item.nodeid}: a check needs a clause, like @clause("REMOTE-01")')
    for name in info.clauses:
        if name not in clauses():
            raise UnusableCheck(f"{item.nodeid}: {name} is no clause of the guide")
    if not info.title:
        raise UnusableCheck(f"{item.nodeid}: a check needs a docstring, the sentence that the report prints")
    seen = item.config.stash.setdefault(_SEEN, {})
    if seen.setdefault(info.id, item.nodeid) != item.nodeid:
        raise UnusableCheck(f"{item.nodeid}: its id {info.id} belongs to {seen[info.id]}")
