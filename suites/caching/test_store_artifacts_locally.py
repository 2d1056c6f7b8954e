from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import clause, control
from artifactory_conformance.labs import Lab


@clause("TROUBLE-05", facts=("C-08",))
def test_nothing_is_cached_with_store_artifacts_locally_off(lab: Lab, catalog: Organization) -> None:
    """With Store Artifacts Locally off, neither page nor file is in the cache after they were served."""
    wheel = catalog.publish("example")
    passing = lab.remote_repository(catalog, storeArtifactsLocally=False)
    lab.administrator.fetch_ok(lab.administrator.page(passing, "example").link_to(wheel.filename))

    assert passing.cache.paths() == []

    with control("with the setting on, both are in the cache"):
        storing = lab.remote_repository(catalog)
        lab.administrator.fetch_ok(lab.administrator.page(storing, "example").link_to(wheel.filename))
        assert storing.cache.holds_page("example")
        assert storing.cache.holds_file(wheel.filename)


@clause("TROUBLE-05", facts=("C-08", "A96"))
def test_catalog_is_asked_each_time_with_store_artifacts_locally_off(lab: Lab, catalog: Organization) -> None:
    """With Store Artifacts Locally off, page and file come from the catalog each time they are asked for."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, storeArtifactsLocally=False)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))
    catalog.journal.clear()
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))

    assert catalog.journal.pages("example")
    assert catalog.journal.downloads(wheel.filename)


@clause("TROUBLE-05")
def test_caching_begins_when_store_artifacts_locally_is_turned_on(lab: Lab, catalog: Organization) -> None:
    """Once Store Artifacts Locally is on again, what is served next is in the cache."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, storeArtifactsLocally=False)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    with control("before, the file is not in the cache"):
        assert not remote.cache.holds_file(wheel.filename)
    remote.change(storeArtifactsLocally=True)
    lab.administrator.fetch_ok(link)

    assert remote.cache.holds_file(wheel.filename)
