"""docs/coverage.md: what becomes of what clients and operators rely on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.coverage.markdown import confidence_list, plain
from artifactory_conformance.coverage.reasons import reasons, relied_on
from artifactory_conformance.guide.facts import Fact

HEAD = """\
# What clients and operators rely on

{summary}

Made from the facts, the checks that cite them and the reasons (`make docs`). Asserted: a check about it can fail; where
the fact is not sure, the check takes every answer that clients can live with. Guarded: the same, on the versions that
it is known of. Observed: recorded, for nobody knows what has to be seen. The guide's own clauses are in
[clauses.md](clauses.md).

*Known* says why a fact is believed, and of which versions:

{confidence}"""

_CHAPTERS: tuple[tuple[str, Callable[[Fact], bool]], ...] = (
    ("What is expected of what", lambda fact: fact.id.startswith("row ")),
    ("Known bugs, changed behaviour, pains", lambda fact: fact.id.startswith("B-")),
    ("What breaks between clients and Artifactory", lambda fact: fact.id.startswith("client ")),
    ("Cases by what a customer gains", lambda fact: fact.source == "users-and-clients" and fact.id.startswith("T")),
    ("Rules of the generic engine that are worth a check", lambda fact: fact.worth_testing),
)


def uncovered(checks: Sequence[Check]) -> tuple[str, ...]:
    """Give the ids that no check cites and no reason excuses."""
    cited = {name for check in checks for name in check.info.facts}
    return tuple(name for name in relied_on() if name not in cited and name not in reasons())


def facts_page(checks: Sequence[Check]) -> str:
    """Give the page docs/coverage.md. checks: all of the suite."""
    text = [HEAD.format(summary=_summary(checks), confidence=confidence_list())]
    for title, belongs in _CHAPTERS:
        text.append(f"\n## {title}\n\n| fact | known | says | covered |\n|---|---|---|---|\n")
        text += [_row(fact, checks) for fact in relied_on().values() if belongs(fact)]
    return "".join(text)


def _summary(checks: Sequence[Check]) -> str:
    asserted = {name for check in checks if not check.info.observes for name in check.info.facts} & set(relied_on())
    observed = {name for check in checks for name in check.info.facts} & set(relied_on()) - asserted
    return (
        f"{len(relied_on())} facts: {len(asserted)} asserted or guarded, {len(observed)} observed, {len(reasons())} "
        f"with a reason why no check can be about them, {len(uncovered(checks))} open."
    )


def _row(fact: Fact, checks: Sequence[Check]) -> str:
    known = ", ".join(code.value for code in fact.confidence) + (f" ({fact.versions})" if fact.versions else "")
    return f"| {fact.id} | {plain(known)} | {plain(fact.says)} | {plain(_covered(fact, checks))} |\n"


def _covered(fact: Fact, checks: Sequence[Check]) -> str:
    ways: dict[str, list[str]] = {}
    for check in checks:
        if fact.id in check.info.facts:
            functions = ways.setdefault(_way(check), [])
            if f"`{check.function}`" not in functions:
                functions.append(f"`{check.function}`")
    if ways:
        return "; ".join(f"{way} {', '.join(functions)}" for way, functions in sorted(ways.items()))
    return f"no check: {reasons().get(fact.id, 'open')}"


def _way(check: Check) -> str:
    if check.info.observes:
        return "observed by"
    return f"guarded ({check.versions}) by" if check.versions else "asserted by"
