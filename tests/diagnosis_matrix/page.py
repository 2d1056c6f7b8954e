"""The page that the rows make: figures, what was answered to each mistake, and the catalogue of causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from artifactory_conformance.diagnosis import catalogue_markdown
from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
from tests.diagnosis_matrix.answers import Judged, judge
from tests.diagnosis_matrix.chosen import all_pairs
from tests.diagnosis_matrix.expected import Expected, expected, held_back
from tests.diagnosis_matrix.rows import Store
from tests.diagnosis_matrix.standpoints import STANDPOINTS

AIMS = {"mutate": 1.0, "pull, administrator": 1.0, "pull, user": 0.9}
PAIRS_AIM = 0.85

HEAD = """# Diagnosis

An instance is set up as the guide says, used, and made wrong a day later; a run of the suite looks at it and says what
the cause is. `make diagnosis` makes the runs (`tests/diagnosis_matrix`). The answers below are those of today's rules
to what those saw, which docs/diagnosis.json keeps. In each run the checks run that some misconfiguration makes fail
(docs/kill-matrix.json), with what they build on: all others say the same of an instance whatever mistake is made there.
"""

RULES = """\
* Right: the first finding is the cause; with two mistakes, the first two findings are both causes. Mistakes that leave
  exactly the same verdicts and probes cannot be told apart: a cause that is true of each of them is right there, too.
* A mistake cannot be seen from a standpoint where it changes no verdict and no probe; beside another one, where that
  one alone leaves the same. It is asked for by nobody, and never counted as right.
* Sure of what is not there: a finding that is called proved, or a first one that is called likely, that is true of none
  of the mistakes that were made.
* Held back: a third, by the hash of the names, that nobody looks at who writes rules.
* The cause that is expected of each is in `tests/diagnosis_matrix/expected.yaml`, written from what the mistake is.
"""

SAID = 3
"""How many findings of an answer a row shows."""


def as_markdown(store: Store) -> str:
    """Write the page of a store, whose answers are taken as they are."""
    wanted = expected()
    ones = {name: [judge(row, store, wanted) for row in store.of(name, 1)] for name in STANDPOINTS}
    twos = {name: [judge(row, store, wanted) for row in store.of(name, 2) if not row.unmade] for name in STANDPOINTS}
    good = [judge(row, store, wanted) for name in STANDPOINTS for row in store.of(name, 0)]
    every = [*good, *(one for found in (*ones.values(), *twos.values()) for one in found)]
    names = [name for name in MISCONFIGURATIONS if not held_back(name)]
    kept_away = [name for name in MISCONFIGURATIONS if held_back(name)]
    lines = [
        HEAD,
        *[line for name in STANDPOINTS for line in _figures(name, ones[name], twos[name])],
        f"* Sure of a cause that is not there: {sum(bool(one.confident) for one in every)} of {len(every)} answers, "
        f"those to {len(good)} looks at an instance with nothing wrong among them.",
        f"* Of {len(all_pairs(store.writes))} pairs of mistakes that do not overwrite each other "
        f"{len({one.row.mistakes for found in twos.values() for one in found})} were looked at.",
        "",
        "## What counts",
        "",
        *[f"* {one.name}: {one.means}." for one in STANDPOINTS.values()],
        RULES,
        *_section("One mistake", names, ones, wanted),
        "",
        *_section("One mistake, of the third that is held back", kept_away, ones, wanted),
        "",
        "## Two mistakes",
        "",
        *_pairs(twos),
        "",
        "## Causes",
        "",
        catalogue_markdown().rstrip(),
    ]
    return "\n".join(lines) + "\n"


def _share(right: int, of: int) -> str:
    return f"{right} of {of}" + (f" ({100 * right // of} %)" if of else "")


def _figures(name: str, ones: Sequence[Judged], twos: Sequence[Judged]) -> list[str]:
    seen = [one for one in ones if one.visible]
    apart = [one for one in seen if one.held_back]
    both = [two for two in twos if two.visible]
    ours = [one for one in seen if not one.held_back]
    right, own, held = (_share(sum(one.right for one in some), len(some)) for some in (seen, ours, apart))
    shared = sum(one.right and not one.by_name for one in seen)
    found = [
        f"* {name}, one mistake: {right} right, {shared} of them by what all have in common that look the same; "
        f"{own} of those that rules are written for, where the aim is {100 * AIMS[name]:.0f} %, and {held} of the "
        f"third that is held back. {len(ones) - len(seen)} of {len(ones)} cannot be seen from there."
    ]
    if both:
        found.append(
            f"* {name}, two mistakes: {_share(sum(two.right for two in both), len(both))} right; the aim is "
            f"{100 * PAIRS_AIM:.0f} %."
        )
    return found


def _section(
    title: str, names: Sequence[str], ones: Mapping[str, Sequence[Judged]], wanted: Mapping[str, Expected]
) -> list[str]:
    cells = {(name, one.row.mistakes[0]): one for name, found in ones.items() for one in found}
    return [
        f"## {title}",
        "",
        f"| misconfiguration | cause | {' | '.join(STANDPOINTS)} |",
        f"|---|---|{'---|' * len(STANDPOINTS)}",
        *[
            f"| {mistake} | {', '.join(sorted(wanted[mistake].causes))} | "
            f"{' | '.join(_cell(cells.get((name, mistake))) for name in STANDPOINTS)} |"
            for mistake in names
        ],
    ]


def _cell(one: Judged | None) -> str:
    if one is None:
        return "**not looked at**"
    stale = "" if one.row.fresh else ", **of an older mistake**"
    if one.right:
        return f"right, {one.row.answer[0][1]}{'' if one.by_name else f': {one.row.answer[0][0]}'}{stale}"
    if not one.visible and not one.row.answer:
        return f"cannot be seen{stale}"
    return f"{'**not right**' if one.visible else 'cannot be seen'}: {_said(one)}{stale}"


def _said(one: Judged) -> str:
    told = [f"{cause} ({word})" for cause, word in one.row.answer[:SAID]]
    sure = f"; **sure of {', '.join(one.confident)}**" if one.confident else ""
    return (", ".join(told) or "unknown") + sure


def _pairs(twos: Mapping[str, Sequence[Judged]]) -> list[str]:
    rows = [two for found in twos.values() for two in found if not two.right and (two.visible or two.confident)]
    if not any(twos.values()):
        return ["None was looked at."]
    return [
        "Those that are not right; all others are in docs/diagnosis.json.",
        "",
        "| standpoint | mistakes | to be seen | answer |",
        "|---|---|---|---|",
        *[
            f"| {two.row.standpoint} | {', '.join(two.row.mistakes)} | {len(two.visible)} | {_said(two)} |"
            for two in rows
        ],
    ]
