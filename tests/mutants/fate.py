"""What became of a mutant: who noticed, if anybody did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from artifactory_conformance.verdicts import Verdict
from tests.mutants.mutant import Mutant
from tests.mutants.slot import TOO_LONG, Ended


class Fate(str, Enum):
    """What became of a mutant."""

    FAILED = "a check failed"
    NO_VERDICT = "a check came to no verdict"
    UNUSABLE = "no site can be set up with it"
    SURVIVED = "nobody noticed"
    UNREACHED = "no check reaches it"


@dataclass(frozen=True)
class Judged:
    """A mutant, what became of it, and the check that noticed first. asked: how many checks reach it."""

    mutant: Mutant
    fate: Fate
    by: str = ""
    asked: int = 0


def judge(mutant: Mutant, nodes: Sequence[str], ended: Ended, plain: Mapping[str, str]) -> Judged:
    """Say what became of a mutant. plain: the verdicts without it.

    Raises RuntimeError for a run that came to no end of its own, which says nothing.
    """
    if not nodes:
        return Judged(mutant, Fate.UNREACHED)
    if not ended.verdicts and ended.code != TOO_LONG:
        raise RuntimeError(f"{mutant.name}: the run ended with {ended.code} before anything was judged: {ended.why}")
    bad = {Verdict.NONCONFORMANT.value, Verdict.WARNING.value}
    failed = [name for name, verdict in ended.verdicts.items() if verdict in bad and plain.get(name) != verdict]
    lost = [name for name, v in ended.verdicts.items() if v == Verdict.INCONCLUSIVE.value and plain.get(name) != v]
    started = any(verdict != Verdict.INCONCLUSIVE.value for verdict in ended.verdicts.values())
    if failed:
        return Judged(mutant, Fate.FAILED, failed[0], len(nodes))
    if lost or ended.code not in (0, 1, 6):
        hung = ended.code == TOO_LONG
        return Judged(
            mutant, Fate.NO_VERDICT if started or hung else Fate.UNUSABLE, (lost or [ended.why])[0], len(nodes)
        )
    return Judged(mutant, Fate.SURVIVED, "", len(nodes))
