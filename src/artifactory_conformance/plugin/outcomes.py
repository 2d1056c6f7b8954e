"""How a phase of a check ended, told from the exception that ended it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from artifactory_conformance.checks import ControlFailed
from artifactory_conformance.verdicts import Outcome, OutcomeKind, Reason

LONGEST_MESSAGE = 1500
"""Characters of a message that are kept; it is cut after redaction, for half a secret is not recognized."""


_OVERLOADED = (429, 502, 503, 504)
_BY_ARTIFACTORY = {"x-artifactory-id", "x-artifactory-node-id", "x-jfrog-version"}
"""Headers one of which every answer of an Artifactory has (A3)."""


class Gated(pytest.skip.Exception):  # type: ignore[name-defined, misc]
    """The run cannot give what a check needs: a declared skip, with its machine-readable reason."""

    kind = OutcomeKind.GATED

    def __init__(self, reason: Reason, remedy: str) -> None:
        self.reason = reason
        super().__init__(f"{reason.value}: {remedy}")


class NotApplicable(Gated):
    """The target has nothing that the check could be about, by its edition, its version or a setting of its own."""

    kind = OutcomeKind.NOT_APPLICABLE


class TargetLost(Exception):
    """The target was not there, or was another one, before the check began."""

    kind = OutcomeKind.TARGET_LOST


class VersionUnclear(Exception):
    """What the target tells of its version leaves open whether the check is about it."""

    kind = OutcomeKind.VERSION_UNCLEAR


def outcome_of(item: pytest.Item, call: pytest.CallInfo[None], is_own: Callable[[Path], bool]) -> Outcome:
    """Tell how a phase ended.

    is_own: whether a source file's assertions are claims of this check in this phase. Only a failed assertion whose
    last frame stands in such a file is a failed claim; everything else is a failure of something that the check needs.
    """
    if item.get_closest_marker("xfail") is not None:
        return Outcome(OutcomeKind.XFAILED, "an expected failure is no verdict: remove the xfail")
    if call.excinfo is None:
        return Outcome(OutcomeKind.PASSED)
    error = call.excinfo.value
    where = call.excinfo.traceback[-1]
    message = _message(error, f"{where.path.name if isinstance(where.path, Path) else where.path}:{where.lineno + 1}")
    if isinstance(error, Gated):
        return Outcome(error.kind, str(error.msg), error.reason)
    if isinstance(error, pytest.skip.Exception):
        return Outcome(OutcomeKind.SKIPPED, f"undeclared skip: {error.msg}")
    if isinstance(error, pytest.xfail.Exception):
        return Outcome(OutcomeKind.XFAILED, message)
    if isinstance(error, pytest.fail.Exception) and "Timeout" in str(error.msg):
        return Outcome(OutcomeKind.TIMED_OUT, str(error.msg).strip())
    if isinstance(error, ControlFailed):
        return Outcome(OutcomeKind.CONTROL_FAILED, str(error))
    if isinstance(error, (TargetLost, VersionUnclear)):
        return Outcome(error.kind, str(error))
    if isinstance(error, AssertionError) and isinstance(where.path, Path) and is_own(where.path):
        return Outcome(OutcomeKind.CLAIM_FAILED, message)
    return Outcome(OutcomeKind.BROKE, message)


def of_something_between(evidence: Iterable[Mapping[str, Any]]) -> str:
    """Tell of an answer that a load balancer or proxy gave in the instance's place; empty if there was none."""
    for item in evidence:
        headers = {name.lower() for name in item.get("response_headers", ())}
        if item.get("party") == "target" and item["status"] in _OVERLOADED and not headers & _BY_ARTIFACTORY:
            return f"{item['method']} {item['url']} -> {item['status']}, which is no answer of an Artifactory"
    return ""


def _message(error: BaseException, where: str) -> str:
    text = str(error) or type(error).__name__
    if isinstance(error, AssertionError):  # what pytest adds below a sentence of the check's own only repeats it
        sentence, _, introspection = text.partition("\nassert ")
        text = sentence if introspection else text
    kind = "" if isinstance(error, (AssertionError, ControlFailed)) else f"{type(error).__name__}: "
    return f"{kind}{text} ({where})"


def readable(message: str, report: pytest.TestReport) -> str:
    """Give what stands below a failed check instead of a traceback."""
    return message or f"{report.when} failed"
