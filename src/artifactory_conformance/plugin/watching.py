"""The last gate before a terminal: whatever is written there goes through the redactor, and is remembered."""

from __future__ import annotations

import sys
from typing import Any, TextIO

import pytest

from artifactory_conformance.evidence import Redactor

SEAM = 512
"""Characters of earlier writes that are looked at again: a secret may come in two pieces."""


class WatchedFile:
    """A terminal's file with an eye on it: takes known secrets out, and remembers whether there was one."""

    def __init__(self, file: TextIO, redactor: Redactor) -> None:
        self._file = file
        self._redactor = redactor
        self._tail = ""
        self.hit = False

    def write(self, text: str) -> int:
        """Write without secrets. One that comes in pieces is recognized with its last piece, and fails the run."""
        seen = self._tail + text
        self.hit = self.hit or self._redactor.found_in(seen)
        self._tail = seen[-SEAM:]
        self._file.write(self._redactor.text(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write them one by one."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def watch_terminal(config: pytest.Config, redactor: Redactor) -> WatchedFile:
    """Watch the file that pytest's own terminal reporter writes to."""
    writer = config.get_terminal_writer()
    watched = WatchedFile(writer._file, redactor)
    writer._file = watched
    return watched


def watch_streams(config: pytest.Config, redactor: Redactor) -> list[WatchedFile]:
    """Watch this process's own streams, if pytest does not capture them; until the configuration is done with."""
    if config.getoption("capture") == "tee-sys":
        raise pytest.UsageError(
            "--capture=tee-sys shows output before secrets are taken out of it; use --capture=fd, the default, or -s"
        )
    if config.getoption("capture") != "no":
        return []
    watched = {}
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        stream = getattr(sys, name)
        watched[name] = WatchedFile(stream, redactor)
        setattr(sys, name, watched[name])
        config.add_cleanup(lambda name=name, stream=stream: setattr(sys, name, stream))  # type: ignore[misc]
    return list(watched.values())
