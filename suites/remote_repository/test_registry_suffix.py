from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import clause
from artifactory_conformance.labs import Lab


@clause("REMOTE-15", facts=("row 65", "T01", "R-01"))
def test_registry_suffix_is_simple(site_remote: RemoteRepository) -> None:
    """The Registry suffix is simple."""
    suffix = site_remote.configuration()["pyPIRepositorySuffix"]

    assert suffix.strip("/") == "simple", f"Registry suffix is {suffix!r}"


@clause("REMOTE-15", facts=("row 39", "R-03", "R-09"))
def test_index_is_asked_for_where_the_guide_has_it(lab: Lab, catalog: Organization) -> None:
    """The catalog is asked for a project at <Registry URL>/simple/<name>/, the final slash included."""
    catalog.publish("example")
    lab.administrator.get_page(lab.remote_repository(catalog), "example")

    assert {request.path for request in catalog.journal.asked_for_page("example")} == {catalog.page_path("example")}


@clause("REMOTE-15", facts=("R-05",), observes=True)
def test_whether_an_emptied_suffix_works(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """With the suffix emptied and /simple in Registry URL instead, the project may be found as well."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, pyPIRegistryUrl=f"{catalog.url}/simple", pyPIRepositorySuffix="")
    page = lab.administrator.get_page(remote, "example")

    observe("status of the page", page.status)
    observe("the file is listed", wheel.filename in page.text)
    observe("paths asked for", sorted({request.path for request in catalog.journal.requests()}))
