from collections.abc import Callable
from typing import Any

from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_has_bytes, clause, control, relied_on
from artifactory_conformance.labs import Lab
from artifactory_conformance.targets import Target

HOUR = 3600
MONTHS = 100 * 24 * HOUR


@clause("REMOTE-12", facts=("C-01",))
def test_a_cached_file_stays_for_months_with_a_period_of_0(lab: Lab, catalog: Organization, clock: Target) -> None:
    """With an Unused Artifacts Cleanup Period of 0 a cached file is there after months in which nobody wanted it."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, unusedArtifactsCleanupPeriodHours=0)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    clock.elapse(MONTHS)
    catalog.journal.clear()

    assert_has_bytes(lab.administrator.fetch(link), wheel)
    assert not catalog.journal.asked_for_file(wheel.filename)


@relied_on("A100", "open 24", observes=True)
def test_what_a_cleanup_of_unused_artifacts_removes(
    lab: Lab, catalog: Organization, clock: Target, observe: Callable[[str, Any], None]
) -> None:
    """Records whether files and pages go that nobody has wanted for longer than the Unused Artifacts Cleanup Period."""
    unused, used = catalog.publish("unused"), catalog.publish("used")
    remote = lab.remote_repository(catalog, unusedArtifactsCleanupPeriodHours=2)
    links = {wheel: lab.administrator.page(remote, wheel.project).link_to(wheel.filename) for wheel in (unused, used)}
    for link in links.values():
        lab.administrator.fetch_ok(link)
    for _ in range(3):
        clock.elapse(HOUR)
        lab.administrator.fetch_ok(links[used])

    for wheel in (unused, used):
        observe(f"file, {wheel.project}", "kept" if remote.cache.holds_file(wheel.filename) else "removed")
        observe(f"page, {wheel.project}", "kept" if remote.cache.holds_page(wheel.project) else "removed")
    with control("what was removed comes again"):
        lab.administrator.fetch_ok(lab.administrator.page(remote, "unused").link_to(unused.filename))
