"""The side that folds and reports: collects what every process sent, judges, writes the results, sets the exit code."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from artifactory_conformance.guide import clauses
from artifactory_conformance.ledger import settle
from artifactory_conformance.plugin.attempts import Attempts
from artifactory_conformance.plugin.collection import check_id, is_check, may_be_check, only_shows, written
from artifactory_conformance.plugin.heard import Heard
from artifactory_conformance.plugin.killed import look_at_ledgers
from artifactory_conformance.plugin.letters import LETTERS
from artifactory_conformance.plugin.offer import offer_of
from artifactory_conformance.plugin.run import RunState
from artifactory_conformance.plugin.supporting import bundled
from artifactory_conformance.plugin.waiving import apply_waivers
from artifactory_conformance.plugin.watching import watch_terminal
from artifactory_conformance.reporting import RunResults, Screen, about_run, remove_reports, write_reports
from artifactory_conformance.reporting.advice import what_a_licence_adds
from artifactory_conformance.settings import Settings, Standpoint, TargetKind, on_one_line
from artifactory_conformance.support import Leaked, remove_bundle
from artifactory_conformance.targets import NothingToStart, TargetFailed
from artifactory_conformance.verdicts import (
    CheckResult,
    ExitCode,
    Pulse,
    block,
    exit_code,
    floor,
    fold_clauses,
    unchecked,
)

JUDGED = (ExitCode.CLEAN, ExitCode.NONCONFORMANT)
"""The codes that say something about the target."""


_GONE = {TargetKind.EMBEDDED, TargetKind.CONTAINER}
"""Targets that are no more after the run, with everything on them."""


class Judging:
    """Hooks of the controlling process."""

    def __init__(self, config: pytest.Config, state: RunState) -> None:
        self._config = config
        self._state = state
        self._attempts = Attempts()
        self._heard = Heard()
        self._expected: set[str] = set()
        self._other_failures = False
        self._collection_errors = False
        self._started = time.time()
        self._results: RunResults | None = None
        self._session: pytest.Session | None = None
        self._finished = False
        self._decide: Callable[..., tuple[int, str]] = exit_code

    # ---------------------------------------------------------------- before

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Watch the terminal for secrets, and do once what the target needs before any process uses it.

        The results of an earlier run go: a run that is killed leaves none, and nobody must take the old ones for its.
        """
        self._session = session
        self._state.watched.append(watch_terminal(self._config, self._state.redactor))
        if only_shows(session.config):
            return
        remove_reports(self._state.settings.reports)
        look_at_ledgers(self._state)
        try:
            self._state.prepared = self._state.target.prepare()
        except NothingToStart as error:
            raise pytest.UsageError(self._state.redactor.text(str(error))) from error
        except TargetFailed as error:
            self._state.problem = str(error)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Give a worker what it must know; it travels in memory, never on a disk."""
        state = self._state
        node.workerinput["conformance"] = {
            "run": state.run,
            "canary": state.canary,
            "prepared": dict(state.prepared),
            "problem": state.problem,
            "turns": str(state.turns or ""),
            "pace": str(state.pace.folder if state.pace else ""),
            "claims": str(state.claims.folder),
        }

    def pytest_report_header(self) -> list[str]:
        """Say what is under test, and that a model is a model."""
        settings = self._state.settings
        files = [f"conformance: {kind} from {on_one_line(str(file))}" for kind, file in settings.files() if file]
        return ["conformance: " + about_run(settings, self._state.prepared.get("model", "")), *files]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remember which checks were meant to run."""
        self._expected |= {item.nodeid for item in session.items if is_check(item)}

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """The same, as a worker tells it."""
        self._expected |= {nodeid for nodeid in ids if may_be_check(nodeid)}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember that something could not be collected: a worker's pytest ends with 1 then, as for a failure."""
        self._collection_errors = self._collection_errors or report.failed

    # ---------------------------------------------------------------- during

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect one phase of a check."""
        sent = getattr(report, "conformance", None)
        if sent is None and report.nodeid not in self._expected:
            self._other_failures = self._other_failures or report.failed
            return
        if sent is None:
            self._attempts.crashed(report.nodeid, str(report.longrepr))
            return
        self._attempts.add(report.nodeid, sent)
        self._heard.pulses[sent["process"]] = Pulse(**sent["pulse"])

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, Any] | None:
        """Show a verdict for each check, once it is known."""
        if isinstance(report, pytest.TestReport) and report.nodeid in self._attempts:
            if report.when in {"setup", "call"}:
                return "", "", ""
            found = self._attempts.latest(report.nodeid, None)
            letter, markup = LETTERS[found.verdict]
            return found.verdict.value, letter, (found.verdict.value.upper(), markup)
        return None

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker knew at its end."""
        output = getattr(node, "workeroutput", {}).get("conformance")
        if output is not None:
            self._heard.at_the_end(node.workerinput["workerid"], output)

    # ---------------------------------------------------------------- after

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Judge, report and set the exit code, after every process has handed over what it knows."""
        self._finished = True
        result = yield
        execution = self._config.pluginmanager.get_plugin("conformance-execution")
        if execution is not None:
            self._heard.at_the_end("main", execution.summary())
        self._finish_target()
        if only_shows(session.config):
            return result
        if self._expected or self._attempts:
            self._report(session)
        elif session.exitstatus in JUDGED and (self._collection_errors or not session.testscollected):
            session.exitstatus = ExitCode.INTERRUPTED  # ended before there was a check, by an error or by pytest.exit
        return result

    def _finish_target(self) -> None:
        try:
            self._state.target.finish()
        except TargetFailed as error:
            self._heard.problems.append(str(error))
        file = self._state.ledger.file
        if left := settle(file, gone=self._state.settings.target in _GONE):
            command = f"python -m artifactory_conformance cleanup {self._state.run}"
            self._heard.problems.append(
                f"left behind on the target: {', '.join(left)}; {file} has the list, {command} tries again"
            )

    def _report(self, session: pytest.Session) -> None:
        settings, redactor = self._state.settings, self._state.redactor
        if settings.target is not TargetKind.EMBEDDED:  # there each process has its own
            self._heard.compare_processes()
        everything = written(self._config.rootpath)
        left_out = self._left_out(everything)
        results, waivers = apply_waivers(
            settings,
            redactor,
            self._judged(),
            started=self._started,
            written=everything,
            complete=not (left_out or self._heard.deselected),
        )
        by_check = list(block(results).values())
        folded = fold_clauses(clauses(), by_check, without_check=frozenset(unchecked()))
        offer = offer_of(settings, self._state.can)
        must = floor(
            _of_floor(settings),
            settings.level,
            account=offer.user,
            administrator=offer.administrator,
            catalog=offer.catalog,
        )
        must |= set(settings.require)
        problems = self._heard.problems + sorted(self._heard.lost() | ({self._state.problem} - {""}))
        problems += [found.problem for found in waivers if found.problem]
        self._decide = partial(
            exit_code,
            int(session.exitstatus),
            by_check,
            folded.values(),
            must,
            fail_on_warning=settings.fail_on_warning,
            other_failures=self._other_failures,
            collection_errors=self._collection_errors,
        )
        code, why = self._decide(problems=problems)
        adds = what_a_licence_adds(by_check, folded.values(), self._heard.version, settings)
        run = RunResults(
            run=self._state.run,
            settings=settings,
            started=self._started,
            finished=time.time(),
            version=self._heard.version,
            model=self._heard.model,
            checks=tuple(by_check),
            clauses=tuple(folded.values()),
            floor=frozenset(must),
            exit_code=code,
            why=redactor.text(why),
            problems=tuple(redactor.text(problem) for problem in problems),
            deselected=max(self._heard.deselected, len(left_out)),
            waivers=waivers,
            probes=self._heard.probes,
            notes=(*self._heard.notes(), *filter(None, [adds])),
        )
        if leaked := write_reports(run, redactor, self._asked_for()):
            self._fail(run, f"a secret was found in {', '.join(leaked)} of the reports, and this run fails")
            return
        if self._heard.leaked or self._state.leaked():  # what else it has let out nobody knows
            self._end(run)
            return
        try:
            self._end(bundled(run, self._state))
        except Leaked as error:
            self._fail(run, f"a secret was found in {error} of the support bundle, and this run fails")

    def _asked_for(self) -> list[Path]:
        """Give the files that pytest was asked to write, wherever that is."""
        return [Path(path).absolute() for path in [self._config.getoption("xmlpath", None)] if path]

    def _fail(self, run: RunResults, problem: str) -> None:
        """Let a run end with one more problem than it had, and without anything that somebody would send away."""
        remove_bundle(run.settings.reports, run.run)
        run = replace(run, bundle="")
        problems = (*run.problems, self._state.redactor.text(problem))
        code, why = self._decide(problems=problems)
        run = run.ended(code, self._state.redactor.text(why), problems)
        write_reports(run, self._state.redactor)
        self._end(run)

    def _end(self, run: RunResults) -> None:
        assert self._session is not None
        self._results = run
        self._session.exitstatus = run.exit_code

    def _judged(self) -> dict[str, CheckResult]:
        found = {check_id(nodeid): self._attempts.result(nodeid, self._heard.pulses) for nodeid in self._attempts}
        for nodeid in sorted(self._expected):
            if check_id(nodeid) not in found:
                found[check_id(nodeid)] = self._attempts.never_ran(nodeid)
        return found

    def _left_out(self, everything: set[str]) -> set[str]:
        """Name the checks in the suites' files that were not collected, however that came about."""
        return everything - {check_id(nodeid).partition("[")[0] for nodeid in self._expected}

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the summary by clause."""
        if self._results is not None:
            Screen(terminalreporter).show(self._results)

    @pytest.hookimpl(tryfirst=True)
    def pytest_unconfigure(self) -> None:
        """Look a last time at what was shown: pytest prints warnings and summaries after the verdict.

        A run that `pytest.exit` ends while it starts is never finished: its code is its own, and no verdict.
        """
        if self._session is not None and not self._finished and self._session.exitstatus in JUDGED:
            self._session.exitstatus = ExitCode.INTERRUPTED
        if self._results is not None and self._state.leaked():
            withheld = "; the support bundle is withheld" if self._results.bundle else ""
            self._fail(
                self._results,
                f"a secret was about to be shown on the terminal: taken out, and this run fails{withheld}",
            )
            self._config.get_terminal_writer().line(
                f"exit code {self._results.exit_code}: {self._results.why}", red=True
            )


def _of_floor(settings: Settings) -> str:
    """Name the kind of target whose floor a run has: who takes the place of somebody at an instance has that one's."""
    aside = settings.standpoint is not Standpoint.EVERYTHING
    return TargetKind.INSTANCE.value if aside else settings.target.value
