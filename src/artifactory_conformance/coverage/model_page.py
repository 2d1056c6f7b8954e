"""docs/model.md: what the reference model does, what it leaves open, and what it plays by profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from artifactory_conformance.coverage.markdown import plain
from artifactory_conformance.guide.facts import Confidence, facts
from artifactory_conformance.reference.profiles import PROFILES
from artifactory_conformance.reference.rules import AREAS, LEFT_TO_DEFECTS, NOT_PLAYED, Absence, Rule
from artifactory_conformance.reference.switch import Switch
from artifactory_conformance.reference.switches import SWITCHES

HEAD = """\
# The reference model

Made from the model's own tables and from the facts (`make docs`). {rules} rules stand on {facts} facts; {switches}
switches hold what the facts leave open. A profile is a version, an edition and a value for each switch: the first that
the version can have, unless something is known. *Known* is the best confidence of the facts cited, in the words of
[coverage.md](coverage.md).

    python -m artifactory_conformance serve-model --profile 7.161-pro --switch range=200
"""

OPEN_QUESTIONS = 30


def model_page() -> str:
    """Give the page docs/model.md."""
    cited = {fact for area in AREAS for rule in area.rules for fact in rule.facts}
    rules = sum(len(area.rules) for area in AREAS)
    parts = [HEAD.format(rules=rules, facts=len(cited), switches=len(SWITCHES)), "\n## Rules\n"]
    for area in AREAS:
        parts.append(f"\n### {area.title}\n\n| rule | facts | known | switches |\n|---|---|---|---|\n")
        parts += [_rule(rule) for rule in area.rules]
    parts += ["\n## Switches\n\n", *_switches(), "\n## Open questions of the facts\n\n", *_open_questions()]
    parts += ["\n## Not played\n\n", *_absences(NOT_PLAYED)]
    parts += ["\n## Left to the defects\n\nNo value of a switch, since no clean suite could live with it.\n\n"]
    return "".join([*parts, *_absences(LEFT_TO_DEFECTS)])


def _row(*cells: str) -> str:
    return "| " + " | ".join(plain(cell) for cell in cells) + " |\n"


def _rule(rule: Rule) -> str:
    return _row(rule.says, ", ".join(rule.facts), _known(rule.facts), ", ".join(rule.switches))


def _known(cited: Iterable[str]) -> str:
    """Give the best confidence of each fact, all of them once."""
    best = (min(facts()[name].confidence, key=list(Confidence).index) for name in cited)
    return ", ".join(dict.fromkeys(code.value for code in best))


def _switches() -> list[str]:
    names = list(PROFILES)
    rows = [_row("switch", "values", "fact", "what is open", *names), "|---" * (4 + len(names)) + "|\n"]
    chosen = [profile.switch_set({}) for profile in PROFILES.values()]
    for switch in SWITCHES.values():
        rows.append(
            _row(
                switch.name,
                ", ".join(_value(switch, value) for value in switch.values),
                switch.fact,
                switch.meaning,
                *(values.value(switch.name) for values in chosen),
            )
        )
    return rows


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
