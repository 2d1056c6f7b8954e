"""One night: what there is to judge, a run for each, and what each says beside what was known before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from artifactory_conformance.nightly.history import History, Subject, read_results
from artifactory_conformance.reporting.changes import Changes, Kind, changes

CLEAN, NONCONFORMANT, INTERRUPTED, NOT_SHOWN = 0, 1, 2, 6

_WORST_FIRST = (INTERRUPTED, NONCONFORMANT, NOT_SHOWN)


@dataclass(frozen=True)
class Compared:
    """A run beside an earlier one. with_what: in words."""

    with_what: str
    changes: Changes


@dataclass(frozen=True)
class Judged:
    """One run of a night. code: what it ended with. results: what it wrote; None if it judged nothing.

    compared: beside the last run of the same version and beside that of the version before, as far as there are any.
    """

    subject: Subject
    code: int
    results: dict[str, Any] | None
    compared: tuple[Compared, ...] = ()

    @property
    def verdict(self) -> int:
        """The exit code that it stands for: of what is new, where something was known before; else its own."""
        if self.code == INTERRUPTED:
            return INTERRUPTED
        if self.results is None:
            return NOT_SHOWN
        if not self.compared:
            return self.code if self.code in {CLEAN, NONCONFORMANT} else NOT_SHOWN
        new = self.compared[0].changes
        if new.of_kind(Kind.FAILING):
            return NONCONFORMANT
        return NOT_SHOWN if new.of_kind(Kind.SILENT) else CLEAN


@dataclass
class Night:
    """What became of a night. problems: what could not be judged, and why, one line each; notes decide nothing."""

    judged: list[Judged] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0: nothing new, 1: something is newly nonconformant, 2: interrupted, 6: something was not shown."""
        codes = [judged.verdict for judged in self.judged] + [NOT_SHOWN] * bool(self.problems)
        return next((code for code in _WORST_FIRST if code in codes), CLEAN)


def judge(
    subjects: Sequence[Subject], history: History, reports: Path, run: Callable[[Subject, Path], int], night: Night
) -> None:
    """Run each subject, compare it with what is known, and keep it.

    run: runs one with a folder for its reports, and gives its exit code. Raises HistoryUnreadable.
    """
    for subject in subjects:
        print(f"conformance: {subject}", flush=True)
        folder = reports / str(subject)
        written = folder / "results.json"
        written.unlink(missing_ok=True)
        code = run(subject, folder)
        results = read_results(written) if written.exists() else None
        if results is not None and not _judged_something(results):
            results = None
        night.judged.append(Judged(subject, code, results, _compared(subject, results, history)))
        if results is not None and code != INTERRUPTED:
            history.keep(subject, written)
        print(f"conformance: {subject}: ended with {code}, {folder}", flush=True)
        if code == INTERRUPTED:
            return


def _judged_something(results: dict[str, Any]) -> bool:
    """Whether anything was exchanged: a target that never came up is to be tried again."""
    return any(check.get("evidence") for check in results["checks"])


def _compared(subject: Subject, results: dict[str, Any] | None, history: History) -> tuple[Compared, ...]:
    if results is None:
        return ()
    found = []
    if (before := history.read(subject)) is not None:
        found.append(Compared(f"the last run of {subject.version}", changes(before, results)))
    if (previous := history.previous(subject)) is not None:
        older = history.read(previous)
        assert older is not None
        found.append(Compared(previous.version, changes(older, results)))
    return tuple(found)
