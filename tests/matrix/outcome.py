"""What became of one fault: who noticed it, and who else changed its mind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.verdicts import Verdict
from tests.matrix.faults import Given
from tests.proof.runs import ENDS, Run

FAILED = frozenset({Verdict.NONCONFORMANT.value, Verdict.WARNING.value})
SAY_SOMETHING = frozenset({Verdict.BLOCKED.value, Verdict.CONFORMANT.value})
"""A check that warns without a fault may be content with one."""


@dataclass(frozen=True)
class Outcome:
    """What a run with a fault says, check by check, beside the same run without it.

    killers: checks that fail and cite the fault's own clause or fact. also: checks that fail and cite another that it
    stands for. strays: checks that fail and cite none of them. lost: checks that came to no verdict, though they build
    on nothing that failed. blocked: checks that point to the one they build on. contradicted: checks that fail without
    the fault as well, as those of contested clauses do: the model does otherwise than the guide says.
    """

    fault: Given
    run: Run
    killers: tuple[str, ...]
    also: tuple[str, ...]
    strays: tuple[str, ...]
    lost: tuple[str, ...]
    blocked: tuple[str, ...]
    contradicted: tuple[str, ...]

    @property
    def problems(self) -> list[str]:
        """Say what is wrong with this row of the matrix; nothing for a fault that is killed as it should be."""
        found = []
        if self.run.code not in ENDS:
            found.append(f"ended with {self.run.code}: {self.run.why}")
        if self.fault.kind == "variation":
            noticed = (*self.killers, *self.also, *self.strays, *self.lost, *self.blocked)
            return found + [f"false alarm: {self.told(name)}" for name in noticed]
        if not self.killers:
            found.append(f"no check that cites {self.fault.stands_for[0]} notices it")
        return found + [f"collateral: {self.told(name)}" for name in (*self.strays, *self.lost)]

    def told(self, check: str) -> str:
        """Give a check's verdict and message in one line."""
        return f"{check}: {self.run.verdicts[check]}: {' '.join(self.run.messages[check].split())[:300]}"


def outcome(fault: Given, broken: Run, plain: Run, checks: Mapping[str, Check]) -> Outcome:
    """Compare a run with a fault with one without. checks: all by id."""
    changed = {name: v for name, v in broken.verdicts.items() if v != plain.verdicts.get(name)}
    failed = [name for name, verdict in sorted(changed.items()) if verdict in FAILED]
    cited = {name: set(checks[name].about) for name in failed}
    own, all_of_it = fault.stands_for[0], set(fault.stands_for)
    killers = tuple(name for name in failed if own in cited[name])
    also = tuple(name for name in failed if cited[name] & all_of_it and name not in killers)
    blocked = [n for n, v in changed.items() if v == Verdict.BLOCKED.value or _stands_on(failed, checks[n], v)]
    return Outcome(
        fault,
        broken,
        killers,
        also,
        tuple(name for name in failed if not cited[name] & all_of_it),
        tuple(n for n, v in sorted(changed.items()) if v not in FAILED | SAY_SOMETHING and n not in blocked),
        tuple(sorted(blocked)),
        tuple(sorted(name for name, verdict in plain.verdicts.items() if verdict in FAILED)),
    )


def _stands_on(failed: Sequence[str], check: Check, verdict: str) -> bool:
    """Tell whether a check without a verdict builds on one that failed, if only as a warning.

    A run calls it inconclusive then: a warning hides nothing that is worse. Here it is no other subject.
    """
    functions = {name.partition("[")[0] for name in failed}
    return verdict == Verdict.INCONCLUSIVE.value and any(base in functions for base in check.info.builds_on)
