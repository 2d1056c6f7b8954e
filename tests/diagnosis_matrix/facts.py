"""What a run leaves for the diagnosis, without what is of that run alone, and as a difference from a good one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from artifactory_conformance.guide import PRINTED_EXAMPLE
from tests.diagnosis_matrix.world import World

Facts = dict[str, Any]
"""Level, target, probes and, by id, checks: what `Seen.of` looks at."""

OF_A_CHECK = ("verdict", "reason", "clauses", "level", "builds_on")

_NUMBERED = {
    re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"): "00000000-0000-4000-8000-{:012}",
    re.compile(r"\bnew-[0-9a-f]{12}\b"): "new-{:012}",
    re.compile(r"\bunknown-[0-9a-f]{32}\b"): "unknown",
    re.compile(r"\b127\.0\.0\.1:\d{4,5}\b"): "127.0.0.1:800{}",
}


def facts_of(results: Mapping[str, Any], world: World) -> Facts:
    """Give what is the same whenever it is made: names of one world become those of all."""
    checks = {check["id"]: {name: check[name] for name in OF_A_CHECK} for check in results["checks"]}
    kept = {name: results.get(name) or {} for name in ("level", "target", "probes")}
    text = json.dumps({**kept, "checks": checks}).replace(results["run"], "RUN")
    for pattern, form in _NUMBERED.items():
        told = pattern.findall(f"{world.model} {world.catalog} {world.site.organization} {text}")
        names = {name: form.format(number) for number, name in enumerate(dict.fromkeys(told), 1)}
        names[PRINTED_EXAMPLE] = PRINTED_EXAMPLE
        text = pattern.sub(lambda found, names=names: names[found[0]], text)  # type: ignore[misc]
    found: Facts = json.loads(text)
    return found


def as_results(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give facts in the form of results.json."""
    return {**facts, "checks": [{"id": name, **check} for name, check in facts["checks"].items()]}


def difference(facts: Mapping[str, Any], good: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is otherwise than at a good instance, seen from the same standpoint, of the checks that ran."""
    gone = {name: None for name in good["checks"] if name not in facts["checks"]}
    changed = _difference(facts, good)
    checks = {name: check for name, check in changed.get("checks", {}).items() if name not in gone}
    return {**changed, "checks": checks}


def restored(changed: Mapping[str, Any], good: Mapping[str, Any]) -> Facts:
    """Give the facts that `difference` was made of; what is None there is not in them."""
    found: Facts = _merged(changed, good)
    return found


def _difference(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: None for name in before if name not in now and before[name] is not None}
    for name, value in now.items():
        old = before.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            if inner := _difference(value, old):
                found[name] = inner
        elif value != old:
            found[name] = value
    return found


def _merged(changed: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(before)
    for name, value in changed.items():
        old = before.get(name)
        found[name] = _merged(value, old) if isinstance(value, dict) and isinstance(old, dict) else value
    return found
