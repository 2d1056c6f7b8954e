"""From what happened to what it means: outcomes of checks, their verdicts, the fold to clauses and to the exit code.

Pure: nothing here knows pytest, HTTP or a file. Everything may import it; it imports only the guide.
"""

from artifactory_conformance.verdicts.exit_code import ExitCode, exit_code
from artifactory_conformance.verdicts.floor import floor, unchecked
from artifactory_conformance.verdicts.fold import ClauseResult, block, fold_clauses, worst
from artifactory_conformance.verdicts.judge import Attempt, Outcome, OutcomeKind, Pulse, judge
from artifactory_conformance.verdicts.model import (
    FILES_COMPARED,
    CheckInfo,
    CheckResult,
    Judgement,
    Level,
    Reason,
    Verdict,
)
from artifactory_conformance.verdicts.waivers import Waiver, WaiverResult, WaiverState, waive

__all__ = [
    "FILES_COMPARED",
    "Attempt",
    "CheckInfo",
    "CheckResult",
    "ClauseResult",
    "ExitCode",
    "Judgement",
    "Level",
    "Outcome",
    "OutcomeKind",
    "Pulse",
    "Reason",
    "Verdict",
    "Waiver",
    "WaiverResult",
    "WaiverState",
    "block",
    "exit_code",
    "floor",
    "fold_clauses",
    "judge",
    "unchecked",
    "waive",
    "worst",
]
