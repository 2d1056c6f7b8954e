"""The verb: `python -m artifactory_conformance explain BUNDLE`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from artifactory_conformance import __version__
from artifactory_conformance.evidence import Redactor
from artifactory_conformance.reporting import Plain, Screen, Unreadable, stored_run
from artifactory_conformance.settings import on_one_line
from artifactory_conformance.support.opening import NotUsable, results_in

EXPLAINED, UNUSABLE = 0, 4

USAGE = """\
usage: python -m artifactory_conformance explain FILE

Shows the summary of a run from its support bundle or its results.json, by the rules of this version, without a network.
Ends with 0 if it was shown, whatever the run found, and with 4 if FILE cannot be used.
"""


def _compared(paper: Plain, what: str, differences: Sequence[str]) -> None:
    paper.write_line(f"{what}: {'not the same by both' if differences else 'the same by both'}")
    for line in differences:
        paper.write_line(f"  {line}")


def main(arguments: Sequence[str]) -> int:
    """Print what a run found, made anew from what it has left; 0, or 4 if that cannot be used."""
    if list(arguments) in (["-h"], ["--help"]):
        print(USAGE, end="")
        return EXPLAINED
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(USAGE, end="", file=sys.stderr)
        return UNUSABLE
    file = Path(arguments[0])
    try:
        data = results_in(file)
        run = stored_run(data, file)
    except (NotUsable, Unreadable) as error:
        print(f"ERROR: {on_one_line(str(file))}: {on_one_line(str(error))}", file=sys.stderr)
        return UNUSABLE
    redactor = Redactor()  # knows no secret; what looks like one is no business of a screen
    paper = Plain(lambda line: print(redactor.text(line)))
    Screen(paper).show(run)
    paper.section("explained")
    writer = str(data.get("suite_version"))
    paper.write_line(f"run {run.run} by version {writer} of the suite, explained by version {__version__}")
    _compared(paper, "verdicts of clauses", run.differences())
    before, now = run.diagnosis_before(), run.diagnosis_now()
    if before is None:
        paper.write_line("diagnosis: by this version alone, the run has made none")
    else:
        lost = [f"not found any more: {cause}" for cause in before if cause not in now]
        _compared(paper, "diagnosis", [*lost, *(f"found now: {cause}" for cause in now if cause not in before)])
    return EXPLAINED
