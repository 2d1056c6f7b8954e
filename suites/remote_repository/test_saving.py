from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_change_reads_back, assert_lists, clause, control
from artifactory_conformance.checks.causes import PERIOD_ENDS, PUBLIC_IS_UNKNOWN
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@clause("REMOTE-14", facts=("admin 2.9", "admin 3.2"))
def test_every_field_reads_back_as_submitted(lab: Lab, catalog: Organization) -> None:
    """Every field of the guide but the password reads back as it was submitted, none of them as its default."""
    submitted = {
        "url": catalog.url,
        "pyPIRegistryUrl": f"{catalog.url}/registry",
        "pyPIRepositorySuffix": "index",
        "username": catalog.user,
        "storeArtifactsLocally": False,
        "retrievalCachePeriodSecs": 9000,
        "missedRetrievalCachePeriodSecs": 900,
        "unusedArtifactsCleanupPeriodHours": 24,
        "description": "the Curated Catalog",
        "notes": "not to be mixed with public PyPI",
    }
    configuration = lab.remote_repository(catalog, **submitted).configuration()

    assert {name: configuration.get(name) for name in submitted} == submitted


@clause("REMOTE-14", facts=("release 20",), builds_on=[PERIOD_ENDS])
def test_changed_period_is_in_force(lab: Lab, catalog: Organization, target: Target) -> None:
    """A Retrieval Cache Period that is shortened and saved is the one by which a page is asked for again."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(catalog)
    lab.administrator.page(remote, "example").link_to(first.filename)
    assert_change_reads_back(remote, retrievalCachePeriodSecs=LIMITS.short_period)
    second = catalog.publish("example", "1.1")
    target.elapse(LIMITS.short_period + 1)

    assert_lists("example", lab.administrator.get_page(remote, "example"), second.filename)


@clause("REMOTE-14", facts=("R-01",), builds_on=[PUBLIC_IS_UNKNOWN])
def test_changed_registry_url_is_in_force(lab: Lab, catalog: Organization, public_index: Organization) -> None:
    """A Registry URL that is changed and saved is where the next index is asked for."""
    remote = lab.remote_repository(catalog, pyPIRegistryUrl=public_index.url)
    with control("before the change the other index is asked"):
        lab.administrator.get_page(remote, "another-example")
        assert public_index.journal.asked_for_page("another-example")

    assert_change_reads_back(remote, pyPIRegistryUrl=catalog.url)
    lab.administrator.get_page(remote, "example")
    assert catalog.journal.asked_for_page("example")
    assert not public_index.journal.asked_for_page("example")
