"""Faults in force together, while all checks run that cite nothing of what they stand for: none may change its verdict.

One by one that would take hours: what holds with many faults at once holds with each of them. Where a verdict changes,
which fault does it is found in ever smaller groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256

from artifactory_conformance.coverage.inventory import Check
from tests.matrix.faults import Given
from tests.matrix.outcome import outcome
from tests.matrix.rows import Together
from tests.matrix.selection import node_of, with_bases
from tests.proof.maker import Maker
from tests.proof.parts import commit
from tests.proof.runs import Run, Trial

MOST = {"defect": 16, "misconfiguration": 8}
"""How many faults of a kind are in force together. Of a client only one can be."""

LOSS = 0.15
"""The share of a group's checks that may be left to another group for the sake of one more fault."""

NEW = 0.05
"""The least share of a group's checks that a fault has to meet for the first time there."""

Make = Callable[[Trial], "Run | None"]


@dataclass(frozen=True)
class Group:
    """Faults of one kind, and the node ids of checks that cite nothing of what they stand for."""

    faults: tuple[Given, ...]
    nodes: tuple[str, ...]

    @property
    def as_one(self) -> Given:
        """All of them as one fault."""
        first = self.faults[0]
        ids = dict.fromkeys(id_ for fault in self.faults for id_ in fault.stands_for)
        members = " ".join([*(fault.name for fault in self.faults), *self.nodes])
        name = f"{len(self.faults)} from {first.name} {sha256(members.encode()).hexdigest()[:6]}"
        return Given(first.kind, name, tuple(ids), "They are in force together.", target=first.target)

    def trial(self, checks: Mapping[str, Check]) -> Trial:
        """Give the run with all of them in force; what the checks build on runs as well."""
        named = [part for fault in self.faults for part in (f"--{fault.kind}", fault.name)]
        nodes = sorted(with_bases(set(self.nodes), list(checks.values())))
        return Trial(f"together {self.as_one.name}", (*named, *self.faults[0].target, *nodes), like="plain")


def met(faults: Sequence[Given], checks: Mapping[str, Check], maker: Maker) -> Together | None:
    """Let faults meet all checks of other subjects, and show what changes; None if the time was over before any did."""
    of_models = [fault for fault in faults if fault.kind in MOST]
    pairs = runs = missing = 0
    found, seen = [], set()
    for target in dict.fromkeys(fault.target for fault in of_models):
        plain = maker.make(Trial(" ".join(("plain", *target)), ("-n", "2", *target)))
        groups = grouped({one: _elsewhere(one, checks) for one in of_models if one.target == target})
        missing += len(groups)
        by_trial = {group.trial(checks): group for group in groups}
        for number, made in enumerate(maker.make_all(list(by_trial)) if plain else (), 1):
            group = by_trial[made.trial]
            new = list(findings(group, made, plain, checks, maker.make)) if plain else []
            print(f"[{number}/{len(groups)}] {made.trial.name}: {len(new)} found, {made.seconds:.0f} s", flush=True)
            for one in new:
                print(f"    {one}", flush=True)
            found += new
            missing -= 1
            pairs, runs = pairs + len(group.faults) * len(group.nodes), runs + 1
            seen |= set(group.faults)
    if missing:
        found.append(f"{missing} groups were not run: the time was over")
    return Together(len(seen), pairs, runs, tuple(found), commit()) if runs else None


def _elsewhere(fault: Given, checks: Mapping[str, Check]) -> set[str]:
    citing = {node_of(check) for check in checks.values() if set(check.about) & set(fault.stands_for)}
    return {node_of(check) for check in checks.values()} - citing


def grouped(elsewhere: Mapping[Given, Set[str]]) -> list[Group]:
    """Give groups so that each fault meets each check that it should not change, with as few runs as come easily."""
    left = {fault: set(nodes) for fault, nodes in elsewhere.items() if nodes}
    found = []
    while left:
        first = max(left, key=lambda fault: len(left[fault]))
        chosen, nodes = [first], set(left[first])
        for other in sorted(left, key=lambda fault: -len(left[fault] & nodes)):
            both = nodes & elsewhere[other]
            if (
                len(chosen) == MOST[first.kind]
                or other is first
                or (other.kind, other.target) != (first.kind, first.target)
            ):
                continue
            if len(both) >= (1 - LOSS) * len(nodes) and len(both & left[other]) >= NEW * len(both):
                chosen.append(other)
                nodes = both
        found.append(Group(tuple(chosen), tuple(sorted(nodes))))
        left = {fault: rest for fault, had in left.items() if (rest := had - nodes if fault in chosen else had)}
    return found


def findings(group: Group, made: Run, plain: Run, checks: Mapping[str, Check], make: Make) -> Iterator[str]:
    """Say which fault changes which verdict of another subject; nothing where none does.

    made: the run of the group. make: makes the runs of smaller groups; None when the time is over.
    """
    one = outcome(group.as_one, made, plain, checks)
    changed = [one.told(name) for name in (*one.strays, *one.lost)]
    if not made.verdicts:
        changed = [f"the run: ended with {made.code}: {made.why}"]
    if not changed:
        return
    if len(group.faults) == 1:
        yield from (f"{group.faults[0].name}: {told}" for told in changed)
        return
    middle = len(group.faults) // 2
    nodes = tuple(dict.fromkeys(node_of(checks[name]) for name in (*one.strays, *one.lost))) or group.nodes
    for part in (group.faults[:middle], group.faults[middle:]):
        smaller = Group(part, nodes)
        again = make(smaller.trial(checks))
        if again is None:
            yield f"no time to find out which of {len(part)} faults from {part[0].name} changes {'; '.join(changed)}"
        else:
            yield from findings(smaller, again, plain, checks, make)
