from collections.abc import Callable
from typing import Any

from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import (
    assert_becomes,
    assert_lists_only,
    assert_not_an_index,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import PAGE_IS_CACHED, PERIOD_ENDS
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.proxies import Proxy
from artifactory_conformance.targets import Target

FAILURES: dict[str, dict[str, Any]] = {
    **{str(status): {"status": status} for status in (401, 403, 404, 429, 500, 502, 503, 504, 505)},
    "reset": {"reset": True},
    "slow": {"delay": 1.5},
    "HEAD well, GET 500": {"status": 500, "methods": ("GET",)},
    "HTML without links": {"body": "<!DOCTYPE html><html><body>Sign in</body></html>"},
}
SOCKET_TIMEOUT = 500
"""Milliseconds that the remote waits for an answer: less than the slow one takes."""


@relied_on("C-03", "row 28", "T38", since="7.49.3", builds_on=[PAGE_IS_CACHED, PERIOD_ENDS])
def test_an_expired_page_covers_for_a_catalog_that_cannot_be_reached(expiring_proxy: Proxy) -> None:
    """While the catalog cannot be reached, a page whose period is over is served as it was."""
    proxy, journal = expiring_proxy, expiring_proxy.catalog.journal
    wheel, another = proxy.publish(), proxy.publish()
    before = proxy.page(wheel.project)
    proxy.catalog.set_faults(Fault("*", reset=True))
    proxy.let_pages_expire()

    stale = assert_lists_only(wheel.project, proxy.get_page(wheel.project), wheel.filename)
    assert stale.links == before.links
    with control("the catalog was asked, and cannot be reached: another page does not come"):
        assert journal.asked_for_page(wheel.project)[-1].status is None
        assert_not_an_index(another.project, proxy.try_to_get_page(another.project))


@relied_on(
    *("C-03", "row 26", "release 21", "T38"),
    since="7.104.12",
    builds_on=["caching.an_expired_page_covers_for_a_catalog_that_cannot_be_reached"],
)
def test_a_page_that_covered_for_the_catalog_is_renewed_when_that_is_back(
    lab: Lab, catalog: Organization, target: Target
) -> None:
    """A page that was served beyond its period while the catalog failed shows the news soon after that is back."""
    first = catalog.publish("example", "1.0")
    remote = lab.remote_repository(
        catalog, retrievalCachePeriodSecs=LIMITS.short_period, assumedOfflinePeriodSecs=LIMITS.short_period
    )
    lab.administrator.page(remote, "example").link_to(first.filename)
    catalog.set_faults(Fault("*", reset=True))
    target.elapse(LIMITS.short_period + 1)
    with control("the old page covers for the catalog"):
        lab.administrator.page(remote, "example").link_to(first.filename)
    catalog.set_faults()
    second = catalog.publish("example", "1.1")

    def a_period_later() -> Answer:
        target.elapse(LIMITS.short_period + 1)
        return lab.administrator.get_page(remote, "example")

    # M-05: the monitor that ends the offline time asks with growing delays, so the page may need another period.
    assert_becomes("the page shows the news", a_period_later, holds=lambda page: second.filename in page.text)
    assert_lists_only("example", lab.administrator.get_page(remote, "example"), first.filename, second.filename)


@relied_on("C-03", "row 29", "A54", "A56", "A57", "open 6", "open 30", "B-43", observes=True)
def test_which_failures_an_expired_page_covers(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, Any], None]
) -> None:
    """Records for each failure of the catalog whether an expired page is served, and whether its age starts anew."""
    wheels = {name: catalog.publish(f"example-{number}") for number, name in enumerate(FAILURES)}
    gone = catalog.publish("gone")
    remote = lab.remote_repository(
        catalog,
        retrievalCachePeriodSecs=LIMITS.short_period,
        assumedOfflinePeriodSecs=0,  # M-19: each page meets its own failure, and not the first one's
        socketTimeoutMillis=SOCKET_TIMEOUT,
    )
    for wheel in (*wheels.values(), gone):
        lab.administrator.page(remote, wheel.project).link_to(wheel.filename)
    catalog.set_faults(*(Fault(f"/simple/{wheels[name].project}/", **fault) for name, fault in FAILURES.items()))
    catalog.withdraw_project("gone")
    target.elapse(LIMITS.short_period + 1)

    for name, wheel in {**wheels, "the project is gone": gone}.items():
        answer = lab.administrator.get_page(remote, wheel.project)
        catalog.journal.clear()
        lab.administrator.get_page(remote, wheel.project)
        again = "asked" if catalog.journal.asked_for_page(wheel.project) else "not asked"
        listed = "old page" if wheel.filename in answer.text else "without the file"
        observe(name, f"{answer.status}, {listed}; the catalog is {again} again at once")
