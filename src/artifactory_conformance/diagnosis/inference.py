"""From what a run has seen to a ranked list of causes: pure, so that it can be made again from stored data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from artifactory_conformance.diagnosis.cause import Cause, Certainty
from artifactory_conformance.diagnosis.causes import CAUSES
from artifactory_conformance.diagnosis.seen import Seen, SeenCheck

NOTHING = "nothing to explain"
OF_AN_ARTIFACTORY = "unknown: the causes that are known are those of an Artifactory, and this is an index"


@dataclass(frozen=True)
class CauseFound:
    """A cause that a run speaks for. explains: ids of the findings that it can be behind."""

    cause: Cause
    certainty: Certainty
    because: tuple[str, ...]
    explains: tuple[str, ...] = ()
    hidden: bool = False
    """Whether everything that it explains is explained by what is proved."""
    brought: bool = False
    """Whether another one that is as sure makes it true as well."""

    def as_data(self) -> dict[str, Any]:
        """Give it as builtins, for results.json."""
        cause = self.cause
        return {
            "cause": cause.id,
            "title": cause.title,
            "certainty": self.certainty.value,
            "because": list(self.because),
            "surer": "" if self.certainty is Certainty.PROVED else cause.proof,
            "remedy": cause.remedy,
            "owner": cause.owner.value,
            "section": cause.section,
            "clauses": list(cause.about),
            "explains": list(self.explains),
        }


@dataclass(frozen=True)
class Diagnosis:
    """What is behind the findings of a run. findings: causes, the first one first. unexplained: ids of checks."""

    findings: tuple[CauseFound, ...] = ()
    unexplained: tuple[str, ...] = ()
    says: str = NOTHING

    def as_data(self) -> dict[str, Any]:
        """Give it as builtins, for results.json."""
        return {
            "findings": [found.as_data() for found in self.findings],
            "unexplained": list(self.unexplained),
            "says": self.says,
        }


def diagnose(seen: Seen, causes: Iterable[Cause] | None = None) -> Diagnosis:
    """Infer the causes behind the findings of a run. causes: those that are known, the catalogue unless told."""
    hard = [check for check in seen.findings if check.is_hard]
    if seen.target.get("kind") == "index":
        left = tuple(check.id for check in hard)
        return Diagnosis((), left, OF_AN_ARTIFACTORY) if hard else Diagnosis()
    named = [found for cause in (CAUSES.values() if causes is None else causes) if (found := _found(cause, seen))]
    named = _without_what_is_told_closer(named)
    if not hard:
        named = [found for found in named if found.certainty is Certainty.PROVED]
    if not named and not hard:
        return Diagnosis()
    ranked = sorted(_put_behind(_marked_as_brought(named)), key=_rank)
    explained = {name for found in ranked for name in found.explains}
    unexplained = tuple(check.id for check in hard if check.id not in explained)
    return Diagnosis(tuple(ranked), unexplained, _in_one_line(ranked, unexplained))


def _found(cause: Cause, seen: Seen) -> CauseFound | None:
    """Look whether a run speaks for a cause; one that explains nothing of what was found is no answer."""
    certainty = cause.certainty(seen)
    if certainty is None:
        return None
    explains = tuple(check.id for check in seen.findings if _explains(cause, check, seen))
    return CauseFound(cause, certainty[0], (certainty[1],), explains) if explains else None


def _explains(cause: Cause, check: SeenCheck, seen: Seen) -> bool:
    """Tell whether a cause can be behind a finding, or behind one that this one builds on."""
    return cause.can_be_behind(check) or any(cause.can_be_behind(base) for base in seen.bases(check))


def _without_what_is_told_closer(found: Sequence[CauseFound]) -> list[CauseFound]:
    """Leave out causes of which a closer name is as sure; of what is possible, all names stay open."""
    closer: dict[str, int] = {}
    for one in found:
        for general in one.cause.refines:
            closer[general] = min(one.certainty.rank, closer.get(general, Certainty.POSSIBLE.rank))
    return [one for one in found if not _is_told_closer(one, closer.get(one.cause.id, Certainty.POSSIBLE.rank))]


def _is_told_closer(one: CauseFound, surest: int) -> bool:
    return surest < Certainty.POSSIBLE.rank and surest <= one.certainty.rank


def _marked_as_brought(found: Sequence[CauseFound]) -> list[CauseFound]:
    """Mark what another cause brings along; of two that bring each other none is."""
    by_id = {one.cause.id: one for one in found}

    def brings(one: CauseFound, other: CauseFound) -> bool:
        return other.cause.id in one.cause.brings and one.certainty.rank <= other.certainty.rank

    def is_brought(one: CauseFound) -> bool:
        return any(brings(other, one) and not brings(one, other) for other in by_id.values())

    return [replace(one, brought=is_brought(one)) for one in found]


def _put_behind(found: Sequence[CauseFound]) -> list[CauseFound]:
    """Mark what explains nothing that a proved cause does not, and be no surer of it than that it is possible."""
    proved = {name for one in found if one.certainty is Certainty.PROVED for name in one.explains}
    return [
        replace(one, certainty=Certainty.POSSIBLE, hidden=True)
        if one.certainty is not Certainty.PROVED and proved.issuperset(one.explains)
        else one
        for one in found
    ]


def _rank(found: CauseFound) -> tuple[bool, bool, int, int, str]:
    return found.hidden, found.brought, found.certainty.rank, -len(found.explains), found.cause.id


def _in_one_line(found: Sequence[CauseFound], unexplained: Collection[str]) -> str:
    left = f"{len(unexplained)} finding{'s' if len(unexplained) != 1 else ''}"
    if not found:
        return f"unknown: no cause in the catalogue explains {left}"
    first = found[0]
    says = f"{first.certainty.value}: {first.cause.title}"
    also = sum(one.certainty is first.certainty for one in found[1:] if not (one.hidden or one.brought))
    says += f", and {also} more as sure as that" if also else ""
    return f"{says}; unknown: what is behind {left}" if unexplained else says
