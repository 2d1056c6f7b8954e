"""A run that somebody else has made, read back from its results.json and folded by the rules of this version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from artifactory_conformance import __version__
from artifactory_conformance.guide import clauses
from artifactory_conformance.reporting.results import SCHEMA_VERSION, RunResults
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.verdicts import (
    CheckInfo,
    CheckResult,
    Judgement,
    Level,
    Reason,
    Verdict,
    Waiver,
    WaiverResult,
    WaiverState,
    block,
    fold_clauses,
    unchecked,
)


class Unreadable(Exception):
    """It is not the data of a run that this version can read; the message is the rest of a sentence about it."""


@dataclass(frozen=True)
class StoredRun(RunResults):
    """Results as they were written down: how the run ended is kept, what follows from its checks is made anew."""

    data: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def about(self) -> str:
        """What was under test, as the run said it."""
        return str(self.data["about"])

    @property
    def partial(self) -> list[str]:
        """Say what the run left out."""
        return [str(line) for line in self.data["partial"]]

    def differences(self) -> list[str]:
        """Say where this version comes to another verdict than the one that has written the results."""
        now = {result.clause.id: result.verdict.value for result in self.clauses}
        before = {str(one["id"]): str(one["verdict"]) for one in self.data["clauses"]}
        both = [name for name in now if name in before and now[name] != before[name]]
        return [
            *(f"{name}: {before[name]} there, {now[name]} by this version" for name in both),
            *(f"{name}: unknown to this version" for name in before if name not in now),
            *(f"{name}: unknown to the version that ran" for name in now if name not in before),
        ]

    def diagnosis_before(self) -> list[str] | None:
        """Name the causes that the run itself has found, in their order; None if it has looked for none."""
        stored = self.data.get("diagnosis")
        return None if stored is None else [f"{one['certainty']}: {one['title']}" for one in stored["findings"]]

    def diagnosis_now(self) -> list[str]:
        """Name those that this version finds in the same data."""
        return [f"{one.certainty.value}: {one.cause.title}" for one in self.diagnosis.findings]


def stored_run(data: object, reports: Path) -> StoredRun:
    """Give the run that a results.json tells of. reports: where it lies, to be named.

    Raises Unreadable for what is no such data, of another schema, or with words that this version does not know.
    """
    if not isinstance(data, Mapping) or "schema_version" not in data:
        raise Unreadable("is no results.json of this suite: it has no schema_version")
    if data["schema_version"] != SCHEMA_VERSION:
        raise Unreadable(
            f"has schema_version {str(data['schema_version'])[:20]}, and version {__version__} of the suite reads "
            f"{SCHEMA_VERSION}: use the version that has written it, or a newer one"
        )
    try:
        return _read(data, reports)
    except KeyError as error:
        raise Unreadable(f"is no results.json of this suite: {error} is missing") from error
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError) as error:
        problem = str(error)[:120] or type(error).__name__
        raise Unreadable(f"cannot be read by version {__version__} of the suite: {problem}") from error


def _read(data: Mapping[str, Any], reports: Path) -> StoredRun:
    known = clauses()
    checks = {str(one["id"]): _check(one, set(known)) for one in data["checks"]}
    by_check = list(block(checks).values())
    target = data["target"]
    kind = TargetKind(target["kind"])
    url = str(target["url"] or "")
    settings = Settings(
        target=kind,
        level=Level(data["level"]),
        repo="",
        virtual="",
        local="",
        reports=reports,
        artifactory_url="" if kind is TargetKind.INDEX else url,
        index_url=url if kind is TargetKind.INDEX else "",
        model_profile=str(target["profile"] or ""),
    )
    version = {name: target[name] for name in ("version", "revision", "edition")} if target["version"] else None
    run = StoredRun(
        run=str(data["run"]),
        settings=settings,
        started=_seconds(data["started"]),
        finished=_seconds(data["finished"]),
        version=version,
        checks=tuple(by_check),
        clauses=tuple(fold_clauses(known, by_check, without_check=frozenset(unchecked())).values()),
        floor=frozenset(_texts(data["floor"])),
        exit_code=int(data["exit_code"]),
        why=str(data["why"]),
        problems=tuple(_texts(data["problems"])),
        deselected=0,
        notes=tuple(_texts(data["notes"])),
        waivers=tuple(map(_waiver, data["waivers"])),
        probes=dict(data.get("probes") or {}),
        data=data,
    )
    for line in (*run.differences(), *run.diagnosis_now(), *(run.diagnosis_before() or ()), run.about, *run.partial):
        line.isprintable()  # all that is read later is there, and is text
    return run


def _check(one: Mapping[str, Any], known: set[str]) -> CheckResult:
    info = CheckInfo(
        id=str(one["id"]),
        title=str(one["title"]),
        clauses=tuple(name for name in _texts(one["clauses"]) if name in known),
        vantage=str(one["vantage"]),
        level=str(one["level"]),
        builds_on=tuple(_texts(one["builds_on"])),
        facts=tuple(_texts(one["facts"])),
    )
    judgement = Judgement(Verdict(one["verdict"]), Reason(one["reason"]), str(one["message"]))
    return CheckResult(info, judgement, float(one["seconds"]), dict(one["observations"]))


def _waiver(one: Mapping[str, Any]) -> WaiverResult:
    waiver = Waiver(
        str(one["reason"]),
        str(one["ticket"]),
        date.fromisoformat(one["expires"]),
        clause=str(one["clause"] or ""),
        check=str(one["check"] or ""),
    )
    return WaiverResult(waiver, WaiverState(one["state"]), tuple(_texts(one["checks"])))


def _texts(found: Any) -> Sequence[str]:
    if not isinstance(found, list):
        raise TypeError(f"a list was expected, and there is {type(found).__name__}")
    return [str(one) for one in found]


def _seconds(text: Any) -> float:
    return datetime.fromisoformat(text).timestamp()
