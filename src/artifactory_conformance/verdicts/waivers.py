"""Findings that somebody has accepted for a time: a waiver hides a finding, and supplies no evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from artifactory_conformance.verdicts.model import CheckResult, Verdict


@dataclass(frozen=True)
class Waiver:
    """One accepted finding: of a clause or of a check, one of the two; why, where that was decided, until when.

    check: id of a check; without its parameters it is of all of them. expires: the last day, in UTC, that it counts.
    """

    reason: str
    ticket: str
    expires: date
    clause: str = ""
    check: str = ""

    @property
    def name(self) -> str:
        """What it is of."""
        return self.clause or self.check

    def covers(self, result: CheckResult) -> bool:
        """Tell whether a result is of what it names."""
        check = result.check
        return self.clause in check.clauses if self.clause else self.check in {check.id, check.id.partition("[")[0]}


class WaiverState(str, Enum):
    """What became of a waiver in a run; all but the first two are errors of the run."""

    APPLIED = "applied"  # it hides at least one finding
    UNUSED = "unused"  # what it is of was neither found nor shown to be gone
    EXPIRED = "expired"  # it hides nothing any more
    MATCHES_NOTHING = "matches nothing"  # there is no such check, or no check of such a clause
    NO_LONGER_NEEDED = "no longer needed"  # what it is of is conformant

    @property
    def is_error(self) -> bool:
        """Whether it has to be put right."""
        return self not in {WaiverState.APPLIED, WaiverState.UNUSED}


@dataclass(frozen=True)
class WaiverResult:
    """What became of a waiver. checks: ids of those whose findings it hides."""

    waiver: Waiver
    state: WaiverState
    checks: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """What is wrong with it and what to do, in one line; empty if nothing is."""
        what = f"waiver of {self.waiver.name} ({self.waiver.ticket})"
        remedies = {
            WaiverState.EXPIRED: f"has expired on {self.waiver.expires}: decide again, or remove it",
            WaiverState.MATCHES_NOTHING: "matches no check: correct its name, or remove it",
            WaiverState.NO_LONGER_NEEDED: "is no longer needed, what it is of is conformant: remove it",
        }
        return f"{what} {remedies[self.state]}" if self.state in remedies else ""


def waive(
    results: Mapping[str, CheckResult],
    waivers: Iterable[Waiver],
    today: date,
    *,
    known: Collection[str],
    complete: bool,
    fail_on_warning: bool = False,
) -> tuple[dict[str, CheckResult], tuple[WaiverResult, ...]]:
    """Take findings that are waived for such, and say of each waiver what became of it.

    A finding is nonconformant or, where warnings fail the run, a warning: something that was seen. What is inconclusive
    or was not run is nothing that could be accepted. A check is waived if its own id is, or all of its clauses are.

    known: ids, without parameters, of all checks that there are, selected or not. complete: whether none was left out.
    """
    every = list(waivers)
    valid = [waiver for waiver in every if waiver.expires >= today]
    findings = {Verdict.NONCONFORMANT} | ({Verdict.WARNING} if fail_on_warning else set())
    accepted = {name for name, result in results.items() if result.verdict in findings and _is_accepted(result, valid)}
    waived = {name: _hidden(result) if name in accepted else result for name, result in results.items()}
    told = []
    for waiver in every:
        matched = [result for result in waived.values() if waiver.covers(result)]
        hidden = tuple(sorted(result.check.id for result in matched if result.verdict is Verdict.WAIVED))
        if waiver not in valid:
            told.append(WaiverResult(waiver, WaiverState.EXPIRED))
        elif hidden:
            told.append(WaiverResult(waiver, WaiverState.APPLIED, hidden))
        elif not matched and (complete if waiver.clause else waiver.check.partition("[")[0] not in known):
            told.append(WaiverResult(waiver, WaiverState.MATCHES_NOTHING))
        elif _is_conformant(matched) and (complete or waiver.check):
            told.append(WaiverResult(waiver, WaiverState.NO_LONGER_NEEDED))
        else:
            told.append(WaiverResult(waiver, WaiverState.UNUSED))
    return waived, tuple(told)


def _is_accepted(result: CheckResult, valid: Collection[Waiver]) -> bool:
    covering = [waiver for waiver in valid if waiver.covers(result)]
    clauses = {waiver.clause for waiver in covering}
    return any(waiver.check for waiver in covering) or (bool(clauses) and clauses.issuperset(result.check.clauses))


def _hidden(result: CheckResult) -> CheckResult:
    return replace(result, judgement=replace(result.judgement, verdict=Verdict.WAIVED))


def _is_conformant(results: Collection[CheckResult]) -> bool:
    """Tell whether something was shown and nothing is open."""
    verdicts = {result.verdict for result in results}
    return Verdict.CONFORMANT in verdicts and verdicts <= {
        Verdict.CONFORMANT,
        Verdict.OBSERVED,
        Verdict.NOT_APPLICABLE,
    }
