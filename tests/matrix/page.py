"""The page that a matrix leaves behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.guide import clauses
from tests.matrix.faults import SITE, Given
from tests.matrix.rows import Matrix, Row, Together
from tests.matrix.together import EDITION

REASONS: Mapping[str, str] = yaml.safe_load(Path(__file__).with_name("unkilled.yaml").read_text("utf-8"))
"""Why nothing makes a check fail."""

SHOWN = 5
"""How many checks a row names; the file of rows has all."""


def never_killed(matrix: Matrix, checks: Mapping[str, Check]) -> list[str]:
    """Name the check functions that assert something and that nothing makes fail, neither a fault nor a sound model."""
    asserting = dict.fromkeys(check.function for check in checks.values() if not check.info.observes)
    return [name for name in asserting if name not in matrix.killed | matrix.contradicted]


def as_markdown(matrix: Matrix, faults: Sequence[Given], checks: Mapping[str, Check]) -> str:
    """Write down every fault with its killers, every clause with its faults, and every check that nothing kills.

    faults: all that there are, also those that were not run.
    """
    missing = never_killed(matrix, checks)
    asserting = {check.function for check in checks.values() if not check.info.observes}
    faulty = [fault for fault in faults if fault.kind not in ("variation", SITE)]
    at_site = [fault for fault in faults if fault.kind == SITE]
    harmless = [fault for fault in faults if fault.kind == "variation"]
    run = [matrix.rows[fault.name] for fault in faulty if fault.name in matrix.rows]
    seen = [matrix.rows[fault.name] for fault in at_site if fault.name in matrix.rows]
    tried = [matrix.rows[fault.name] for fault in harmless if fault.name in matrix.rows]
    clean = [row for row in run if not row.problems]
    lines = [
        "# Kill matrix",
        "",
        "Every fault in turn, and the checks that notice it; every harmless variation, which no check may notice.",
        "Made by `make kill-matrix` and `make variations`. Each row says of which commit it is.",
        "",
        f"* {len(run)} of {len(faulty)} faults were run; {sum(bool(row.killers) for row in run)} are noticed by a "
        f"check that cites what they stand for, {len(clean)} of them without any check of another subject changing its "
        "verdict.",
        f"* {len(asserting) - len(missing)} of {len(asserting)} check functions that assert something are made to fail "
        "by at least one fault, or fail without any.",
        f"* {len(seen)} of {len(at_site)} misconfigurations were looked for by a run that makes nothing of its own "
        f"(`--level pull`), as at a given site; {sum(bool(row.killers) for row in seen)} are noticed.",
        f"* {len(tried)} of {len(harmless)} variations were run; {sum(not row.problems for row in tried)} change no "
        "verdict.",
        *_beside(matrix.together),
        "",
        "## Faults",
        "",
        "| fault | stands for | noticed by | blocked | checks asked | problems | commit |",
        "|---|---|---|---|---|---|---|",
        *[_row(fault, matrix) for fault in faulty],
        "",
        "## At a given site",
        "",
        "What misconfigurations look like to a run that makes nothing of its own (`--level pull`), as an administrator",
        "starts it on production.",
        "",
        "| misconfiguration | stands for | noticed by | blocked | checks asked | problems | commit |",
        "|---|---|---|---|---|---|---|",
        *[_row(fault, matrix) for fault in at_site],
        "",
        "## Variations",
        "",
        "| variation | of | checks asked | problems | commit |",
        "|---|---|---|---|---|",
        *[_variation(fault, matrix) for fault in harmless],
        "",
        "## Clauses",
        "",
        "| clause | faults that a check of it notices |",
        "|---|---|",
        *[f"| {name} | {_noticed(name, matrix, checks)} |" for name in clauses()],
        "",
        "## Checks that fail without any fault",
        "",
        *([f"* {name}" for name in sorted(matrix.contradicted)] or ["None."]),
        "",
        "## Checks that no fault makes fail",
        "",
        *([f"* {name}: {REASONS.get(name, '**open**')}" for name in missing] or ["None."]),
        "",
        "## Verdicts of other subjects that a fault changes",
        "",
        *([f"* {one}" for one in (matrix.together.findings if matrix.together else ())] or ["None is known of."]),
    ]
    return "\n".join(lines) + "\n"


def _beside(together: Together | None) -> list[str]:
    if together is None:
        return []
    return [
        f"* {together.faults} faults were also in force in groups, in {together.runs} runs, while all checks ran that "
        f"neither cite anything that the group stands for nor build on one that does: of {together.pairs} pairs of a "
        f"fault and a check function {together.blocked} were blocked by another of the group, and "
        f"{len(together.findings)} verdicts changed (commit {together.commit}). A fault of {EDITION} is not among "
        "them: where it is in force all checks are not applicable, by what the edition is taken for."
    ]


def _row(fault: Given, matrix: Matrix) -> str:
    row = matrix.rows.get(fault.name)
    about = f"| {fault.name} | {', '.join(fault.stands_for)} |"
    if row is None:
        return f"{about} **not run** | | | | |"
    names = (*row.killers, *row.also)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    noticed = ", ".join(names[:SHOWN]) + more if names else "**nobody**"
    return f"{about} {noticed} | {row.blocked} | {row.asked} | {_problems(row)} | {row.commit} |"


def _variation(fault: Given, matrix: Matrix) -> str:
    row = matrix.rows.get(fault.name)
    about = f"| {fault.name} | {', '.join(fault.stands_for)} |"
    return f"{about} {row.asked} | {_problems(row)} | {row.commit} |" if row else f"{about} **not run** | | |"


def _problems(row: Row) -> str:
    return "; ".join(row.problems).replace("|", "/") or "none"


def _noticed(clause: str, matrix: Matrix, checks: Mapping[str, Check]) -> str:
    citing = {check.function for check in checks.values() if clause in check.info.clauses and not check.info.observes}
    faults = [
        row.name
        for row in matrix.rows.values()
        if row.kind != "variation" and clause in row.stands_for and citing & {*row.killers, *row.also}
    ]
    if faults or not citing:
        return ", ".join(faults) or "no check asserts it"
    return "its checks fail without any fault" if citing <= matrix.contradicted else "**none**"
