from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_not_an_index, assert_serves, control, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED
from artifactory_conformance.labs import Lab


@relied_on("T38", "V-01", builds_on=[PAGE_IS_CACHED, FILE_IS_CACHED])
def test_internal_and_cached_packages_come_while_the_catalog_cannot_be_reached(lab: Lab, catalog: Organization) -> None:
    """Through a virtual, internal packages and what is cached come while the catalog cannot be reached."""
    cached = catalog.publish("curated-thing")
    catalog.publish("cold-thing")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing")
    virtual = lab.virtual_repository(remote, local)
    assert_serves(lab.administrator, virtual, cached)
    catalog.set_faults(Fault("*", reset=True))

    assert_serves(lab.administrator, virtual, internal)
    assert_serves(lab.administrator, virtual, cached)

    with control("the catalog cannot be reached: what is not cached does not come"):
        assert_not_an_index("cold-thing", lab.administrator.get_page(virtual, "cold-thing"))
