"""Faults in force together, while all checks run that cite nothing of what they stand for: none may change its verdict.

One by one that would take hours: what holds with many faults at once holds with each of them. Where a verdict changes,
which fault does it is found in ever smaller groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from hashlib import sha256

from artifactory_conformance.coverage.inventory import Check
from tests.matrix.faults import Given
from tests.matrix.outcome import outcome
from tests.matrix.rows import Together
from tests.matrix.selection import node_of, with_bases
from tests.proof.maker import AT_ONCE, Maker
from tests.proof.parts import commit
from tests.proof.runs import Run, Trial

MOST = {"defect": 96, "misconfiguration": 12}
"""How many faults of a kind are in force together. Of a client only one can be."""

EDITION = "PRE-01"
"""What a fault of this breaks is whether PyPI is judged at all: all checks are not applicable then, by its report."""

MakeAll = Callable[[Sequence[Trial]], "Iterator[Run]"]


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


@dataclass(frozen=True)
class Found:
    """A verdict that changes though it should not. node: of the check; empty if the whole run does."""

    fault: Given
    node: str
    told: str

    def __str__(self) -> str:
        return f"{self.fault.name}: {self.told}"


@dataclass(frozen=True)
class Part:
    """What was mended, so that its pairs are to be shown anew: names of faults, ids of check functions."""

    faults: frozenset[str]
    functions: frozenset[str]

    def into(self, before: Together, now: Together) -> Together:
        """Put what was shown anew in place of what was found before."""

        def is_of_it(finding: str) -> bool:
            fault, _, told = finding.partition(": ")
            return fault in self.faults or told.partition(": ")[0].partition("[")[0] in self.functions

        kept = tuple(one for one in before.findings if not is_of_it(one))
        commits = f"{before.commit}; what was mended: {now.commit}"
        return replace(before, runs=before.runs + now.runs, findings=(*kept, *now.findings), commit=commits)


class OutOfTime(Exception):
    """There was no time to find out what changes a verdict."""


class Pairs:
    """Of which fault and which check it is still to be shown that the one does not change the other."""

    def __init__(self, elsewhere: Mapping[Given, Set[str]]) -> None:
        self._nodes = sorted(set().union(*elsewhere.values()))
        self._bits = {node: 1 << number for number, node in enumerate(self._nodes)}
        self._may = {fault: self._mask(nodes) for fault, nodes in elsewhere.items()}
        self._left = dict(self._may)

    def _mask(self, nodes: Iterable[str]) -> int:
        return sum(self._bits.get(node, 0) for node in set(nodes))

    def count(self) -> int:
        """Give how many are left."""
        return sum(nodes.bit_count() for nodes in self._left.values())

    def groups(self, most: int) -> list[Group]:
        """Give the next groups, at most so many, that leave fewest pairs."""
        left, found = dict(self._left), []
        while any(left.values()) and len(found) < most:
            chosen, nodes = self._next(left)
            needed = 0
            for fault in chosen:
                needed |= left[fault] & nodes
            found.append(Group(chosen, tuple(node for node in self._nodes if self._bits[node] & needed)))
            left |= {fault: left[fault] & ~needed for fault in chosen}
        return found

    def _next(self, left: Mapping[Given, int]) -> tuple[tuple[Given, ...], int]:
        """Choose faults one by one, as long as each adds pairs although it leaves fewer checks."""
        first, *others = sorted((fault for fault in left if left[fault]), key=lambda fault: -left[fault].bit_count())
        chosen, nodes, gain = [first], self._may[first], left[first].bit_count()
        for other in others:
            if len(chosen) == MOST[first.kind]:
                break
            if (other.kind, other.target) != (first.kind, first.target):
                continue
            both = nodes & self._may[other]
            more = sum((left[fault] & both).bit_count() for fault in (*chosen, other))
            if more > gain:
                chosen, nodes, gain = [*chosen, other], both, more
        return tuple(chosen), nodes

    def met(self, group: Group, found: Sequence[Found]) -> None:
        """Strike out what a group has shown; what one of them changes is still to be shown of the others."""
        changed = {one.node for one in found}
        shown = self._mask(node for node in group.nodes if node not in changed) if "" not in changed else 0
        for fault in group.faults:
            self._left[fault] &= ~shown
        for one in found:
            of = self._mask([one.node]) if one.node else -1
            self._may[one.fault] &= ~of
            self._left[one.fault] &= ~of


def met(
    faults: Sequence[Given], checks: Mapping[str, Check], maker: Maker, part: Part | None = None
) -> Together | None:
    """Let faults meet all checks of other subjects, and show what changes; None if the time was over before any did.

    part: of which faults and checks alone it is to be shown.
    """
    may = elsewhere(faults, checks)
    if part is not None:
        mended = {node_of(check) for check in checks.values() if check.function in part.functions}
        may = {fault: nodes if fault.name in part.faults else nodes & mended for fault, nodes in may.items()}
    runs, met_pairs, blocked, found, seen = 0, 0, 0, [], set()
    of_models = [fault for fault in faults if fault.kind in MOST and EDITION not in fault.stands_for]
    missing = 0
    for target in dict.fromkeys(fault.target for fault in of_models):
        pairs = Pairs({one: may[one] for one in of_models if one.target == target})
        plain = maker.make(Trial(" ".join(("plain", *target)), ("-n", "2", *target)))
        while plain and (groups := pairs.groups(AT_ONCE)):
            before, runs_before = pairs.count(), runs
            by_trial = {group.trial(checks): group for group in groups}
            try:
                for made in maker.make_all(list(by_trial)):
                    group = by_trial[made.trial]
                    new = list(findings(group, made, plain, checks, maker.make_all))
                    pairs.met(group, new)
                    blocked += blocked_pairs(group, made, plain, checks)
                    found += new
                    runs += 1
                    seen |= set(group.faults)
                    told = f"{made.trial.name}: {len(new)} found, {made.seconds:.0f} s; {pairs.count()} pairs left"
                    print("\n    ".join([told, *map(str, new)]), flush=True)
            except OutOfTime:
                pass
            met_pairs += before - pairs.count()
            if runs - runs_before < len(groups):
                break
        missing += pairs.count()
    last = [f"of {missing} pairs it is not known: the time was over"] if missing else []
    told = (*map(str, found), *last)
    return Together(len(seen), met_pairs, blocked, runs, told, commit()) if runs else None


def elsewhere(faults: Sequence[Given], checks: Mapping[str, Check]) -> dict[Given, set[str]]:
    """Give for each fault the checks that cite nothing of what it stands for, nor build on one that does: node ids."""
    about: dict[str, set[str]] = {}
    for check in checks.values():
        about.setdefault(node_of(check), set()).update(check.about)
    every = list(checks.values())
    rest_on = {node: set().union(*(about[base] for base in with_bases({node}, every))) for node in about}
    return {fault: {node for node in about if not rest_on[node] & set(fault.stands_for)} for fault in faults}


def blocked_pairs(group: Group, made: Run, plain: Run, checks: Mapping[str, Check]) -> int:
    """Count pairs of which nothing is known, since the check was blocked by one that it builds on."""
    nodes = {node_of(checks[name]) for name in outcome(group.as_one, made, plain, checks).blocked}
    return len(group.faults) * len(nodes & set(group.nodes))


def findings(group: Group, made: Run, plain: Run, checks: Mapping[str, Check], make_all: MakeAll) -> Iterator[Found]:
    """Say which fault changes which verdict of another subject; nothing where none does.

    made: the run of the group. make_all: makes runs of smaller groups, and leaves out those that it has no time for.
    Raises OutOfTime when it leaves one out.
    """
    one = outcome(group.as_one, made, plain, checks)
    changed = {name: one.told(name) for name in (*one.strays, *one.lost)}
    if not made.verdicts:
        changed = {"": f"the run: ended with {made.code}: {made.why}"}
    if not changed:
        return
    node = {name: node_of(checks[name]) if name else "" for name in changed}
    if len(group.faults) == 1:
        yield from (Found(group.faults[0], node[name], told) for name, told in changed.items())
        return
    middle = len(group.faults) // 2
    nodes = tuple(dict.fromkeys(node.values())) if all(node.values()) else group.nodes
    smaller = [Group(part, nodes) for part in (group.faults[:middle], group.faults[middle:])]
    by_trial = {part.trial(checks): part for part in smaller}
    again = 0
    for run in make_all(list(by_trial)):
        again += 1
        yield from findings(by_trial[run.trial], run, plain, checks, make_all)
    if again < len(smaller):
        raise OutOfTime
