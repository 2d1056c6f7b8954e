"""By which labels everything of a run is known, how it is removed, and how what a killed run has left is found."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from artifactory_conformance.containers.engine import Engine, EngineRefused
from artifactory_conformance.limits import LIMITS, Limits

RUN, OWNER = "artifactory-conformance", "artifactory-conformance.owner"
"""Labels of every container, network and volume: the run's name, and the process that started it."""

KINDS = ("container", "network", "volume")
"""In the order in which they can be removed."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def labels(run: str) -> Mapping[str, str]:
    """Give the labels of a run of this process."""
    return {RUN: run, OWNER: owner(os.getpid())}


def owner(pid: int) -> str:
    """Name a process so that no later one, and none of another machine, has the same name; empty if it is gone."""
    with suppress(OSError, IndexError):
        started = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[19]
        return f"{pid}.{started}.{_BOOT.read_text('ascii').strip()[:8]}"
    return ""


def remove_run(engine: Engine, run: str, limits: Limits = LIMITS) -> list[str]:
    """Remove everything of a run; give what is still there after limits.containers_stop seconds.

    What was just being made when the run ended comes a moment later: it is looked for until nothing has come.
    """
    end = time.monotonic() + limits.containers_stop
    quiet = 0
    while True:
        left = {kind: engine.labelled(kind, f"{RUN}={run}") for kind in KINDS}
        if not any(left.values()):
            quiet += 1
            if quiet == limits.quiet_looks:
                return []
        elif time.monotonic() > end:
            return [f"{kind} {name}" for kind, names in left.items() for name in names]
        else:
            quiet = 0
            for kind, names in left.items():
                with suppress(EngineRefused):  # gone meanwhile, or still in use: the next look tells
                    engine.remove(kind, names)
        time.sleep(limits.containers_pause)


def sweep(engine: Engine, *, others: bool = False) -> list[str]:
    """Remove what runs have left whose process is no more; give a line for each run.

    Runs that go on, and what somebody started by hand, stay. others: also what processes have left of which nothing is
    known here, those before the last boot and those of other machines that use the same engine.
    """
    found: dict[str, str] = {}
    for kind in KINDS:
        for name in engine.labelled(kind, OWNER):
            found[engine.label(kind, name, RUN)] = engine.label(kind, name, OWNER)
    boot = owner(os.getpid()).rpartition(".")[2]
    told = []
    for run, who in sorted(found.items()):
        pid, _, _ = who.partition(".")
        ended_here = pid.isdigit() and who.endswith(boot) and owner(int(pid)) != who
        elsewhere = bool(who) and not who.endswith(boot)
        if ended_here or (others and elsewhere):
            left = remove_run(engine, run)
            told.append(f"run {run}: removed" if not left else f"run {run}: left behind: {', '.join(left)}")
    return told
