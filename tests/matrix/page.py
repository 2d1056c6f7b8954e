"""The page that a matrix leaves behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.guide import clauses
from tests.matrix.outcome import Outcome


def functions(names: Sequence[str]) -> list[str]:
    """Give the check functions of ids with parameters, each once."""
    return list(dict.fromkeys(name.partition("[")[0] for name in names))


def killed_checks(outcomes: Sequence[Outcome]) -> set[str]:
    """Name the check functions that some fault makes fail."""
    return {name for one in outcomes for name in functions((*one.killers, *one.also))}


def contradicted(outcomes: Sequence[Outcome]) -> set[str]:
    """Name the check functions that fail without any fault."""
    return {name for one in outcomes for name in functions(one.contradicted)}


def never_killed(outcomes: Sequence[Outcome], checks: Mapping[str, Check]) -> list[str]:
    """Name the check functions that assert something and that nothing makes fail, neither a fault nor a sound model."""
    asserting = dict.fromkeys(check.function for check in checks.values() if not check.info.observes)
    killed = killed_checks(outcomes) | contradicted(outcomes)
    return [name for name in asserting if name not in killed]


def as_markdown(outcomes: Sequence[Outcome], checks: Mapping[str, Check], *, total: int, about: str) -> str:
    """Write down every fault with its killers, every clause with its faults, and every check that nothing kills.

    total: how many faults there are. about: the command, date and commit.
    """
    missing = never_killed(outcomes, checks)
    asserting = {check.function for check in checks.values() if not check.info.observes}
    killed = [one for one in outcomes if one.killers]
    clean = [one for one in outcomes if not one.problems]
    lines = [
        "# Kill matrix",
        "",
        f"Every fault in turn, and the checks that notice it. {about}",
        "",
        f"* {len(outcomes)} of {total} faults were run; {len(killed)} are noticed by a check that cites what they "
        f"stand for, {len(clean)} of them without any other check of another subject changing its verdict.",
        f"* {len(asserting) - len(missing)} of {len(asserting)} check functions that assert something are made to fail "
        "by at least one fault, or fail without any.",
        "",
        "## Faults",
        "",
        "| fault | stands for | noticed by | blocked | problems |",
        "|---|---|---|---|---|",
        *[_row(one) for one in outcomes],
        "",
        "## Clauses",
        "",
        "| clause | faults that a check of it notices |",
        "|---|---|",
        *[f"| {name} | {', '.join(_of_clause(name, outcomes, checks)) or '**none**'} |" for name in clauses()],
        "",
        "## Checks that fail without any fault",
        "",
        *([f"* {name}" for name in sorted(contradicted(outcomes))] or ["None."]),
        "",
        "## Checks that no fault makes fail",
        "",
        *([f"* {name}" for name in missing] or ["None."]),
    ]
    return "\n".join(lines) + "\n"


def _row(one: Outcome) -> str:
    noticed = ", ".join(functions((*one.killers, *one.also))) or "**nobody**"
    problems = "; ".join(one.problems).replace("|", "/") or "none"
    return f"| {one.fault.name} | {', '.join(one.fault.stands_for)} | {noticed} | {len(one.blocked)} | {problems} |"


def _of_clause(clause: str, outcomes: Sequence[Outcome], checks: Mapping[str, Check]) -> list[str]:
    return [
        one.fault.name
        for one in outcomes
        if clause in one.fault.stands_for
        and any(clause in checks[name].info.clauses for name in (*one.killers, *one.also))
    ]
