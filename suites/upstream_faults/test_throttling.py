from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_not_an_index, assert_serves, relied_on
from artifactory_conformance.checks.causes import PAGE_IS_CACHED, PROJECT_IS_MISSING
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@relied_on("U9", "T38", "T39", "M-02", "B-44", "C-01", builds_on=[PROJECT_IS_MISSING, PAGE_IS_CACHED])
@pytest.mark.parametrize("status", [403, 404, 429])
def test_throttling_spoils_nothing(
    lab: Lab, catalog: Organization, target: Target, status: int, observe: Callable[[str, Any], None]
) -> None:
    """While the catalog throttles by an error for everything, what is cached is served; the rest comes afterwards."""
    cached = [catalog.publish(f"early-{number}") for number in range(2)]
    late = [catalog.publish(f"late-{number}") for number in range(2)]
    remote = lab.remote_repository(
        catalog,
        missedRetrievalCachePeriodSecs=LIMITS.short_missed_period,
        retrievalCachePeriodSecs=LIMITS.short_missed_period,
    )
    for wheel in cached:
        lab.administrator.fetch_ok(lab.administrator.page(remote, wheel.project).link_to(wheel.filename))
    catalog.set_faults(Fault("*", status=status))

    for wheel in late:
        assert_not_an_index(wheel.project, lab.administrator.get_page(remote, wheel.project))
    for wheel in cached:
        assert_serves(lab.administrator, remote, wheel)
    observe("requests that were throttled", len([r for r in catalog.journal.requests() if r.status == status]))

    catalog.set_faults()
    target.elapse(LIMITS.short_missed_period + 1)
    for wheel in (*cached, *late):
        assert_serves(lab.administrator, remote, wheel)
