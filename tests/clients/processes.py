"""A family of processes that does not want to end, and a way to see that it did."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

FAMILY_SIZE = 3

# A parent, a child in its session, and an orphan in a session of its own; all of them are deaf to SIGTERM. Each leaves
# its number as a file. The alarm only matters when a test has failed.
FAMILY = """
import os, pathlib, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.alarm(60)
folder, parent_stays = pathlib.Path(sys.argv[1]), sys.argv[2] == "stay"

def stay():
    signal.alarm(60)
    (folder / str(os.getpid())).touch()
    while True:
        signal.pause()

if os.fork() == 0:
    stay()
middle = os.fork()
if middle == 0:
    os.setsid()
    if os.fork() == 0:
        stay()
    os._exit(0)
os.waitpid(middle, 0)
print("the family is there", flush=True)
if parent_stays:
    stay()
while len(list(folder.iterdir())) < 2:
    pass
"""


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Look until the condition holds or the time is up; returns whether it does."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not condition():
        if time.monotonic() > end:
            return False
        pause.wait(0.02)
    return True


def family_members(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.iterdir()]


def is_running(pid: int) -> bool:
    """Whether a process still does something; one that only waits to be collected does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
