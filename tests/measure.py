"""Measures what a command costs with everything that it starts: `python -m tests.measure COMMAND [ARGUMENT ...]`.

Prints wall seconds, processor seconds and the peak of the memory of the whole process tree, sampled ten times a second:
PSS, in which pages that processes share count once.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import psutil

PAUSE = 0.1
MIB = 1024 * 1024


def memory_of_tree(root: psutil.Process) -> int:
    """Give the bytes of a process and all its descendants."""
    total = 0
    for process in (root, *root.children(recursive=True)):
        try:
            total += process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return total


def main(command: list[str]) -> int:
    """Run the command to its end, print the figures, give its exit code."""
    started = time.monotonic()
    peak = 0
    with subprocess.Popen(command) as process:
        root = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                peak = max(peak, memory_of_tree(root))
            except psutil.NoSuchProcess:
                break
            time.sleep(PAUSE)
        code = process.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{time.monotonic() - started:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of processor time, "
        f"peak {peak / MIB:.0f} MiB in the whole tree, exit code {code}"
    )
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
