"""Which checks a fault can touch, found by trying all faults in one run."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from artifactory_conformance.command import layout
from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.plugin.inventory import collect
from artifactory_conformance.verdicts import Level
from tests.matrix.faults import CLIENT, Given
from tests.matrix.rows import Row
from tests.proof.kept import keep, kept
from tests.proof.parts import commit
from tests.proof.runs import REPORTS, Run, Trial, run

TRYING = "which defects touch what"
CLEAN = (0, 6)
"""How a run without any fault ends; an edition without PyPI shows less than a run must."""


def node_of(check: Check) -> str:
    """Give the node id of a check's function."""
    return f"{check.file}::test_{check.function.partition('.')[2]}"


class Selection:
    """Knows for every fault which checks can notice it: the others see and leave the same as without it.

    touched: defects by node id of a check, those that setting the site up touches under the empty one.
    """

    def __init__(self, touched: Mapping[str, Sequence[str]], checks: Sequence[Check]) -> None:
        self._touched = {node: set(names) for node, names in touched.items()}
        self._checks = checks

    def of(self, fault: Given, others: int | None = None) -> list[str]:
        """Give the node ids of the checks that a fault can touch, in the order of collection.

        others: of those that cite nothing that the fault stands for only so many, drawn by its name, with what they
        build on; None: all.
        """
        if fault.whole:
            return []
        of_site = {node_of(check) for check in self._checks if Level(check.info.level) is not Level.MUTATE}
        hit = {node for node, names in self._touched.items() if fault.name in names}
        hit |= {node_of(check) for check in self._checks if "needs-second-site" in {need.value for need in check.needs}}
        if fault.kind == "misconfiguration" or "" in hit:
            hit |= of_site
        if fault.kind == CLIENT:
            hit |= {node_of(check) for check in self._checks if check.file.startswith("suites/clients/")}
        found = [node for node in dict.fromkeys(map(node_of, self._checks)) if node in hit]
        if others is None:
            return found
        citing = {node_of(check) for check in self._checks if set(check.about) & set(fault.stands_for)}
        beside = [node for node in found if node not in citing]
        drawn = random.Random(fault.name).sample(beside, min(others, len(beside)))  # noqa: S311
        wanted = with_bases({*citing, *drawn}, self._checks)
        return [node for node in found if node in wanted]


def with_bases(nodes: Set[str], checks: Sequence[Check]) -> set[str]:
    """Give node ids with those of all that they build on: without those, what is not their own is not blocked."""
    node = {check.info.id: node_of(check) for check in checks}
    bases: dict[str, set[str]] = {}
    for check in checks:
        bases.setdefault(node_of(check), set()).update(node[base] for base in check.info.builds_on if base in node)
    wanted: set[str] = set(nodes)
    while more := {base for one in wanted for base in bases.get(one, ())} - wanted:
        wanted |= more
    return wanted


def of_row(row: Row, others: int, checks: Mapping[str, Check], state: str) -> list[str]:
    """Give the node ids of the checks that noticed a fault, and of so many others, with those that they build on.

    The others are drawn of all, also of those that the fault cannot touch, by a state of what is judged.
    """
    noticed = {*row.killers, *row.also}
    beside = sorted({check.function for check in checks.values()} - noticed)
    drawn = random.Random(f"{state}{row.name}").sample(beside, min(others, len(beside)))  # noqa: S311
    chosen = {node_of(check) for check in checks.values() if check.function in {*noticed, *drawn}}
    wanted = with_bases(chosen, list(checks.values()))
    return [node for node in dict.fromkeys(map(node_of, checks.values())) if node in wanted]


def tried(state: str, target: Sequence[str] = ()) -> tuple[Selection, Run]:
    """Try all defects in a state of what is judged and with a target's settings: what they touch, and the run itself.

    That is the run without any fault: trying changes nothing. It is made once for each state.

    Raises RuntimeError when it is not clean.
    """
    trial = Trial(" ".join((TRYING, *target)), ("-p", "tests.matrix.touch", "-n", "2", *target))
    made = kept(trial, state)
    if made is None:
        shutil.rmtree(REPORTS / trial.folder, ignore_errors=True)
        made = replace(run(trial), commit=commit())
        if made.code not in CLEAN:
            raise RuntimeError(f"trying all defects is to change nothing, but it ended with {made.code}: {made.why}")
        keep(made, state)
    return Selection(_merged(REPORTS / trial.folder), collect(layout())), made


def _merged(folder: Path) -> dict[str, list[str]]:
    merged: dict[str, set[str]] = {}
    for file in sorted(folder.glob("touched-*.json")):
        for node, names in json.loads(file.read_text("utf-8")).items():
            merged.setdefault(node, set()).update(names)
    return {node: sorted(names) for node, names in merged.items()}
