"""The support bundle of a run, where one is made."""

from __future__ import annotations

import platform
from dataclasses import replace
from pathlib import Path

from artifactory_conformance.doctor.command import examine
from artifactory_conformance.doctor.machine import Machine
from artifactory_conformance.doctor.report import as_text
from artifactory_conformance.plugin.run import RunState
from artifactory_conformance.reporting import RunResults
from artifactory_conformance.settings import TargetKind
from artifactory_conformance.support import Surroundings, bundle_name, write_bundle


def bundled(run: RunResults, state: RunState) -> RunResults:
    """Write the run's bundle and give the results that name it; why there is none is a note, and no verdict.

    Raises Leaked if a secret got into it.
    """
    if state.settings.target is TargetKind.EMBEDDED and not state.settings.bundle:
        return run
    machine = f"{platform.system()} {platform.release()} {platform.machine()}, Python {platform.python_version()}"
    around = Surroundings(state.effective, machine, _doctor() if state.settings.this_machine else "")
    named = replace(run, bundle=bundle_name(run.run))
    try:
        write_bundle(named, state.redactor, around)
    except OSError as error:
        return replace(run, notes=(*run.notes, f"no support bundle: it cannot be written: {error.strerror}"))
    return named


def _doctor() -> str:
    """Look at what configures the clients of this machine, which the run was told to be theirs."""
    try:
        return as_text(examine(Machine.this(Path.cwd(), None), None), "")
    except OSError as error:
        return f"this machine could not be looked at: {error.strerror}\n"
