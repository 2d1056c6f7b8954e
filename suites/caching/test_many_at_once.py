from collections import Counter
from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory.parallel import InParallel
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_has_bytes, assert_lists_only, assert_served, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED
from artifactory_conformance.labs import Lab
from artifactory_conformance.proxies import Proxy

CLIENTS = 20
MANY = 50
"""Requests at once under which valid credentials were refused now and then (B-11)."""
DELAY = 0.1
"""Seconds that the catalog takes, so that everybody has asked before the first one is answered."""


@relied_on("T39", builds_on=[FILE_IS_CACHED])
def test_many_first_requests_for_a_file_all_get_it(
    proxy: Proxy, at_once: InParallel, observe: Callable[[str, Any], None]
) -> None:
    """When 20 clients ask at once for a file that nobody has cached, each of them gets it whole; one is stored."""
    proxy = proxy.as_installer()
    wheel = proxy.publish(filler=200_000)
    link = proxy.link_to(wheel)
    proxy.catalog.set_faults(Fault(f"*/{wheel.filename}", delay=DELAY))

    answers = at_once(CLIENTS, lambda _: proxy.fetch(link))

    observe("times the catalog sent the file", len(proxy.catalog.journal.downloads(wheel.filename)))
    for answer in answers:
        assert_has_bytes(answer, wheel)
    stored = [] if proxy.store is None else [path for path in proxy.store.paths() if path.endswith(wheel.filename)]
    assert proxy.store is None or len(stored) == 1, f"stored: {stored}"


@relied_on("T39")
def test_many_first_requests_for_a_page_all_get_it(
    proxy: Proxy, at_once: InParallel, observe: Callable[[str, Any], None]
) -> None:
    """When 20 clients ask at once for a page that nobody has cached, each of them gets it whole."""
    proxy = proxy.as_installer()
    first = proxy.publish("1.0")
    wheels = [first, *(proxy.catalog.publish(first.project, f"1.{number}") for number in range(1, 5))]
    proxy.catalog.set_faults(Fault(f"/simple/{first.project}/", delay=DELAY))

    answers = at_once(CLIENTS, lambda _: proxy.get_page(first.project))

    observe("times the catalog sent the page", len(proxy.catalog.journal.pages(first.project)))
    for answer in answers:
        assert_lists_only(first.project, answer, *(wheel.filename for wheel in wheels))


@relied_on("row 37", "C-07", "A85", "open 17", observes=True)
def test_how_often_the_catalog_is_asked_for_what_many_want(
    lab: Lab, catalog: Organization, at_once: InParallel, observe: Callable[[str, Any], None]
) -> None:
    """Records how often the catalog sends a page and a file that 20 clients ask for at once."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    catalog.set_faults(Fault("*", delay=DELAY))
    at_once(CLIENTS, lambda _: lab.administrator.get_page(remote, "example"))
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    at_once(CLIENTS, lambda _: lab.administrator.fetch(link))

    observe("times the page was sent", len(catalog.journal.pages("example")))
    observe("times the file was sent", len(catalog.journal.downloads(wheel.filename)))


@relied_on("B-11", "T39")
def test_many_requests_at_once_are_all_let_in(proxy: Proxy, at_once: InParallel) -> None:
    """When valid credentials are sent 50 times at once, nobody is turned away, throttled or given an error."""
    proxy = proxy.as_installer()
    wheel = proxy.publish()
    link = proxy.link_to(wheel)
    proxy.fetch_ok(link)

    for answer in at_once(MANY, lambda _: proxy.get_page(wheel.project)):
        assert_served(answer)
    for answer in at_once(MANY, lambda _: proxy.fetch(link)):
        assert_served(answer)


@relied_on("A86", observes=True)
def test_what_those_who_wait_for_a_failing_download_get(
    lab: Lab, catalog: Organization, at_once: InParallel, observe: Callable[[str, Any], None]
) -> None:
    """Records what five clients get that ask at once for a file whose first download fails."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    catalog.set_faults(
        Fault(f"*/{wheel.filename}", methods=("GET",), times=1, delay=DELAY, status=500),
        Fault(f"*/{wheel.filename}", delay=DELAY),
    )

    answers = at_once(5, lambda _: lab.administrator.fetch(link))
    observe("statuses", dict(sorted(Counter(str(answer.status) for answer in answers).items())))
    asked = [request for request in catalog.journal.asked_for_file(wheel.filename) if request.method == "GET"]
    observe("times the catalog was asked for the file", len(asked))
