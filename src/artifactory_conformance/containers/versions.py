"""The same suite over several versions: a run, a stack and a folder of reports for each, one after the other."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

OPTION, VARIABLE = "--artifactory-version", "CONFORMANCE_ARTIFACTORY_VERSION"

_WORST_FIRST = (2, 3, 4, 5, 1, 6)
"""Exit codes: what kept a run from judging counts before what it judged."""


def versions_of(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Give the versions that a command line names, or the environment, and the arguments without them."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument(OPTION, action="append", default=[])
    found, others = parser.parse_known_args(list(arguments))
    named = found.artifactory_version or [environment.get(VARIABLE, "")]
    return [version.strip() for given in named for version in given.split(",") if version.strip()], others


def run_each(
    versions: Sequence[str],
    arguments: Sequence[str],
    reports: Path,
    run: Callable[[Sequence[str]], int] | None = None,
) -> int:
    """Run `verify` for each version, its reports in a folder of its name below `reports`; give the worst exit code.

    An interrupted run ends the row. run: runs one and gives its exit code; a process of its own unless told.
    """
    codes: dict[str, int] = {}
    for version in versions:
        print(f"conformance: version {version}", flush=True)
        code = (run or verify_beside)([*arguments, f"{OPTION}={version}", f"--reports={reports / version}"])
        codes[version] = code
        if code == 2:
            break
    for version in versions:
        ended = f"ended with {codes[version]}, {reports / version}" if version in codes else "never began"
        print(f"conformance: version {version}: {ended}", flush=True)
    return worst(list(codes.values()))


def worst(codes: Sequence[int]) -> int:
    """Give the exit code that several runs have together."""
    unknown = [code for code in codes if code not in (0, *_WORST_FIRST)]
    return unknown[0] if unknown else next((code for code in _WORST_FIRST if code in codes), 0)


def verify_beside(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run `verify` in a process of its own and give its exit code; Ctrl-C is heard by both, and it cleans up first.

    environment: all that it gets; ours unless told.
    """
    process = subprocess.Popen([sys.executable, "-m", "artifactory_conformance", "verify", *arguments], env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
