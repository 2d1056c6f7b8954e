"""What a collected item is as a check: id, sentence, clauses, vantage, level."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from packaging.version import InvalidVersion, Version

from artifactory_conformance.guide import clauses
from artifactory_conformance.guide.facts import facts
from artifactory_conformance.plugin.bases import bases_of
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


def only_shows(config: pytest.Config) -> bool:
    """Tell whether pytest was asked for a list (of checks, fixtures, its cache) and runs nothing."""
    options = ("collectonly", "showfixtures", "show_fixtures_per_test", "cacheshow")
    return any(getattr(config.option, name, None) not in (None, False) for name in options)


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


def written(root: Path) -> set[str]:
    """Give the ids of all checks in the files below `suites/`, whatever a run collects of them."""
    found = set()
    for file in (root / SUITES).rglob("*.py"):
        if file.name.startswith("test_") or file.name.endswith("_test.py"):
            with suppress(SyntaxError, ValueError, OSError):  # what cannot be collected is told as such
                found |= {check_id(f"{file}::{name}") for name in _functions(ast.parse(file.read_bytes()).body)}
    return found


def _functions(body: Sequence[ast.stmt], within: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _functions(node.body, f"{within}{node.name}::")
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test"):
            yield within + node.name


def info_of(item: pytest.Item) -> CheckInfo:
    """Give what is known of a check before it runs."""
    marker = item.get_closest_marker("clause")
    function = getattr(item, "function", None)
    sentence = " ".join((getattr(function, "__doc__", None) or "").split())
    fixtures: Sequence[str] = getattr(item, "fixturenames", ())
    name = check_id(item.nodeid)
    declared = tuple(marker.kwargs.get("builds_on", ())) if marker else ()
    return CheckInfo(
        id=name,
        title=sentence,
        clauses=tuple(marker.args) if marker else (),
        vantage=vantage_of(fixtures),
        level=level_of(fixtures).value,
        builds_on=tuple(base for base in dict.fromkeys(declared + bases_of(fixtures)) if base != name),
        observes=bool(marker.kwargs.get("observes", False)) if marker else False,
        facts=tuple(marker.kwargs.get("facts", ())) if marker else (),
        since=str(marker.kwargs.get("since", "")) if marker else "",
        before=str(marker.kwargs.get("before", "")) if marker else "",
    )


_SEEN: pytest.StashKey[dict[str, str]] = pytest.StashKey()


def validate(item: pytest.Item) -> None:
    """Refuse what no verdict could be reported on. Raises UnusableCheck."""
    if not is_check(item):
        return
    info = info_of(item)
    if not info.clauses and not info.facts:
        raise UnusableCheck(
            f'{item.nodeid}: a check needs a clause, like @clause("REMOTE-01"), or a fact, like @relied_on("B-09")'
        )
    _refuse_unknown(item, info)
    if not info.title:
        raise UnusableCheck(f"{item.nodeid}: a check needs a docstring, the sentence that the report prints")
    seen = item.config.stash.setdefault(_SEEN, {})
    if seen.setdefault(info.id, item.nodeid) != item.nodeid:
        raise UnusableCheck(f"{item.nodeid}: its id {info.id} belongs to {seen[info.id]}")


def _refuse_unknown(item: pytest.Item, info: CheckInfo) -> None:
    for bound in filter(None, (info.since, info.before)):
        try:
            Version(bound)
        except InvalidVersion:
            raise UnusableCheck(f"{item.nodeid}: {bound!r} is no version, like 7.108.3") from None
    for name in info.clauses:
        if name not in clauses():
            raise UnusableCheck(f"{item.nodeid}: {name} is no clause of the guide")
    for name in info.facts:
        if name not in facts():
            raise UnusableCheck(f"{item.nodeid}: {name} is no known fact, like U-06, A40, row 18 or client C3")
