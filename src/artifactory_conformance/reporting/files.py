"""Writing the reports: made as text, redacted, searched for secrets, then written in one move."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..evidence import Redactor
from .junit import junit_xml
from .results import RunResults


def write_reports(run: RunResults, redactor: Redactor) -> list[str]:
    """Write results.json, junit.xml and evidence.jsonl into the reports folder.

    Gives the names of files in which a known secret was found although everything was redacted before: what is written
    has it taken out, and the run must fail.
    """
    texts = {
        "results.json": json.dumps(run.as_data(), indent=1) + "\n",
        "junit.xml": junit_xml(run),
        "evidence.jsonl": "".join(
            json.dumps({"check": result.check.id, **item}) + "\n" for result in run.checks for item in result.evidence
        ),
    }
    leaked = []
    folder = run.settings.reports
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        if redactor.found_in(text):
            leaked.append(name)
        _write(folder / name, redactor.text(text) if name in leaked else text)
    leaked += [log.name for log in folder.glob(f"ledger-{run.run}.jsonl") if redactor.found_in(log.read_text("utf-8"))]
    return leaked


def _write(path: Path, text: str) -> None:
    """Replace the file in one move, so that nobody reads half of one."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)
