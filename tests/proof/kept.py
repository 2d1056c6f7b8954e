"""Runs that were made before are kept, so that a proof which was interrupted goes on where it was."""

from __future__ import annotations

import json
from pathlib import Path

from tests.proof.runs import ENDS, REPORTS, Run, Trial


def keep(made: Run, state: str, folder: Path = REPORTS) -> None:
    """Write a run down. state: of everything that its outcome depends on; without one nothing is kept, nor is a run
    that did not come to its end."""
    if state and made.code in ENDS:
        written = {
            "state": state,
            "arguments": list(made.trial.arguments),
            "code": made.code,
            "why": made.why,
            "commit": made.commit,
            "seconds": made.seconds,
            "verdicts": dict(made.verdicts),
            "messages": dict(made.messages),
        }
        folder.mkdir(parents=True, exist_ok=True)
        _file(made.trial, folder).write_text(json.dumps(written), encoding="utf-8")


def kept(trial: Trial, state: str, folder: Path = REPORTS, *, older: bool = False) -> Run | None:
    """Give the run that was made of a trial in the same state, or with `older` in any; None if there is none."""
    file = _file(trial, folder)
    found = json.loads(file.read_text("utf-8")) if state and file.is_file() else {}
    same = found.get("arguments") == list(trial.arguments) and (older or found.get("state") == state)
    known = ("code", "why", "seconds", "verdicts", "messages", "commit")
    return Run(trial, **{name: found[name] for name in known}) if found and same else None


def _file(trial: Trial, folder: Path) -> Path:
    return folder / f"{trial.folder}.json"
