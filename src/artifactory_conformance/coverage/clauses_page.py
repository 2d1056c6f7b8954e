"""docs/clauses.md: what becomes of each clause of the guide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from artifactory_conformance.coverage.honest import FULLY, honest, unused
from artifactory_conformance.coverage.inventory import Check, count
from artifactory_conformance.coverage.markdown import plain
from artifactory_conformance.coverage.standpoints import STANDPOINTS
from artifactory_conformance.guide import Clause, clauses
from artifactory_conformance.verdicts import unchecked

HEAD = """\
# The guide's clauses and their checks

{summary}

Made from the clauses, the checks and what their fixtures need (`make docs`). A clause is judged by the checks that
assert it; an observing check records what nobody can know beforehand. Where a run can give none of a clause's checks
what it needs, the clause is `not run` with the reasons named here. Where an instance alone shows a clause in part only,
it says what stays open. Standpoints:

"""


def clauses_page(checks: Sequence[Check]) -> str:
    """Give the page docs/clauses.md. checks: all of the suite."""
    legend = "".join(f"* **{point.name}**: {point.means}\n" for point in STANDPOINTS)
    text = [HEAD.format(summary=_summary(checks)), legend]
    chapter = ""
    for clause in clauses().values():
        if chapter != (chapter := clause.id.partition("-")[0]):
            text.append(f"\n## {chapter}\n")
        text.append(_clause(clause, [check for check in checks if clause.id in check.info.clauses]))
    return "".join(text)


def _summary(checks: Sequence[Check]) -> str:
    without = unchecked()
    checked = {name for check in checks for name in check.info.clauses if not check.info.observes}
    watched = {name for check in checks for name in check.info.clauses} - checked
    accounted = [name for name in clauses() if name in checked | watched | set(without)]
    return (
        f"{len(accounted)} of {len(clauses())} clauses are accounted for: {len(checked)} asserted, {len(watched)} only "
        f"observed, {len(without)} without a check. {count(checks, observing=False)} checks assert, "
        f"{count(checks, observing=True)} observe; {_others(checks)}."
    )


def _others(checks: Sequence[Check]) -> str:
    beyond = [check for check in checks if not check.info.clauses]
    return (
        f"{count(beyond, observing=False)} and {count(beyond, observing=True)} of them are about what clients rely on"
    )


def _clause(clause: Clause, checks: Sequence[Check]) -> str:
    lines = [f"\n### {clause.id} ({clause.force.value})\n\n{plain(clause.says)}\n\n"]
    lines += [f"* {name}: {plain(text)}\n" for name, text in _notes(clause).items() if text]
    if not checks:
        reason = unchecked().get(clause.id, "nobody has written down why")
        lines.append(f"* no check: {plain(reason)}\n* the report says: {plain(clause.fix)}\n")
        return "".join(lines)
    for observing, verb in ((False, "asserted by"), (True, "observed by")):
        lines += [
            f"* {verb} `{check}` ({where})\n"
            for check, where in _functions(c for c in checks if c.info.observes is observing).items()
        ]
    judging = [check for check in checks if not check.info.observes] or checks
    elsewhere = {point.name: point.not_run(judging) for point in STANDPOINTS}
    seen = ", ".join(name for name, reasons in elsewhere.items() if not reasons)
    lines.append(f"* seen from: {seen or 'nowhere'}\n")
    if away := [f"{name} ({', '.join(r.value for r in reasons)})" for name, reasons in elsewhere.items() if reasons]:
        lines.append(f"* not run from: {', '.join(away)}\n")
    return "".join([*lines, *_honest(clause, checks)])


def _honest(clause: Clause, checks: Sequence[Check]) -> list[str]:
    missing = unused(clause.id, checks)
    return [
        f"* as {person}{'' if opens == FULLY else ', partly'}{' (no check yet)' if person in missing else ''}"
        f"{'' if opens == FULLY else ': ' + plain(opens)}\n"
        for person, opens in honest().get(clause.id, {}).items()
        if opens != FULLY or person in missing
    ]


def _notes(clause: Clause) -> Mapping[str, str]:
    return {"contested": clause.contested, "caveat": clause.caveat}


def _functions(checks: Iterable[Check]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for check in checks:
        where = ", ".join(filter(None, (check.info.vantage, check.info.level, check.versions)))
        found.setdefault(check.function, []).append(where)
    return {name: "; ".join(dict.fromkeys(wheres)) for name, wheres in found.items()}
