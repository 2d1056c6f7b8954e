"""Writing the reports: made as text, redacted, searched for secrets, then written in one move."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from artifactory_conformance.evidence import Redactor, holds_secret
from artifactory_conformance.reporting.junit import junit_xml
from artifactory_conformance.reporting.results import RunResults
from artifactory_conformance.verdicts import CheckResult

REPORTS = ("results.json", "junit.xml", "evidence.jsonl")

CLOCK_GRAIN = 2.0
"""Seconds by which a file's time may lie before the moment of writing."""


def write_reports(run: RunResults, redactor: Redactor, elsewhere: Iterable[Path] = ()) -> list[str]:
    """Write results.json, junit.xml and evidence.jsonl into the reports folder.

    elsewhere: files that the run was asked to write outside of it, to be searched as well.
    Gives the names of files in which a known secret was found although everything was redacted before, and the run must
    fail. Out of these three it is taken; it stays in a file that somebody else has put into the folder.
    """
    texts = report_texts(run, redactor)
    leaked: list[str] = []
    folder = run.settings.reports
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        if redactor.found_in(text):
            leaked.append(name)
        _write(folder / name, redactor.text(text) if name in leaked else text)
    others = {name: folder / name for name in _others(folder, run.started)}
    others |= {
        str(path): path for path in elsewhere if path.is_file() and not path.resolve().is_relative_to(folder.resolve())
    }
    return leaked + [name for name, path in others.items() if holds_secret(_content(path), redactor)]


def report_texts(run: RunResults, redactor: Redactor) -> dict[str, str]:
    """Give what each report holds, by its name. Evidence was redacted by the process that took it."""
    return {
        "results.json": redactor.with_masked_organizations(json.dumps(run.as_data(), indent=1) + "\n"),
        "junit.xml": redactor.with_masked_organizations(junit_xml(run)),
        "evidence.jsonl": evidence_lines(run.checks),
    }


def evidence_lines(checks: Iterable[CheckResult]) -> str:
    """Give the evidence of checks, an exchange or a client's run a line."""
    return "".join(
        json.dumps({"check": result.check.id, **item}) + "\n" for result in checks for item in result.evidence
    )


def remove_reports(folder: Path) -> None:
    """Remove what an earlier run has written."""
    for name in REPORTS:
        (folder / name).unlink(missing_ok=True)


def _others(folder: Path, since: float) -> list[str]:
    """Name everything else that was written since: a ledger, a log that somebody asked for, whatever a check left."""
    found = []
    for above, folders, files in os.walk(folder):  # what another run removes meanwhile is passed over
        folders[:] = [name for name in folders if name != ".scratch"]
        for path in (Path(above, name) for name in files):
            with suppress(OSError):
                if path.is_file() and path.stat().st_mtime >= since - CLOCK_GRAIN:
                    found.append(str(path.relative_to(folder)))
    return sorted(name for name in found if name not in REPORTS)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # another run has removed it
        return b""


def _write(path: Path, text: str) -> None:
    """Replace the file in one move, so that nobody reads half of one."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)
