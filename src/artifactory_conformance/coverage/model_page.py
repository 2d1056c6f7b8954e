"""docs/model.md: what the reference model does, what it leaves open, and what it plays by profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from artifactory_conformance.coverage.markdown import confidence_list, plain
from artifactory_conformance.guide.facts import Confidence, facts
from artifactory_conformance.reference.profiles import PROFILES
from artifactory_conformance.reference.rules import AREAS, LEFT_TO_DEFECTS, NOT_PLAYED, Absence, Rule
from artifactory_conformance.reference.switch import Switch
from artifactory_conformance.reference.switches import SWITCHES

HEAD = """\
# The reference model

Made from the model's own tables and from the facts (`make docs`). {rules} rules stand on {facts} facts; {switches}
switches hold what the facts leave open. A profile is a version, an edition and a value for each switch: the first that
the version can have, unless something is known.

Profiles: {profiles}.

*Known* is the best reason to believe each of the facts cited:

{confidence}
To start one by hand:

    python -m artifactory_conformance serve-model --profile 7.161-pro --switch range=200
"""

PLAYED = "*Played* is what all profiles play, or which profiles play what.\n"

OPEN_QUESTIONS = 30


def model_page() -> str:
    """Give the page docs/model.md."""
    cited = {fact for area in AREAS for rule in area.rules for fact in rule.facts}
    rules = sum(len(area.rules) for area in AREAS)
    parts = [_head(rules, len(cited)), "\n## Rules\n"]
    for area in AREAS:
        parts.append(f"\n### {area.title}\n\n| rule | facts | known | switches |\n|---|---|---|---|\n")
        parts += [_rule(rule) for rule in area.rules]
    parts += ["\n## Switches\n\n", PLAYED, *_switches(), "\n## Open questions of the facts\n\n", *_open_questions()]
    parts += ["\n## Not played\n\n", *_absences(NOT_PLAYED)]
    parts += ["\n## Left to the defects\n\nNo value of a switch, since no clean suite could live with it.\n\n"]
    return "".join([*parts, *_absences(LEFT_TO_DEFECTS)])


def _head(rules: int, cited: int) -> str:
    return HEAD.format(
        rules=rules,
        facts=cited,
        switches=len(SWITCHES),
        profiles=", ".join(f"{name} ({profile.version})" for name, profile in PROFILES.items()),
        confidence=confidence_list(),
    )


def _row(*cells: str) -> str:
    return "| " + " | ".join(plain(cell) for cell in cells) + " |\n"


def _rule(rule: Rule) -> str:
    return _row(rule.says, ", ".join(rule.facts), _known(rule.facts), ", ".join(rule.switches))


def _known(cited: Iterable[str]) -> str:
    """Give the best confidence of each fact, all of them once."""
    best = (min(facts()[name].confidence, key=list(Confidence).index) for name in cited)
    return ", ".join(dict.fromkeys(code.value for code in best))


def _switches() -> list[str]:
    """Give a table for each area, every switch in the first area with a rule that it varies."""
    parts: list[str] = []
    told: set[str] = set()
    for area in AREAS:
        names = [name for rule in area.rules for name in rule.switches]
        new = [name for name in dict.fromkeys(names) if name not in told]
        if new:
            parts += [
                f"\n### What is open: {area.title}\n\n",
                _row("switch", "values", "fact", "what is open", "played"),
            ]
            parts += ["|---|---|---|---|---|\n", *(_switch(SWITCHES[name]) for name in new)]
        told.update(new)
    return parts


def _switch(switch: Switch) -> str:
    values = ", ".join(_value(switch, value) for value in switch.values)
    return _row(switch.name, values, switch.fact, switch.meaning, _played(switch))


def _played(switch: Switch) -> str:
    """Give what the profiles play: one value where all agree, otherwise each value with its profiles."""
    played: dict[str, list[str]] = {}
    for profile in PROFILES.values():
        played.setdefault(profile.switch_set({}).value(switch.name), []).append(profile.name)
    if len(played) == 1:
        return next(iter(played))
    return "; ".join(f"{value}: {', '.join(names)}" for value, names in played.items())


def _value(switch: Switch, value: str) -> str:
    window = switch.windows.get(value)
    if window is None:
        return value
    limits = [f"from {window.since}"] if window.since else []
    limits += [f"before {window.before}"] if window.before else []
    return f"{value} ({', '.join(limits)})"


def _open_questions() -> list[str]:
    rows = [_row("question", "what", "switches"), "|---|---|---|\n"]
    for number in range(1, OPEN_QUESTIONS + 1):
        name = f"open {number}"
        rows.append(_row(name, facts()[name].says, ", ".join(switches_about(name))))
    return rows


def switches_about(fact: str) -> tuple[str, ...]:
    """Give the switches of the rules that cite a fact."""
    found = (name for area in AREAS for rule in area.rules if fact in rule.facts for name in rule.switches)
    return tuple(dict.fromkeys(found))


def _absences(absences: Sequence[Absence]) -> list[str]:
    return [_row("what", "facts", "why not"), "|---|---|---|\n", *(_row(a.what, a.cites, a.reason) for a in absences)]
