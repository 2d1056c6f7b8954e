"""The waivers of a run: applied to what was judged, and nothing secret in what is told of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timezone

from artifactory_conformance.evidence import Redactor
from artifactory_conformance.settings import Settings
from artifactory_conformance.verdicts import CheckResult, WaiverResult, waive


def apply_waivers(
    settings: Settings,
    redactor: Redactor,
    results: Mapping[str, CheckResult],
    *,
    started: float,
    written: Collection[str],
    complete: bool,
) -> tuple[dict[str, CheckResult], tuple[WaiverResult, ...]]:
    """Give the results with waived findings taken for such, and what became of each waiver.

    started: when the run began, in seconds since the epoch: what was valid then counts to the end. written: ids of all
    checks in the suites' files. complete: whether none of them was left out.
    """
    waivers = [
        replace(waiver, reason=redactor.text(waiver.reason), ticket=redactor.text(waiver.ticket))
        for waiver in settings.waived
    ]
    known = {*written, *(name.partition("[")[0] for name in results)}
    return waive(
        results,
        waivers,
        datetime.fromtimestamp(started, timezone.utc).date(),
        known=known,
        complete=complete,
        fail_on_warning=settings.fail_on_warning,
    )
