"""How many assertions of its own a check has made about the target: one that makes none proves nothing."""

from __future__ import annotations

import ast
import sys
import threading
import types
from collections.abc import Generator
from functools import cache
from pathlib import Path

import pytest

from artifactory_conformance.checks import claims, envelope, safety
from artifactory_conformance.checks.control import in_control
from artifactory_conformance.evidence import Recorder

CLAIMS = frozenset(Path(str(module.__file__)) for module in (claims, envelope, safety))
_MACHINERY = ("pluggy", "_pytest", "artifactory_conformance.plugin")


class Assertions:
    """Hooks that count those of the check that runs. recorder: what it has exchanged."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._running: pytest.Item | None = None
        self._thread = 0
        self.count = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Count assertions from here on: what a fixture asserts is none of the check."""
        self._running, self._thread = item, threading.get_ident()
        try:
            return (yield)
        finally:
            self._running = None

    def pytest_assertion_pass(self, item: pytest.Item, orig: str) -> None:
        """Count an assertion that held, if it is the check's own: in its file or in a claim, not inside a control.

        One that needs no target proves nothing about it: of constants alone, or before anything was exchanged. Threads
        do not know whether they were begun inside a control.
        """
        if item is not self._running or in_control() or threading.get_ident() != self._thread:
            return
        if not self._recorder.answered or _constant(orig):
            return
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_globals.get("__name__", "").startswith(_MACHINERY):
            frame = frame.f_back
        if frame is not None and is_own(Path(frame.f_code.co_filename), item):
            self.count += 1


def is_own(file: Path, item: pytest.Item) -> bool:
    """Tell whether an assertion in a file is the check's: it stands in its own, or in a claim."""
    return file == item.path or file in CLAIMS


@cache
def _constant(expression: str) -> bool:
    """Tell whether an asserted expression names nothing, so that no answer of the target can change it."""
    try:
        return not any(isinstance(node, ast.Name) for node in ast.walk(ast.parse(expression.strip(), mode="eval")))
    except (SyntaxError, ValueError):
        return False
