"""Checks made up for tests."""

from __future__ import annotations

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.verdicts import CheckInfo, Reason


def made(
    name: str,
    *clauses: str,
    facts: tuple[str, ...] = (),
    observes: bool = False,
    since: str = "",
    before: str = "",
    needs: tuple[Reason, ...] = (),
) -> Check:
    info = CheckInfo(
        id=name,
        title="It is so.",
        clauses=clauses,
        vantage="client",
        level="pull",
        observes=observes,
        facts=facts,
        since=since,
        before=before,
    )
    return Check(info, f"suites/{name.replace('.', '/test_')}.py", needs)
