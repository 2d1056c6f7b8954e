"""What somebody reads at the end of a run: one line a clause, one block a problem, and where the report is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from artifactory_conformance.diagnosis import Certainty
from artifactory_conformance.reporting.advice import next_step, owner_and_fix
from artifactory_conformance.reporting.results import RunResults
from artifactory_conformance.verdicts import CheckResult, ClauseResult, Reason, Verdict

_COLOURS = {
    Verdict.CONFORMANT: {"green": True},
    Verdict.WARNING: {"yellow": True},
    Verdict.WAIVED: {"yellow": True},
    Verdict.NOT_RUN: {"cyan": True},
    Verdict.NOT_APPLICABLE: {"cyan": True},
    Verdict.OBSERVED: {"blue": True},
}
_RED = {"red": True}
_COUNTED_ONLY = {Reason.TARGET_LOST, Reason.NOT_CONFIRMED, Reason.NEVER_RAN}
"""Reasons that say nothing of a single check; the last lines count them."""
_TOLD_TOGETHER = (Reason.NOT_SELECTED, Reason.NO_CHECK, Reason.NEEDS_ARTIFACTORY)
"""Reasons for which a clause gets no line of its own."""
_WITH_REASON = {Verdict.NOT_RUN, Verdict.NOT_APPLICABLE, Verdict.INCONCLUSIVE}
_MOST_CAUSES, _MOST_NAMES = 3, 5
"""How many causes, and how many unexplained checks, are named; results.json has all."""
_SHOWN = (Verdict.NONCONFORMANT, Verdict.INCONCLUSIVE, Verdict.WAIVED, Verdict.WARNING)


class Paper(Protocol):
    """What results are written on: pytest's terminal reporter is one."""

    def section(self, title: str, sep: str = ..., **markup: bool) -> None:
        """Write a title across the whole width."""

    def write_line(self, line: str, **markup: bool) -> None:
        """Write a line; markup: how a terminal shows it."""


class Plain:
    """Paper without colours: every line goes to a function, with what a terminal would obey written out."""

    width = 100

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    def section(self, title: str, sep: str = "=", **_: bool) -> None:
        """Write a title across the whole width."""
        self._write(f" {title} ".center(self.width, sep))

    def write_line(self, line: str, **_: bool) -> None:
        """Write a line; a control character in it is shown, not obeyed."""
        self._write("".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in line))


def summary_text(run: RunResults) -> str:
    """Give what the terminal shows at the end of a run, as text."""
    lines: list[str] = []
    Screen(Plain(lines.append)).show(run)
    return "".join(f"{line}\n" for line in lines)


class Screen:
    """Prints results on a terminal, or on other paper."""

    def __init__(self, reporter: Paper) -> None:
        self._out = reporter

    def show(self, run: RunResults) -> None:
        """Print problems, the summary by clause, and the last lines."""
        self._problems(run)
        self._clauses(run)
        self._diagnosis(run)
        self._last_lines(run)

    def _problems(self, run: RunResults) -> None:
        shown = [c for c in run.checks if c.verdict in _SHOWN and c.judgement.reason not in _COUNTED_ONLY]
        if shown:
            self._out.section("what was found", sep="=")
        for result in sorted(shown, key=lambda result: (result.verdict.severity, result.check.id)):
            self._one(result, run)

    def _one(self, result: CheckResult, run: RunResults) -> None:
        check, judgement = result.check, result.judgement
        self._out.write_line("")
        reason = f" ({judgement.reason.value})" if judgement.verdict is Verdict.INCONCLUSIVE else ""
        self._out.write_line(f"{judgement.verdict.value}{reason}: {check.id}", **_COLOURS.get(result.verdict, _RED))
        self._out.write_line(f"  check   {check.title}")
        for line in judgement.message.splitlines():
            self._out.write_line(f"  seen    {line}")
        for found in run.waivers:
            if check.id in found.checks:
                waiver = found.waiver
                self._out.write_line(f"  waived  until {waiver.expires}, {waiver.ticket}: {waiver.reason}")
        if not check.clauses and check.facts:
            self._out.write_line(f"  because clients or operators rely on it: {', '.join(check.facts)}")
        if judgement.verdict is not Verdict.INCONCLUSIVE:
            for clause in (c.clause for c in run.clauses if c.clause.id in check.clauses):
                self._out.write_line(f"  guide   {clause.id} ({clause.force.value}): {clause.says}")
                if clause.contested:
                    self._out.write_line(f"  but     {clause.contested}")
                self._out.write_line("  do      " + ": ".join(owner_and_fix(clause, run.settings)))

    def _clauses(self, run: RunResults) -> None:
        self._out.section("summary by clause", sep="=")
        aside = {reason: [c for c in run.clauses if c.judgement.reason is reason] for reason in _TOLD_TOGETHER}
        for result in run.clauses:
            if result.judgement.reason not in aside:
                self._clause(result, run)
        if left_out := aside[Reason.NOT_SELECTED]:
            required = sum(result.clause.id in run.floor for result in left_out)
            line = f"not selected: {len(left_out)} of {len(run.clauses)} clauses, {required} of them required"
            self._out.write_line(line, cyan=True)
        if beyond := len(aside[Reason.NEEDS_ARTIFACTORY]):
            self._out.write_line(f"of an Artifactory alone: {beyond} of {len(run.clauses)} clauses", cyan=True)
        if without := [result.clause.id for result in aside[Reason.NO_CHECK]]:
            self._out.write_line(f"without a check in this version: {', '.join(without)}")

    def _clause(self, result: ClauseResult, run: RunResults) -> None:
        verdict = result.verdict
        why = f"  {result.judgement.reason.value}" if verdict in _WITH_REASON else ""
        needed = "  (required)" if result.clause.id in run.floor and not verdict.says_something else ""
        counted = f"{len(result.checks)} check{'s' if len(result.checks) != 1 else ''}"
        line = f"{result.clause.id:<12} {verdict.value:<14} {counted:<10}{why}{needed}"
        self._out.write_line(line.rstrip(), **_COLOURS.get(verdict, _RED))

    def _diagnosis(self, run: RunResults) -> None:
        """Name the first causes; silent where there is nothing to explain."""
        diagnosis = run.diagnosis
        if not diagnosis.findings and not diagnosis.unexplained:
            return
        self._out.section("diagnosis", sep="=")
        for found in diagnosis.findings[:_MOST_CAUSES]:
            told = found.as_data()
            surest = found.certainty is Certainty.PROVED
            self._out.write_line(f"{told['certainty']}: {told['title']}", red=surest, yellow=not surest)
            for because in told["because"]:
                self._out.write_line(f"  because {because}")
            self._out.write_line(f"  do      {told['owner']}: {told['remedy']}")
            if told["surer"]:
                self._out.write_line(f"  surer   {told['surer']}")
        if more := len(diagnosis.findings[_MOST_CAUSES:]):
            self._out.write_line(f"and {more} less likely; results.json has all of them")
        if diagnosis.unexplained:
            names = ", ".join(diagnosis.unexplained[:_MOST_NAMES])
            more_names = f" and {rest} more" if (rest := len(diagnosis.unexplained[_MOST_NAMES:])) else ""
            self._out.write_line(f"unknown: what is behind {names}{more_names}", yellow=True)

    def _lacking(self, run: RunResults) -> None:
        """Say for each thing that checks needed and the run had not what to do about it."""
        for remedy in sorted({check.judgement.message for check in run.checks if check.verdict is Verdict.NOT_RUN}):
            self._out.write_line(f"  {remedy}")

    def _waivers(self, run: RunResults) -> None:
        """Name every waiver and what became of it, whatever else happened."""
        for found in run.waivers:
            waiver, error = found.waiver, found.state.is_error
            line = f"waiver of {waiver.name} ({waiver.ticket}, until {waiver.expires}): {found.state.value}"
            hides = f", hides the findings of {len(found.checks)}" if found.checks else ""
            self._out.write_line(f"{line}{hides}", red=error, yellow=not error)

    def _last_lines(self, run: RunResults) -> None:
        self._out.section("result", sep="=")
        self._out.write_line(run.about)
        self._out.write_line(run.counted())
        for told in run.compared:
            self._out.write_line(told)
        if run.partial:
            self._out.write_line(f"partial run: {'; '.join(run.partial)}")
        self._lacking(run)
        self._waivers(run)
        for note in run.notes:
            self._out.write_line(f"note: {note}", yellow=True)
        self._out.write_line(f"report: {run.settings.reports / 'results.json'}")
        if run.bundle:
            self._out.write_line(
                f"for support: {run.settings.reports / run.bundle}, without secrets; its README.txt tells"
            )
        if step := next_step(run.exit_code, run.checks, run.settings):
            self._out.write_line(f"to do: {step}")
        if run.why:
            self._out.write_line(f"exit code {run.exit_code}: {run.why}", red=True, bold=True)
        elif run.exit_code == 0:
            self._out.write_line("exit code 0: everything that a run like this must show is shown", green=True)
