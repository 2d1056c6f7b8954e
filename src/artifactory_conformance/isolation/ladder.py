"""The ladder of evidence and the four words that a climb ends in: pure, nothing is asked here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Rung(str, Enum):
    """What was looked at. The values are the numbers of its rungs (users 3.3)."""

    BREADTH = "E1"  # how many versions a project of the catalog lists
    PARITY = "E2"  # the files of a project, against the catalog's own answer
    LAYOUT = "E3"  # what the paths of files look like
    CANARIES = "E4"  # names that the public index has and the catalog has not
    TRACE = "E5"  # what a trace of the resolution names
    ORIGIN = "E6"  # the header that says where a file came from
    LIST = "E7"  # the address that the list of repositories shows
    WALK = "E8"  # every configuration behind the repository


class Finding(str, Enum):
    """What was seen on one rung."""

    CLEAN = "clean"  # the rung was seen whole, and nothing on it comes from elsewhere
    FOREIGN = "foreign"  # something on it comes from elsewhere, or would
    UNCLEAR = "unclear"  # it was looked at and tells nothing


@dataclass(frozen=True)
class Sight:
    """One look at one rung, and what it rests on, in words."""

    rung: Rung
    finding: Finding
    seen: str

    def __str__(self) -> str:
        return f"{self.rung.value} {self.finding.value}: {self.seen}"


class Word(str, Enum):
    """What a climb ends in. Nobody prints `pass` for the second one."""

    PROVEN_CLEAN = "PROVEN CLEAN"
    NO_EVIDENCE = "NO EVIDENCE OF PUBLIC PYPI"
    CONTAMINATED = "CONTAMINATED"
    INCONCLUSIVE = "INCONCLUSIVE"


def word_for(sights: Iterable[Sight]) -> Word:
    """Fold what was seen to a word.

    Foreign content anywhere contaminates. Without the canaries nothing was asked that only the public index could
    answer, and nothing shows that catalog content is served at all, so they decide between a word and none. The walk
    over all configurations is what makes a proof of it; the other rungs can only contradict.
    """
    seen = list(sights)
    if any(sight.finding is Finding.FOREIGN for sight in seen):
        return Word.CONTAMINATED
    if not _all_clean(seen, Rung.CANARIES):
        return Word.INCONCLUSIVE
    return Word.PROVEN_CLEAN if _all_clean(seen, Rung.WALK) else Word.NO_EVIDENCE


def _all_clean(sights: Iterable[Sight], rung: Rung) -> bool:
    findings = [sight.finding for sight in sights if sight.rung is rung]
    return bool(findings) and all(finding is Finding.CLEAN for finding in findings)
