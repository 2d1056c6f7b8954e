"""differences.md for people, and differences.json for whoever mends the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from artifactory_conformance.first_contact.differences import Comparison, Difference
from artifactory_conformance.first_contact.standing import facts_of
from artifactory_conformance.reference.profiles import Profile
from artifactory_conformance.reference.switches import SWITCHES
from artifactory_conformance.reporting.lines import in_code, in_line


def as_data(comparison: Comparison, about: str, profile: Profile) -> dict[str, Any]:
    """Give what differences.json holds."""
    return {
        "real": about,
        "profile": profile.name,
        "compared": comparison.compared,
        "not_compared": dict(comparison.not_compared),
        "switches": [
            {
                "switch": name,
                "facts": list(facts_of(name)),
                "played": profile.switch_set({}).value(name),
                "real": value,
            }
            for name, value in comparison.switches.items()
        ],
        "differences": [_difference(one) for one in comparison.differences],
        "left": [[one.check, one.name] for one in comparison.left],
    }


def _difference(one: Difference) -> dict[str, Any]:
    found = {**asdict(one), "clauses": list(one.clauses), "facts": list(one.facts)}
    found["explained_by"] = [{"switch": name, "value": value} for name, value in one.explained_by]
    found["rules"] = [{"says": rule.says, "facts": list(rule.facts)} for rule in one.rules]
    return found


def as_markdown(comparison: Comparison, about: str, profile: Profile) -> str:
    """Give the page."""
    return "\n".join(_lines(comparison, about, profile)) + "\n"


def _lines(comparison: Comparison, about: str, profile: Profile) -> Iterator[str]:
    count = len(comparison.differences)
    yield "# Where the real one differs from the model"
    yield ""
    yield f"Real: {in_line(about)}. Model: profile {profile.name} ({profile.version})."
    yield f"{comparison.compared} checks were compared; {count} verdicts and observed values differ."
    for reason, number in comparison.not_compared.items():
        yield f"* not compared: {number}, {in_line(reason)}"
    if comparison.switches:
        yield ""
        yield "## What this tells of open questions"
        yield ""
        yield "With these values the model comes to what the real one came to; each was tried out."
        yield ""
        yield "| switch | what is open | facts | model | real |"
        yield "|---|---|---|---|---|"
    for name, value in comparison.switches.items():
        played = profile.switch_set({}).value(name)
        facts = ", ".join(facts_of(name))
        yield f"| {name} | {in_line(SWITCHES[name].meaning)} | {facts} | {in_line(played)} | {in_line(value)} |"
    if count:
        yield ""
        yield f"{count - len(comparison.left)} of {count} differences are gone then; {len(comparison.left)} are not."
    for title, wanted in _PARTS:
        chosen = [one for one in comparison.differences if _part_of(one) == wanted]
        if chosen:
            yield ""
            yield f"## {title} ({len(chosen)})"
        for one in chosen:
            yield from _of(one)


_PARTS = (
    ("Explained by a switch", "explained"),
    ("Not explained: a rule or a fact is wrong, or nobody has asked yet", "open"),
    ("The model does not come to the same twice", "unsteady"),
)


def _part_of(one: Difference) -> str:
    if not one.steady:
        return "unsteady"
    return "explained" if one.explained_by else "open"


def _of(one: Difference) -> Iterator[str]:
    yield ""
    what = f", {in_line(one.name)}" if one.name else ""
    yield f"* {in_code(one.check)}{what} ({in_line(', '.join((*one.clauses, *one.facts)))})"
    yield f"  * model: {in_code(one.model)}"
    yield f"  * real: {in_code(one.real)}" + (f": {in_line(one.message)}" if one.message else "")
    for name, value in one.explained_by:
        yield f"  * as {name}={in_line(value)} ({', '.join(facts_of(name))})"
    if not one.explained_by:
        for rule in one.rules:
            yield f"  * rule: {in_line(rule.says)} ({', '.join(rule.facts)})"
