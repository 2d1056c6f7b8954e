"""Ledgers in the reports folder as a run that begins finds them: what killed runs have left, and its own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from artifactory_conformance.ledger import AtWork, Unusable, ledgers_in, take_over
from artifactory_conformance.plugin.run import RunState
from artifactory_conformance.settings import on_one_line
from artifactory_conformance.targets import OUR_OWN
from artifactory_conformance.verdicts import Level


def look_at_ledgers(state: RunState) -> None:
    """Say what killed runs have left, and hold this run's ledger, if it may need one, until the run ends."""
    settings = state.settings
    if told := left_by_killed_runs(settings.reports):
        state.tell(told)
    if settings.level.allows(Level.MUTATE):
        try:
            state.ledger.hold()
        except OSError as error:
            raise pytest.UsageError(f"what the run makes cannot be written down: {error}") from error


def left_by_killed_runs(reports: Path) -> str:
    """Give one line with the commands that remove what killed runs have left on somebody's instance; empty if none.

    Ledgers with nothing outstanding, and those of targets that have ended with their run, are removed here.
    """
    found: dict[str, list[str]] = {}
    for run, file in ledgers_in(reports).items():
        with suppress(AtWork, Unusable, OSError), take_over(file) as orphan:
            places = {entry.target for entry in orphan.entries}
            if places and places <= OUR_OWN and not orphan.unreadable:
                orphan.drop()
            elif places or orphan.unreadable:
                found.setdefault(min(places - OUR_OWN, default="URL"), []).append(run)
    if not found:
        return ""
    where = "" if reports == Path("reports").absolute() else f" --reports={on_one_line(str(reports))}"
    commands = [
        f"python -m artifactory_conformance cleanup {run} --artifactory-url {on_one_line(place)}{where}"
        for place, runs in found.items()
        for run in (runs if len(found) > 1 or len(runs) == 1 else ["all"])
    ]
    return f"killed runs have left things behind; to remove them: {'; '.join(commands)}"
