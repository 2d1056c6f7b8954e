from collections.abc import Callable
from typing import Any

from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_no_file, assert_not_an_index, clause, control, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED
from artifactory_conformance.labs import Lab


@clause("TROUBLE-05", facts=("C-08",), builds_on=[PAGE_IS_CACHED, FILE_IS_CACHED])
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


@clause("TROUBLE-05", facts=("C-08",))
def test_catalog_is_asked_each_time_with_store_artifacts_locally_off(lab: Lab, catalog: Organization) -> None:
    """With Store Artifacts Locally off, page and file come from the catalog each time they are asked for."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, storeArtifactsLocally=False)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))
    catalog.journal.clear()
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))

    assert catalog.journal.pages("example")
    assert catalog.journal.downloads(wheel.filename)


@clause("TROUBLE-05", builds_on=["caching.nothing_is_cached_with_store_artifacts_locally_off"])
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


@clause("TROUBLE-05", facts=("C-08", "A96"))
def test_nothing_comes_without_the_catalog_with_store_artifacts_locally_off(lab: Lab, catalog: Organization) -> None:
    """With Store Artifacts Locally off, what was served before does not come while the catalog cannot be reached."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, storeArtifactsLocally=False)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    catalog.set_faults(Fault("*", reset=True))

    assert_not_an_index("example", lab.administrator.get_page(remote, "example"))
    assert_no_file(lab.administrator.fetch(link))

    with control("both come when it is back"):
        catalog.set_faults()
        remote.change(description="saved")  # A40: it may be assumed to be offline still
        lab.administrator.page(remote, "example")
        lab.administrator.fetch_ok(link)


@relied_on("C-08", "A96", "A68", "F-05", observes=True)
def test_what_files_cost_with_store_artifacts_locally_off_and_on(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what HEAD, GET and HEAD again of a file cost at the catalog, with Store Artifacts Locally off and on."""
    for name, stores in {"off": False, "on": True}.items():
        wheel = catalog.publish(f"example-{name}")
        remote = lab.remote_repository(catalog, storeArtifactsLocally=stores)
        link = lab.administrator.page(remote, wheel.project).link_to(wheel.filename)
        for number, ask in enumerate((lab.administrator.head, lab.administrator.get, lab.administrator.head), 1):
            catalog.journal.clear()
            answer = ask(link.url)
            asked = [request.method for request in catalog.journal.asked_for_file(wheel.filename)]
            sums = "with" if "X-Checksum-Sha256" in answer.headers else "without"
            observe(
                f"{name}, {number}: {answer.method}", f"{answer.status} {sums} checksums; asked the catalog {asked}"
            )
