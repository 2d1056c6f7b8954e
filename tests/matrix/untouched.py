"""Faults in force together, while those checks run that none of them can touch: is the selection right?

What a fault touches is found by trying it. If that overlooked something, a check that it is not said to touch changes
its verdict; which fault does it is found in ever smaller groups.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from artifactory_conformance.coverage.inventory import Check
from tests.matrix.faults import Given
from tests.matrix.rows import Untouched
from tests.matrix.selection import node_of, tried
from tests.proof.maker import Maker
from tests.proof.parts import commit
from tests.proof.runs import ENDS, Run, Trial

TOGETHER = ("defect", "misconfiguration")
"""Kinds of which several can be in force."""

MOST = 12
"""How many faults are in force together."""

LOSS = 0.15
"""The share of a group's checks that may be lost to another group by one more fault."""

Make = Callable[[Trial], "Run | None"]


def met(faults: Sequence[Given], checks: Collection[Check], state: str, maker: Maker) -> Untouched | None:
    """Let faults meet what they are not said to touch, and show what changes; None if nothing was run.

    Clients that misbehave are left out: what they touch is known without trying. state: of what is judged, by which
    the runs are kept that tell what is touched.
    """
    every = {node_of(check) for check in checks}
    pairs = runs = 0
    found, seen = [], set()
    of_models = [fault for fault in faults if fault.kind in TOGETHER]
    for target in dict.fromkeys(fault.target for fault in of_models):
        selection, plain = tried(state, target)
        groups = grouped({one: every - set(selection.of(one)) for one in of_models if one.target == target})
        by_trial = {group.trial: group for group in groups}
        for number, made in enumerate(maker.make_all(list(by_trial)), 1):
            group = by_trial[made.trial]
            new = list(findings(group, made, plain, maker.make))
            print(f"[{number}/{len(groups)}] {group.trial.name}: {len(new)} found, {made.seconds:.0f} s", flush=True)
            for one in new:
                print(f"    {one}", flush=True)
            found += new
            pairs, runs = pairs + len(group.faults) * len(group.nodes), runs + 1
            seen |= set(group.faults)
    return Untouched(len(seen), pairs, runs, tuple(found), commit()) if runs else None


@dataclass(frozen=True)
class Group:
    """Faults of one kind, and the node ids of checks that none of them touches."""

    faults: tuple[Given, ...]
    nodes: tuple[str, ...]

    @property
    def trial(self) -> Trial:
        """The run with all of them in force."""
        kind, target = self.faults[0].kind, self.faults[0].target
        named = [part for fault in self.faults for part in (f"--{kind}", fault.name)]
        name = f"untouched by {len(self.faults)} from {self.faults[0].name} on {len(self.nodes)}"
        return Trial(name, (*named, *target, *self.nodes), like="plain")


def grouped(untouched: Mapping[Given, Set[str]]) -> list[Group]:
    """Give groups so that each fault meets each check that it does not touch, with as few runs as come easily."""
    left = {fault: set(nodes) for fault, nodes in untouched.items() if nodes}
    found = []
    while left:
        first = max(left, key=lambda fault: len(left[fault]))
        chosen, nodes = [first], set(left[first])
        for other in sorted(left, key=lambda fault: -len(left[fault] & nodes)):
            both = nodes & untouched[other]
            if len(chosen) == MOST or other is first or (other.kind, other.target) != (first.kind, first.target):
                continue
            if len(both) >= (1 - LOSS) * len(nodes) and 2 * len(both & left[other]) >= len(both):
                chosen.append(other)
                nodes = both
        found.append(Group(tuple(chosen), tuple(sorted(nodes))))
        left = {fault: rest for fault, had in left.items() if (rest := had - nodes if fault in chosen else had)}
    return found


def findings(group: Group, made: Run, plain: Run, make: Make) -> Iterator[str]:
    """Say which fault changes which verdict, though it is not said to touch it; nothing where the selection is right.

    made: the run of the group. make: makes the runs of smaller groups; None when the time is over.
    """
    changed = _changed(made, plain)
    if not changed:
        return
    if len(group.faults) == 1:
        yield from (f"{group.faults[0].name} was not said to touch {one}" for one in changed)
        return
    middle = len(group.faults) // 2
    nodes = tuple(node for node in group.nodes if any(_is_of(name, node) for name in changed)) or group.nodes
    for part in (group.faults[:middle], group.faults[middle:]):
        smaller = Group(part, nodes)
        again = make(smaller.trial)
        if again is None:
            yield f"no time to find out which of {len(part)} faults changes {', '.join(changed)}"
        else:
            yield from findings(smaller, again, plain, make)


def _changed(made: Run, plain: Run) -> list[str]:
    if made.code not in ENDS:
        return [f"the run: ended with {made.code}: {made.why}"]
    told = {name: " ".join(made.messages[name].split())[:200] for name in made.verdicts}
    return [
        f"{name}: {verdict}: {told[name]}" for name, verdict in made.verdicts.items() if verdict != plain.verdicts[name]
    ]


def _is_of(told: str, node: str) -> bool:
    """Tell whether a changed verdict is that of a check function."""
    function = told.partition(":")[0].partition("[")[0].rpartition(".")[2]
    return node.endswith(f"::test_{function}")
