"""What a run has on the machine: its processes, and the files around its project."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.traps.project import Project

GONE_SECONDS = 30.0
"""The longest that a process may take to notice that its starter is gone, on a busy machine."""


def wait_until(condition: Callable[[], object], what: Callable[[], object], seconds: float = GONE_SECONDS) -> None:
    """Look until something holds. what: what to say when the time is up."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:.0f} s: {what()}")
        pause.wait(0.05)


def processes_of(project: Project) -> dict[int, str]:
    """Give the command lines of all processes of a run: whatever it starts works somewhere below the project.

    That goes for services, workers, the leash and pip alike; zombies do nothing any more.
    """
    found = {}
    for process in psutil.process_iter():
        try:
            inside = Path(process.cwd()).is_relative_to(project.folder)
            if inside and process.status() != psutil.STATUS_ZOMBIE:
                found[process.pid] = " ".join(process.cmdline())
        except psutil.Error:  # gone while we looked, or somebody else's
            continue
    return found


def kill_all(project: Project) -> None:
    """End what a failed test has left."""
    for pid in processes_of(project):
        psutil.Process(pid).kill()


def files_around(project: Project) -> set[str]:
    """Name everything in the project, the home and the temporary folder, but for what is in the reports."""
    found = set()
    for top in (project.folder, project.home, project.tmp):
        for folder, folders, files in os.walk(top):
            if Path(folder) == project.folder and "reports" in folders:
                folders.remove("reports")
            found |= {str(Path(folder, name)) for name in (*folders, *files)}
    return found
