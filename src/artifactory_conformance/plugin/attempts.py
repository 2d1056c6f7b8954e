"""What the processes sent about each check, gathered into attempts and judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from artifactory_conformance.guide import clauses
from artifactory_conformance.plugin.collection import check_id
from artifactory_conformance.verdicts import (
    Attempt,
    CheckInfo,
    CheckResult,
    Judgement,
    Outcome,
    OutcomeKind,
    Pulse,
    Reason,
    Verdict,
    judge,
    worst,
)


@dataclass
class _Gathered:
    info: CheckInfo
    process: str = ""
    phases: dict[str, Outcome] = field(default_factory=dict)
    exchanges: int = 0
    assertions: int = 0
    observations: dict[str, Any] = field(default_factory=dict)
    finished: float = 0.0
    started: float | None = None
    evidence: tuple[dict[str, Any], ...] = ()

    def attempt(self) -> Attempt:
        return Attempt(
            setup=self.phases.get("setup"),
            call=self.phases.get("call"),
            teardown=self.phases.get("teardown"),
            exchanges=self.exchanges,
            assertions=self.assertions,
            observations=self.observations,
            finished=self.finished,
            process=self.process,
        )

    def judgement(self, pulse: Pulse | None) -> Judgement:
        known = clauses()
        soft = bool(self.info.clauses) and all(known[name].soft for name in self.info.clauses)
        return judge(self.attempt(), soft=soft, observes=self.info.observes, pulse=pulse)


class Attempts:
    """All attempts of all checks, by node id; of several attempts the worst counts."""

    def __init__(self) -> None:
        self._gathered: dict[str, list[_Gathered]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._gathered)

    def __contains__(self, nodeid: str) -> bool:
        return nodeid in self._gathered

    def __bool__(self) -> bool:
        return bool(self._gathered)

    def add(self, nodeid: str, sent: Mapping[str, Any]) -> None:
        """Take one phase of a check as its process sent it. A set-up begins a new attempt."""
        attempts = self._gathered.setdefault(nodeid, [])
        if sent["phase"] == "setup" or not attempts:
            attempts.append(_Gathered(_info(sent["info"]), sent["process"]))
        # With --dist=each several processes run the same check at the same time.
        current = next((one for one in reversed(attempts) if one.process == sent["process"]), attempts[-1])
        found = sent["outcome"]
        outcome = Outcome(OutcomeKind(found["kind"]), found["message"], Reason(found["reason"]))
        before = current.phases.get(sent["phase"])
        if before is None or before.kind is OutcomeKind.PASSED:  # a failed subtest stays failed when its test goes on
            current.phases[sent["phase"]] = outcome
        current.process = sent["process"]
        if sent["phase"] != "teardown":  # cleaning up proves nothing
            current.exchanges = max(current.exchanges, sent["exchanges"])
        current.assertions = max(current.assertions, sent["assertions"])
        current.observations = dict(sent["observations"])
        current.started = current.started or sent["started"]
        current.finished = sent["finished"]
        current.evidence = tuple(sent["evidence"]) or current.evidence

    def crashed(self, nodeid: str, message: str) -> None:
        """Take that the process running a check ended."""
        attempts = self._gathered.setdefault(nodeid, [])
        if not attempts or "teardown" in attempts[-1].phases:
            attempts.append(_Gathered(CheckInfo(check_id(nodeid), message, ())))
        attempts[-1].phases.pop("call", None)

    def latest(self, nodeid: str, pulse: Pulse | None) -> Judgement:
        """Judge the latest attempt of a check."""
        return self._gathered[nodeid][-1].judgement(pulse)

    def result(self, nodeid: str, pulses: Mapping[str, Pulse]) -> CheckResult:
        """Judge a check by its worst attempt, against what each process knew of the target at its end."""
        attempts = self._gathered[nodeid]
        judgement = worst(one.judgement(pulses.get(one.process)) for one in attempts)
        last = attempts[-1]
        seconds = sum(one.finished - (one.started or one.finished) for one in attempts)
        return CheckResult(last.info, judgement, round(seconds, 3), last.observations, last.evidence)

    @staticmethod
    def never_ran(nodeid: str) -> CheckResult:
        """Say of a check that was collected that it never began."""
        info = CheckInfo(check_id(nodeid), "", ())
        return CheckResult(info, Judgement(Verdict.INCONCLUSIVE, Reason.NEVER_RAN, "the run ended before it began"))


def _info(sent: Mapping[str, Any]) -> CheckInfo:
    many = {name: tuple(sent[name]) for name in ("clauses", "builds_on", "facts")}
    return CheckInfo(**{**sent, **many})
