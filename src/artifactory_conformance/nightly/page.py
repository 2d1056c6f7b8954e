"""changes.md: what a night found, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from artifactory_conformance.nightly.night import CLEAN, INTERRUPTED, NONCONFORMANT, NOT_SHOWN, Judged, Night
from artifactory_conformance.reporting.changes import Change, Changes, Kind
from artifactory_conformance.reporting.lines import in_code, in_line

MEANING = {
    CLEAN: "nothing new",
    NONCONFORMANT: "something is newly nonconformant",
    INTERRUPTED: "interrupted",
    NOT_SHOWN: "something was not shown",
}


def as_markdown(night: Night) -> str:
    """Give the page."""
    return "\n".join(_lines(night)) + "\n"


def _lines(night: Night) -> Iterator[str]:
    yield "# What changed"
    yield ""
    yield f"Exit code {night.exit_code}: {MEANING[night.exit_code]}."
    for line in night.problems:
        yield f"* Not judged: {in_line(line)}"
    for line in night.notes:
        yield f"* {in_line(line)}"
    if night.judged:
        yield ""
        yield "| version | edition | mode | its run | here |"
        yield "|---|---|---|---|---|"
    for judged in night.judged:
        subject = judged.subject
        yield f"| {subject.version} | {subject.edition} | {subject.mode} | {judged.code} | {MEANING[judged.verdict]} |"
    for judged in night.judged:
        yield from _one(judged)


def _one(judged: Judged) -> Iterator[str]:
    yield ""
    yield f"## {judged.subject}"
    yield ""
    if judged.results is None:
        yield "It judged nothing: its own words are in the log. It is tried again next time."
        return
    yield f"{in_line(judged.results.get('about'))}. Exit code {judged.code}. {in_line(judged.results.get('why'))}"
    if not judged.compared:
        yield ""
        yield "The first of its kind: there is nothing to compare it with."
        failing = [check for check in judged.results["checks"] if check["verdict"] == "nonconformant"]
        yield from _listed("Nonconformant", [_check(check) for check in failing])
    for compared in judged.compared:
        yield ""
        yield f"### Beside {compared.with_what}"
        yield from of_changes(compared.changes)


def _check(check: dict[str, Any]) -> str:
    about = ", ".join([*check.get("clauses", ()), *check.get("facts", ())])
    return f"{in_code(check['id'])} ({in_line(about)}): {in_line(check.get('message'))}"


def of_changes(found: Changes) -> Iterator[str]:
    """Give what differs between two runs, line by line."""
    if not found:
        yield ""
        yield "No verdict and no observed value differs."
    for kind in Kind:
        yield from _listed(kind.value.capitalize(), [_verdict(change) for change in found.of_kind(kind)])
    yield from _listed("Clauses", [_verdict(change) for change in found.clauses])
    yield from _listed("New observed values", [_value(change) for change in found.observed])


def _listed(title: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield ""
        yield f"{title} ({len(rows)})"
        yield ""
        yield from (f"* {row}" for row in rows)


def _verdict(change: Change) -> str:
    told = f": {in_line(change.message)}" if change.message else ""
    return f"{_subject(change)}: {change.before or 'absent'} → {change.now or 'absent'}{told}"


def _value(change: Change) -> str:
    return f"{_subject(change)}, {in_line(change.name)}: {in_code(change.before)} → {in_code(change.now)}"


def _subject(change: Change) -> str:
    return in_code(change.what) + (f" ({in_line(', '.join(change.about))})" if change.about else "")
