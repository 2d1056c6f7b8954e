"""The side that runs checks: starts the target, lets a check run or says why not, and records how it ended."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cached_property
from typing import Any

import pytest

from artifactory_conformance.evidence.redaction import cut
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.plugin.alone import NotAlone, Turn
from artifactory_conformance.plugin.asking_more import FINDINGS, probes_of
from artifactory_conformance.plugin.assertions import Assertions, is_own
from artifactory_conformance.plugin.collection import info_of, is_check
from artifactory_conformance.plugin.gating import (
    has_it_alone,
    missing,
    not_applicable,
    sees_the_catalog,
    starts_another,
    unclear,
)
from artifactory_conformance.plugin.offer import Offer, offer_of
from artifactory_conformance.plugin.outcomes import (
    LONGEST_MESSAGE,
    Gated,
    NotApplicable,
    TargetLost,
    VersionUnclear,
    of_something_between,
    outcome_of,
    readable,
)
from artifactory_conformance.plugin.run import RunState
from artifactory_conformance.settings import TargetKind
from artifactory_conformance.targets import TargetFailed
from artifactory_conformance.verdicts import ExitCode, Outcome, OutcomeKind


class Execution:
    """Hooks of a process that runs checks."""

    def __init__(self, config: pytest.Config, state: RunState, assertions: Assertions) -> None:
        self._config = config
        self._state = state
        self._alone = not config.getoption("tx", None) and not hasattr(config, "workerinput")
        self._assertions = assertions
        self._opened = 0
        self._deselected = 0
        self._left = ""
        self._probes: dict[str, Any] = {}
        self._found = False
        self._failed = False
        self._broke = False
        # An index is known by a page, which a fault at its catalog may keep back as long as a check has not cleaned up.
        self._looks_after = "teardown" if state.settings.target is TargetKind.INDEX else "call"
        self._turn = Turn(state.turns)
        self._refusal: Exception | None = None
        self.observations: dict[str, Any] = {}

    @cached_property
    def _offer(self) -> Offer:
        return offer_of(self._state.settings, self._state.can)

    # ---------------------------------------------------------------- the target

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Start the target when there is a check to run, and look at it a last time after the last check."""
        if any(is_check(item) for item in session.items) and not session.config.option.collectonly:
            self._start()
        try:
            with _ending_is_no_verdict():
                return (yield)
        finally:
            if self._state.started:
                self._in_turn(self._ask_more)
                self._in_turn(self._state.heart.look)

    def _ask_more(self) -> None:
        """Gather what a diagnosis needs, if there is anything to diagnose and somebody to ask."""
        if self._found and not self._state.heart.problem:
            self._probes = probes_of(self._state)

    def _start(self) -> None:
        state = self._state
        state.started = True
        if state.problem:
            state.heart.problem = state.problem
            return
        try:
            state.target.start(state.prepared)
        except TargetFailed as error:
            state.heart.problem = str(error)
        else:
            self._in_turn(state.heart.preflight)

    def _in_turn(self, look: Callable[[], None]) -> None:
        """Look at the target while no check of another process has it to itself, and keeps things from it."""
        with self._turn:
            try:
                self._turn.take(alone=False)
            except NotAlone as error:
                self._state.heart.problem = self._state.heart.problem or str(error)
            else:
                look()

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self) -> Generator[None, object, object]:
        """Hand over what this process knows of the target, and end it, when all fixtures are cleaned up.

        An interrupted check is cleaned up only here, and no report says how that went.
        """
        self._clean_up_freely()
        try:
            return (yield)
        except Exception as error:  # whatever it is, the run has been stopped and must end; it is reported
            self._left = f"clean-up of an interrupted check failed: {type(error).__name__}: {error}"
            return None
        finally:
            output = getattr(self._config, "workeroutput", None)
            if output is not None:
                output["conformance"] = self._state.redactor.data(self.summary())
            self._state.close()

    def summary(self) -> dict[str, Any]:
        """Give what the controlling process needs from this one at the end, as builtins."""
        heart = self._state.heart
        version = None
        if heart.version:
            more = {
                "edition": heart.version.edition,
                "addons": list(heart.version.addons),
                "serves_pypi": heart.version.serves_pypi,
            }
            version = asdict(heart.version) | more
        return {
            "pulse": asdict(heart.pulse()),
            "version": version,
            "model": heart.model,
            "nodes": sorted(heart.nodes),
            "deselected": self._deselected,
            "probes": self._probes,
            "leaked": self._state.leaked(),
            "left": self._left,
            "note": self._state.projects.note if self._state.projects else "",
        }

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Where processes share the instance, let checks that have it alone come last.

        In between, each would wait until all others have ended what they are at, and keep them from going on.
        Where requests wait for their turns, so does a check.
        """
        if self._state.pace and self._state.settings.bounds.requests_per_second:
            for item in filter(is_check, items):
                item.add_marker(pytest.mark.timeout(LIMITS.paced_check))
        if self._state.settings.target is TargetKind.CONTAINER:
            for item in items:
                if starts_another(getattr(item, "fixturenames", ())):  # as slowly as at first (admin 2.4)
                    item.add_marker(pytest.mark.timeout(LIMITS.containers_ready + LIMITS.containers_up))
        if self._offer.shared:
            items.sort(key=lambda item: has_it_alone(getattr(item, "fixturenames", ()), self._offer))

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Count what a filter left out."""
        self._deselected += sum(is_check(item) for item in items)

    # ---------------------------------------------------------------- one check

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Wait for a check's turn on the instance, before its own time begins, and end it when it is cleaned up."""
        with self._turn:
            self._refusal = self._refused(item) if is_check(item) else None
            return (yield)

    def _refused(self, item: pytest.Item) -> Exception | None:
        """Say why a check cannot run; None when it can, and has its turn."""
        version, fixtures = self._state.heart.version, getattr(item, "fixturenames", ())
        info = info_of(item)
        if version and (elsewhere := not_applicable(info, fixtures, version)):
            return NotApplicable(*elsewhere)
        if lacking := missing(fixtures, self._offer):
            return Gated(*lacking)
        if version and (open_ := unclear(info, version)):
            return VersionUnclear(open_)
        alone = has_it_alone(fixtures, self._offer)
        try:
            self._turn.take(alone=alone)
        except NotAlone as error:
            return error
        self._state.target.alone = self._alone or alone
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin a check: see whether it can run, and whether the target is still there."""
        if not is_check(item):
            return
        self._state.recorder.start()
        self._opened = len(self._state.connections.opened)
        self._assertions.count = 0
        self.observations = {}
        if pace := self._state.pace:
            # What a catalog of the suite's own makes the target answer is what such a check is about.
            pace.begin(patient=not sees_the_catalog(getattr(item, "fixturenames", ())))
        heart = self._state.heart
        if self._refusal is not None:
            raise self._refusal
        if time.time() - heart.last_look > LIMITS.pulse_interval:
            heart.look()
        if heart.problem:
            raise TargetLost(heart.problem)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self) -> None:
        """Let what a check has made be removed, whatever it takes."""
        self._clean_up_freely()

    def _clean_up_freely(self) -> None:
        if self._state.pace:
            self._state.pace.counts = False

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Put beside the report how the phase ended, and take every secret out of it before it leaves the process."""
        report = yield
        if not is_check(item):
            return report
        in_call = call.when == "call"
        outcome = outcome_of(item, call, lambda path: is_own(path, item) and in_call)
        recorder, heart = self._state.recorder, self._state.heart
        between = "" if self._state.target.kind is TargetKind.INDEX else of_something_between(recorder.items())
        if outcome.kind is OutcomeKind.CLAIM_FAILED and (answer := between):
            outcome = Outcome(OutcomeKind.BROKE, f"{answer}: {outcome.message}")
        if self._state.pace and self._state.pace.refused and call.when != "teardown":
            outcome = Outcome(OutcomeKind.BUDGET_USED_UP, self._state.pace.refused)
        message = cut(self._state.redactor.text(outcome.message), LONGEST_MESSAGE)
        report.conformance = self._state.redactor.data(  # type: ignore[attr-defined]
            {
                "info": asdict(info_of(item)),
                "phase": call.when,
                "outcome": {"kind": outcome.kind.value, "message": message, "reason": outcome.reason.value},
                "exchanges": recorder.answered,
                "assertions": self._assertions.count,
                "observations": self.observations,
                "started": call.start,
                "finished": call.stop,
                "process": self._state.process,
                "evidence": recorder.items() if call.when == "teardown" else [],
            }
        )
        if call.when == "teardown":
            self._state.connections.close(keep=self._opened)
            if self._refusal is None and not heart.problem and self._broke:
                gc.collect()  # what has failed hangs together in circles, with all that it has read
            self._broke = False
        self._broke = self._broke or call.excinfo is not None
        self._failed = self._failed or (in_call and call.excinfo is not None)
        self._found = self._found or outcome.kind in FINDINGS
        if self._failed and call.when == self._looks_after:
            self._failed = False
            heart.look()  # a failure may be the target's death: then it is no verdict
        report.conformance["pulse"] = self._state.redactor.data(asdict(heart.pulse()))
        return self._redacted(report, message)

    def _redacted(self, report: pytest.TestReport, message: str) -> pytest.TestReport:
        redactor = self._state.redactor
        if isinstance(report.longrepr, tuple):
            file, line, reason = report.longrepr
            report.longrepr = (file, line, redactor.text(str(reason)))
        elif report.longrepr is not None:
            report.longrepr = redactor.text(readable(message, report))
        report.sections = [(redactor.text(name), redactor.text(text)) for name, text in report.sections]
        report.user_properties = [(redactor.text(name), redactor.data(value)) for name, value in report.user_properties]
        return report


@contextmanager
def _ending_is_no_verdict() -> Iterator[None]:
    """See to it that a process which ends itself while checks run never ends with a code that says clean or failed."""
    end, own = os._exit, os.getpid()

    def end_without_verdict(code: int) -> None:
        judged = code in {ExitCode.CLEAN, ExitCode.NONCONFORMANT}
        end(ExitCode.INTERNAL_ERROR if judged and os.getpid() == own else code)

    os._exit = end_without_verdict  # type: ignore[assignment]
    try:
        yield
    finally:
        os._exit = end
