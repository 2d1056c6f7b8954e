from artifactory_conformance.artifactory import RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists, assert_not_an_index, clause, control
from artifactory_conformance.checks.causes import PROJECT_IS_MISSING
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target

RETRIEVAL_DEFAULT = 7200
MISSED_DEFAULT = 1800


@clause("REMOTE-10")
def test_retrieval_cache_period_is_the_default_or_longer(site_remote: RemoteRepository) -> None:
    """Retrieval Cache Period is 7200 seconds or longer."""
    seconds = site_remote.configuration()["retrievalCachePeriodSecs"]

    assert seconds >= RETRIEVAL_DEFAULT, f"Retrieval Cache Period is {seconds} s"


@clause("REMOTE-10")
def test_page_is_not_asked_for_again_within_the_retrieval_cache_period(lab: Lab, catalog: Organization) -> None:
    """Within the Retrieval Cache Period a page is served again without the catalog being asked."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    lab.administrator.page(remote, "example").link_to(wheel.filename)
    catalog.journal.clear()

    assert_lists("example", lab.administrator.get_page(remote, "example"), wheel.filename)
    assert not catalog.journal.asked_for_page("example")


@clause("REMOTE-10")
def test_page_is_asked_for_again_after_the_retrieval_cache_period(
    lab: Lab, catalog: Organization, target: Target
) -> None:
    """After the Retrieval Cache Period the catalog is asked for the page again, and a new version shows."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=LIMITS.short_period)
    lab.administrator.page(remote, "example").link_to(first.filename)
    second = catalog.publish("example", "1.1")
    catalog.journal.clear()
    target.elapse(LIMITS.short_period + 1)

    assert_lists("example", lab.administrator.get_page(remote, "example"), first.filename, second.filename)
    assert catalog.journal.pages("example")


@clause("REMOTE-11")
def test_missed_retrieval_cache_period_is_the_default(site_remote: RemoteRepository) -> None:
    """Missed Retrieval Cache Period is 1800 seconds."""
    seconds = site_remote.configuration()["missedRetrievalCachePeriodSecs"]

    assert seconds == MISSED_DEFAULT, f"Missed Retrieval Cache Period is {seconds} s"


@clause("REMOTE-11", builds_on=[PROJECT_IS_MISSING])
def test_missed_project_shows_after_the_missed_retrieval_cache_period(
    lab: Lab, catalog: Organization, target: Target
) -> None:
    """A project that was missed and added to the catalog since shows when the Missed Retrieval Cache Period is over."""
    remote = lab.remote_repository(catalog, missedRetrievalCachePeriodSecs=LIMITS.short_period)
    with control("the catalog is asked for the project and lacks it"):
        assert_not_an_index("example", lab.administrator.get_page(remote, "example"))
        assert 404 in {request.status for request in catalog.journal.asked_for_page("example")}
    wheel = catalog.publish("example")
    target.elapse(LIMITS.short_period + 1)

    assert_lists("example", lab.administrator.get_page(remote, "example"), wheel.filename)


@clause("REMOTE-12")
def test_cached_artifacts_are_never_cleaned_up(site_remote: RemoteRepository) -> None:
    """Unused Artifacts Cleanup Period is 0: what is cached stays."""
    hours = site_remote.configuration()["unusedArtifactsCleanupPeriodHours"]

    assert hours == 0, f"what nobody has asked for in {hours} hours is removed"
