"""Writing the reports: made as text, redacted, searched for secrets, then written in one move."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from artifactory_conformance.evidence import Redactor
from artifactory_conformance.reporting.junit import junit_xml
from artifactory_conformance.reporting.results import RunResults

REPORTS = ("results.json", "junit.xml", "evidence.jsonl")

CLOCK_GRAIN = 2.0
"""Seconds by which a file's time may lie before the moment of writing."""


def write_reports(run: RunResults, redactor: Redactor) -> list[str]:
    """Write results.json, junit.xml and evidence.jsonl into the reports folder.

    Gives the names of files in which a known secret was found although everything was redacted before, and the run must
    fail. Out of these three it is taken; it stays in a file that somebody else has put into the folder.
    """
    texts = {
        "results.json": json.dumps(run.as_data(), indent=1) + "\n",
        "junit.xml": junit_xml(run),
        "evidence.jsonl": "".join(
            json.dumps({"check": result.check.id, **item}) + "\n" for result in run.checks for item in result.evidence
        ),
    }
    leaked: list[str] = []
    folder = run.settings.reports
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        if redactor.found_in(text):
            leaked.append(name)
        _write(folder / name, redactor.text(text) if name in leaked else text)
    return leaked + [name for name in _others(folder, run.started) if redactor.found_in(_text(folder / name))]


def remove_reports(folder: Path) -> None:
    """Remove what an earlier run has written."""
    for name in REPORTS:
        (folder / name).unlink(missing_ok=True)


def _others(folder: Path, since: float) -> list[str]:
    """Name everything else that was written since: a ledger, a log that somebody asked for, whatever a check left."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        with suppress(OSError):  # another run has removed it
            if name.parts[0] != ".scratch" and path.is_file() and path.stat().st_mtime >= since - CLOCK_GRAIN:
                found.append(str(name))
    return [name for name in found if name not in REPORTS]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:  # another run has removed it
        return ""


def _write(path: Path, text: str) -> None:
    """Replace the file in one move, so that nobody reads half of one."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)
