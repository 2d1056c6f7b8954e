from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, System
from artifactory_conformance.catalog import Organization
from artifactory_conformance.chains import RepositoryElsewhere, SecondSite, UrlForm, chained, serves, working_chain
from artifactory_conformance.checks import (
    assert_lists,
    assert_never_asked,
    assert_served,
    assert_serves,
    clause,
    control,
)
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED
from artifactory_conformance.labs import Lab


@clause("REPL-01", facts=("R-06", "R-07", "admin 7"))
def test_second_site_gets_the_catalog_from_the_first(
    lab: Lab, second_site: SecondSite, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A second site whose remote points at the first site's remote lists and serves what the catalog has."""
    wheel = catalog.publish("example")
    first = lab.remote_repository(catalog)
    elsewhere = RepositoryElsewhere.seen_by(lab.user(first, READ, DEPLOY_CACHE), first)

    seen = {form: serves(second_site.lab, chained(second_site.lab, elsewhere, form), wheel) for form in UrlForm}

    observe("serves with this URL", {form.value: served for form, served in seen.items()})
    assert any(seen.values()), f"the second site serves nothing, whatever its URL: {seen}"
    with control("the catalog was asked for the file by the first site"):
        assert catalog.journal.downloads(wheel.filename)


@clause(
    "REPL-02",
    facts=("row 24", "row 25", "C-01"),
    builds_on=["replication.second_site_gets_the_catalog_from_the_first", PAGE_IS_CACHED],
)
def test_second_site_gets_what_the_first_has_cached_without_the_catalog(
    lab: Lab, second_site: SecondSite, catalog: Organization
) -> None:
    """A page and a file that the first site has cached reach the second without a request to the catalog."""
    wheel = catalog.publish("example")
    first = lab.remote_repository(catalog)
    reader = lab.user(first, READ, DEPLOY_CACHE)
    second = working_chain(second_site.lab, RepositoryElsewhere.seen_by(reader, first), catalog.publish("probe"))
    reader.fetch_ok(reader.page(first, "example").link_to(wheel.filename))
    catalog.journal.clear()

    asking = second_site.lab.administrator
    page = assert_lists("example", asking.get_page(second, "example"), wheel.filename)
    assert_served(asking.fetch(page.link_to(wheel.filename)))

    assert_never_asked(catalog)
    with control("what the first site has not cached comes from the catalog"):
        other = catalog.publish("other")
        assert serves(second_site.lab, second, other)
        assert catalog.journal.downloads(other.filename)


@clause(
    "REPL-03", facts=("row 10",), builds_on=["replication.second_site_gets_the_catalog_from_the_first", FILE_IS_CACHED]
)
def test_both_sites_serve_the_same_bytes(lab: Lab, second_site: SecondSite, catalog: Organization) -> None:
    """The second site lists, serves and stores the very bytes that the first one and the catalog have."""
    wheel = catalog.publish("example", filler=100_000)
    first = lab.remote_repository(catalog)
    reader = lab.user(first, READ, DEPLOY_CACHE)
    second = working_chain(second_site.lab, RepositoryElsewhere.seen_by(reader, first), catalog.publish("probe"))

    assert_serves(second_site.lab.administrator, second, wheel)
    assert_serves(reader, first, wheel)

    stored = second.cache.path_of(wheel.filename)
    assert stored is not None, f"the second site has not stored {wheel.filename}"
    assert second.cache.sha256(stored) == wheel.sha256
    listed = {
        site.page(remote, "example").link_to(wheel.filename).sha256
        for site, remote in ((reader, first), (second_site.lab.administrator, second))
    }
    assert listed == {wheel.sha256}


@clause("REPL-04", facts=("admin 1.3", "admin 7"))
def test_second_site_without_an_enterprise_licence_gets_nothing(
    lab: Lab, second_site: SecondSite, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A second site gets the catalog from the first only under an Enterprise licence; what it says is recorded."""
    wheel = catalog.publish("example")
    first = lab.remote_repository(catalog)
    elsewhere = RepositoryElsewhere.seen_by(lab.user(first, READ, DEPLOY_CACHE), first)
    chain = [chained(second_site.lab, elsewhere, form) for form in UrlForm]
    licences = System.read_licences(second_site.lab.administrator.get("api/system/license"))
    replication = second_site.lab.administrator.get(f"api/replications/{chain[0].key}")
    observe("licences of the second site", list(licences))
    observe("its answer about replications of the remote", str(replication))

    served = any(serves(second_site.lab, second, wheel) for second in chain)

    assert not served or any("Enterprise" in kind for kind in licences), f"served under the licence {licences}"
