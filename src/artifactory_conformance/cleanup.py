"""The verb: `python -m artifactory_conformance cleanup RUN|all` removes what killed runs have left on an instance."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from artifactory_conformance import __version__
from artifactory_conformance.artifactory.belongings import Belongings, NotOurs
from artifactory_conformance.evidence import Recorder, Redactor, TargetUnreachable
from artifactory_conformance.ledger import AtWork, Entry, Ledger, Orphan, Unusable, ledgers_in, take_over
from artifactory_conformance.limits import LIMITS, Limits
from artifactory_conformance.settings import (
    MalformedSettings,
    Settings,
    given_options,
    on_one_line,
    parser_of_options,
    refuse_credentials,
    resolve,
)
from artifactory_conformance.targets import OUR_OWN, Connections, TargetFailed, make_target, place_of
from artifactory_conformance.verdicts import Level

DONE, LEFT, MALFORMED = 0, 1, 4
ALL = "all"
FORCED = {"target": "instance", "level": "mutate", "set_up_site": "false"}
"""Settings that are what they are here, whatever the runs had: only an instance outlives a run."""


def main(arguments: Sequence[str]) -> int:
    """Remove what is outstanding in ledgers of runs that are no more; 0 if nothing is left, 1 if something is, 4 else.

    4 is for malformed settings, and for a run of which there is no ledger.
    """
    parser = _parser()
    try:
        refuse_credentials(arguments)
        given = parser.parse_args(arguments)
        settings = resolve({**given_options(given), **FORCED}, os.environ, folder=Path.cwd())
    except MalformedSettings as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return MALFORMED
    except SystemExit as error:  # argparse has said why
        return MALFORMED if error.code else DONE
    ledgers = ledgers_in(settings.reports)
    if given.run != ALL and given.run not in ledgers:
        known = f"; there are ledgers of {', '.join(ledgers)}" if ledgers else ", nor one of any other run"
        print(f"ERROR: {settings.reports} has no ledger of a run {given.run!r}{known}", file=sys.stderr)
        return MALFORMED
    cleaning = Cleaning(settings)
    try:
        for run, file in ledgers.items():
            if given.run in {ALL, run}:
                cleaning.clean(run, file, named=given.run != ALL)
    except KeyboardInterrupt:
        cleaning.tell("interrupted; what is struck out of the ledgers is gone, call it again for the rest")
        return LEFT
    finally:
        cleaning.close()
    cleaning.tell(f"left: {cleaning.left}" if cleaning.left else "nothing is left of any killed run")
    return LEFT if cleaning.left else DONE


def _parser() -> argparse.ArgumentParser:
    parser = parser_of_options(
        prog="python -m artifactory_conformance cleanup",
        description="Remove what killed runs have left on an instance: what is in a ledger and carries its run's mark.",
        epilog="The options are those of verify; what is needed are --artifactory-url, --reports if that was given, "
        "and an administrator in the environment.",
    )
    parser.add_argument("run", metavar="RUN", help=f"the id in the name of a ledger, or {ALL}")
    return parser


class Cleaning:
    """Goes through ledgers and counts what is left. tell: takes a line without secrets."""

    def __init__(self, settings: Settings, limits: Limits = LIMITS, tell: Callable[[str], None] = print) -> None:
        self._settings = settings
        self._limits = limits
        self._redactor = Redactor(settings.secrets())
        agent = f"artifactory-conformance/{__version__} cleanup"
        self._connections = Connections(
            Recorder(),
            self._redactor,
            agent,
            limits=limits,
            ca_bundle=settings.ca_bundle,
            proxy=settings.proxy_with_credentials,
        )
        self._tell = tell
        self._belongings: Belongings | None = None
        self._lost = ""
        self._place = place_of(settings)
        self.left = 0

    def tell(self, line: str) -> None:
        """Show a line."""
        self._tell(on_one_line(self._redactor.text(line)))

    def close(self) -> None:
        """End all connections."""
        self._connections.close()

    def clean(self, run: str, file: Path, *, named: bool) -> None:
        """Remove what is outstanding in one ledger. named: it was asked for, and is no success while it is at work."""
        try:
            with take_over(file) as orphan:
                self.tell(f"run {run}: {len(orphan.entries)} outstanding in {file}")
                self._clean(orphan)
                if orphan.unreadable:
                    self._leave(f"{orphan.unreadable} lines of {file}", "they cannot be read: look at them by hand")
        except AtWork as error:
            self.tell(f"run {run}: left alone, for {error}")
            self.left += named
        except (Unusable, OSError) as error:
            self._leave(f"run {run}", f"its ledger cannot be used: {error}")

    def _clean(self, orphan: Orphan) -> None:
        entries = []
        for entry in reversed(orphan.entries):
            if entry.target in OUR_OWN:
                orphan.strike(entry)
                self.tell(f"  gone     {entry}: the {entry.target} target has ended with its run")
            elif entry.target != self._place:
                self._leave(str(entry), f"it is on {entry.target}, and not on {self._place}: call with that address")
            else:
                entries.append(entry)
        absent = [entry for entry in entries if not self._is_settled(orphan, entry)]
        if absent:
            self._wait_for_latecomers(orphan)
        for entry in absent:
            if not self._is_settled(orphan, entry):
                orphan.strike(entry)
                self.tell(f"  gone     {entry}: is not there")

    def _wait_for_latecomers(self, orphan: Orphan) -> None:
        """Wait until what the run has asked for just before it was killed is there, if it comes at all."""
        now = time.time()
        end = min(orphan.last_written, now) + self._limits.late_creation
        if end > now:
            self.tell(f"  waiting  {end - now:.0f} s for what the instance may still be making for the run")
            time.sleep(end - now)

    def _is_settled(self, orphan: Orphan, entry: Entry) -> bool:
        """Remove one thing, or say why it is left; False if it is not there."""
        try:
            if not self._of_target().remove(entry):
                return False
            orphan.strike(entry)
            self.tell(f"  removed  {entry}" if entry.kind != "setting" else f"  put back {entry}")
        except NotOurs as error:
            self._leave(str(entry), str(error))
        except (TargetFailed, TargetUnreachable) as error:
            self._lost = str(error)
            self._leave(str(entry), str(error))
        except Exception as error:  # whatever it is, the others must still be removed; it is told
            self._leave(str(entry), str(error) or type(error).__name__)
        return True

    def _of_target(self) -> Belongings:
        """Connect when there is something to remove. Raises TargetFailed, from then on each time."""
        if self._lost:
            raise TargetFailed(self._lost)
        if self._belongings is None:
            unused = Ledger(self._settings.reports / "unused", "unused")
            target = make_target(self._settings, self._connections, unused, lambda: "", self._settings.reports)
            target.prepare()
            assert target.administrator is not None
            self._belongings = Belongings(self._connections.to_target(target.base, target.administrator, Level.MUTATE))
        return self._belongings

    def _leave(self, what: str, why: str) -> None:
        self.left += 1
        self.tell(f"  left     {what}: {why}")
