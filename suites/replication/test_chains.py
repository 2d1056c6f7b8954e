from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, until
from artifactory_conformance.artifactory.logs import Logs
from artifactory_conformance.catalog import Organization
from artifactory_conformance.chains import RepositoryElsewhere, SecondSite, UrlForm, chained, serves, working_chain
from artifactory_conformance.checks import assert_not_an_index, assert_serves, control, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@relied_on(
    *("row 28", "row 30", "C-01", "C-03"),
    builds_on=["replication.second_site_gets_the_catalog_from_the_first", FILE_IS_CACHED],
)
def test_what_is_cached_is_served_while_the_other_site_is_down(
    lab: Lab, second_site: SecondSite, catalog: Organization, target: Target
) -> None:
    """With the site that it gets everything from down, a site serves what it has cached, also when the page expires."""
    wheel, probe = catalog.publish("example"), catalog.publish("probe")
    far = second_site.lab.remote_repository(catalog)
    reader = second_site.lab.user(far, READ, DEPLOY_CACHE)
    near = working_chain(lab, RepositoryElsewhere.seen_by(reader, far), probe, LIMITS.short_period)
    with control("the file comes from the other site and is cached"):
        assert serves(lab, near, wheel)
        assert near.cache.holds_file(wheel.filename)

    second_site.go_down()

    assert_serves(lab.administrator, near, wheel)
    target.elapse(LIMITS.short_period + 1)
    assert_serves(lab.administrator, near, wheel)
    with control("what is not cached is not served: the other site is down"):
        assert_not_an_index("other", lab.administrator.get_page(near, catalog.publish("other").project))


@relied_on("C-10", "B4", observes=True)
def test_what_a_virtual_of_the_first_site_passes_on(
    lab: Lab, second_site: SecondSite, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Through a virtual, requests of another Artifactory may reach its remotes only if the virtual says so."""
    cold, warm = catalog.publish("cold"), catalog.publish("warm")
    remote = lab.remote_repository(catalog)
    serves(lab, remote, warm)
    for allowed in (False, True):
        virtual = lab.virtual_repository(remote, artifactoryRequestsCanRetrieveRemoteArtifacts=allowed)
        reader = lab.user(remote, READ, DEPLOY_CACHE)
        second = chained(second_site.lab, RepositoryElsewhere.seen_by(reader, virtual), UrlForm.INDEX_ADDRESS)
        said = "set" if allowed else "not set"
        observe(f"what is cached, with the flag {said}", serves(second_site.lab, second, warm))
        observe(f"what is not cached, with the flag {said}", serves(second_site.lab, second, cold))


@relied_on("A12", "A13", observes=True)
def test_what_becomes_of_a_circle_of_sites(
    lab: Lab, second_site: SecondSite, catalog: Organization, logs: Logs, observe: Callable[[str, Any], None]
) -> None:
    """A page that two sites get from each other is refused by the one that hears itself ask, or not found at last."""
    first = lab.remote_repository(catalog)
    second = second_site.lab.remote_repository(RepositoryElsewhere.seen_by(lab.user(first, READ, DEPLOY_CACHE), first))
    back = RepositoryElsewhere.seen_by(second_site.lab.user(second, READ, DEPLOY_CACHE), second)
    first.change(url=back.url, pyPIRegistryUrl=back.url, username=back.user, password=back.password)

    answer = lab.administrator.get_page(first, "example")

    observe("status", answer.status)
    observe("requests that the first site sent", len(logs.fetched(first.key)))


@relied_on("A87", "C-09", builds_on=["replication.second_site_gets_the_catalog_from_the_first"], observes=True)
def test_how_often_a_file_is_sent_that_the_second_site_has_already(
    lab: Lab, second_site: SecondSite, catalog: Organization, logs: Logs, observe: Callable[[str, Any], None]
) -> None:
    """A second remote of the same upstream may know a file by its checksum header and not ask for it again."""
    wheel = catalog.publish("example")
    first = lab.remote_repository(catalog)
    reader = lab.user(first, READ, DEPLOY_CACHE)
    elsewhere = RepositoryElsewhere.seen_by(reader, first)
    for _ in range(2):
        serves(second_site.lab, working_chain(second_site.lab, elsewhere, wheel), wheel)

    def asked() -> list[str]:
        lines = [line for line in logs.served() if line.user == reader.name]
        return [line.method for line in lines if line.path.endswith(wheel.filename)]

    until("the first site's log tells of the second one's requests", asked)
    observe("requests of the second site for the file", asked())
