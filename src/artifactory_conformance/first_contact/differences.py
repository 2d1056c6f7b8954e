"""Where a real Artifactory differs from the model, and which switch of the model would make them agree.

A switch explains a difference if the model, played with another value of it, comes to what the real one came to: that
is tried out, and not guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from artifactory_conformance.first_contact.standing import other_values, rules_about, switches_about
from artifactory_conformance.reference.profiles import Profile
from artifactory_conformance.reference.rules import Rule
from artifactory_conformance.reference.switches import SWITCHES
from artifactory_conformance.reporting.changes import changes
from artifactory_conformance.reporting.steady import steady

Results = Mapping[str, Any]
Play = Callable[[Mapping[str, str], Sequence[str]], Results]
"""Runs the model with switches set otherwise, on some checks, and gives its results."""

_ABOUT_OTHERS = frozenset({"version", "version-unclear", "edition"})
"""Reasons for which a check is not about this Artifactory."""


@dataclass
class Difference:
    """One thing that the two came to differently.

    check: its id. name: of an observed value; empty for the verdict. facts: that the check cites. model, real: what
    each came to. message: what the real one's verdict says. explained_by: switches with the values that the real one
    shows. steady: whether the model came to the same when it was asked again.
    """

    check: str
    name: str
    clauses: tuple[str, ...]
    facts: tuple[str, ...]
    model: Any
    real: Any
    message: str = ""
    explained_by: list[tuple[str, str]] = field(default_factory=list)
    steady: bool = True

    @property
    def rules(self) -> list[Rule]:
        """The model's rules that stand on what the check stands on."""
        return rules_about(self.facts)

    @property
    def candidates(self) -> list[str]:
        """The switches that may be about it."""
        return switches_about(self.facts)

    def value_in(self, results: Results) -> Any:
        """Give what a run came to."""
        row = next((check for check in results["checks"] if check["id"] == self.check), None)
        if row is None:
            return None
        return steady(row["observations"]).get(self.name) if self.name else row["verdict"]


@dataclass
class Comparison:
    """Everything that was found. switches: with which the model comes closest; left: what differs even then."""

    compared: int
    not_compared: Mapping[str, int]
    differences: list[Difference]
    switches: dict[str, str] = field(default_factory=dict)
    left: list[Difference] = field(default_factory=list)


def compare(real: Results, model: Results) -> Comparison:
    """Compare the verdicts and observed values of all checks that both have come to."""
    both, not_compared = _comparable(real, model)
    reals, models = (
        {"checks": [run[name] for name in sorted(both)], "clauses": []} for run in (_rows(real), _rows(model))
    )
    found = changes(models, reals)
    rows = _rows(real)
    differences = [
        Difference(
            change.what,
            change.name,
            tuple(rows[change.what]["clauses"]),
            tuple(rows[change.what]["facts"]),
            change.before,
            change.now,
            change.message,
        )
        for change in (*found.checks, *found.observed)
    ]
    differences.sort(key=lambda difference: (difference.check, difference.name))
    return Comparison(len(both), dict(sorted(not_compared.items())), differences)


def explain(
    comparison: Comparison,
    profile: Profile,
    play: Play,
    tell: Callable[[str], None] = print,
    *,
    thorough: bool = False,
) -> None:
    """Find out which switches explain the differences, by playing each that may be about one.

    tell: takes lines about how far it is. thorough: then every other switch, for what is not explained yet.
    """
    differences = comparison.differences
    if not differences:
        return
    tell(f"{len(differences)} differences: asking the model again")
    again = play({}, _checks(differences))
    for difference in differences:
        difference.steady = difference.value_in(again) == difference.model
    open_ones = [difference for difference in differences if difference.steady]
    _try_out(_about_facts(open_ones, profile), play, tell)
    if thorough:
        silent = [difference for difference in open_ones if not difference.explained_by]
        _try_out(_about_other_facts(silent, profile), play, tell)
    comparison.switches = _fewest(open_ones)
    comparison.left = [one for one in differences if not set(one.explained_by) & set(comparison.switches.items())]
    if len(comparison.switches) > 1:  # one may undo what another does
        tell("all of them together")
        results = play(comparison.switches, _checks(differences))
        comparison.left = [one for one in differences if one.value_in(results) != one.real]


_Trial = tuple[str, str, list[Difference]]
"""A switch, another value of it, and what that may explain."""


def _about_facts(differences: Sequence[Difference], profile: Profile) -> list[_Trial]:
    names = dict.fromkeys(name for difference in differences for name in difference.candidates)
    return [
        (name, value, [difference for difference in differences if name in difference.candidates])
        for name in names
        for value in other_values(name, profile)
    ]


def _about_other_facts(differences: Sequence[Difference], profile: Profile) -> list[_Trial]:
    trials = [
        (name, value, [difference for difference in differences if name not in difference.candidates])
        for name in SWITCHES
        for value in other_values(name, profile)
    ]
    return [trial for trial in trials if trial[2]]


def _try_out(trials: Sequence[_Trial], play: Play, tell: Callable[[str], None]) -> None:
    for number, (switch, value, about) in enumerate(trials, 1):
        tell(f"{number} of {len(trials)}: {switch}={value}")
        results = play({switch: value}, _checks(about))
        for difference in about:
            if difference.value_in(results) == difference.real:
                difference.explained_by.append((switch, value))


def _fewest(differences: Sequence[Difference]) -> dict[str, str]:
    """Choose switches until every explained difference is, each time that which explains most of the others."""
    chosen: dict[str, str] = {}
    open_ones = [difference for difference in differences if difference.explained_by]
    while open_ones:
        counted = Counter(pair for difference in open_ones for pair in difference.explained_by if pair[0] not in chosen)
        if not counted:
            break
        switch, value = counted.most_common(1)[0][0]
        chosen[switch] = value
        open_ones = [difference for difference in open_ones if (switch, value) not in difference.explained_by]
    return chosen


def _checks(differences: Sequence[Difference]) -> list[str]:
    return list(dict.fromkeys(difference.check for difference in differences))


def _rows(results: Results) -> dict[str, dict[str, Any]]:
    return {check["id"]: check for check in results["checks"]}


def _comparable(real: Results, model: Results) -> tuple[set[str], Counter[str]]:
    """Give the checks that both runs have tried, and count why the others cannot be compared."""
    reals, models = _rows(real), _rows(model)
    left_out: Counter[str] = Counter()
    both = set()
    for name in {*reals, *models}:
        if name not in models or name not in reals:
            left_out["selected in one run alone"] += 1
            continue
        for row, where in ((reals[name], "the real one"), (models[name], "the model")):
            if row["verdict"] == "not run" or row["reason"] in _ABOUT_OTHERS:
                left_out[f"{where}: {row['reason'] or row['verdict']}"] += 1
                break
        else:
            both.add(name)
    return both, left_out
