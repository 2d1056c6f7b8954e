from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.catalog import BadAnswer, Organization
from artifactory_conformance.catalog.bad_answers import ERRORS
from artifactory_conformance.checks import (
    assert_keeps_password,
    assert_no_file,
    assert_not_an_index,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import FILE_IS_AN_ERROR, PROJECT_IS_MISSING
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.proxies import Proxy
from artifactory_conformance.targets import Target

each_error = pytest.mark.parametrize("error", ERRORS, ids=[error.value for error in ERRORS])


@relied_on(
    *("row 32", "row 33", "M-01", "M-02", "M-04", "A34", "B-45", "open 4", "client C11"),
    builds_on=[PROJECT_IS_MISSING],
)
@each_error
def test_page_that_the_catalog_answers_with_an_error_is_no_index(
    proxy: Proxy, error: BadAnswer, observe: Callable[[str, Any], None]
) -> None:
    """For a page that the catalog answers with an error a client gets no index, and no password of the catalog."""
    refused, another = proxy.publish(), proxy.publish()
    proxy.catalog.set_faults(error.at(f"/simple/{refused.project}/"))

    page = proxy.get_page(refused.project)

    observe("what the client sees", in_short(page))
    assert_not_an_index(refused.project, page)
    assert_keeps_password(proxy.catalog, page)
    observe("Retry-After for the client", page.headers.get("Retry-After", ""))
    asked = proxy.catalog.journal.asked_for_page(refused.project)
    observe("what the catalog was asked", [f"{request.method} {request.status}" for request in asked])
    with control("the page of another project is served meanwhile"):
        proxy.page(another.project)


@relied_on("row 32", "row 33", "M-01", "M-02", "M-04", "A30", "A34", "A36", "A57", "client C11")
@each_error
def test_file_that_the_catalog_answers_with_an_error_is_not_served(
    proxy: Proxy, error: BadAnswer, observe: Callable[[str, Any], None]
) -> None:
    """For a file that the catalog answers with an error a client gets an error, and no password of the catalog."""
    refused = proxy.publish("1.0")
    kept = proxy.catalog.publish(refused.project, "1.1")
    page = proxy.page(refused.project)
    proxy.catalog.set_faults(error.at(f"*/{refused.filename}"))

    file = proxy.fetch(page.link_to(refused.filename))

    observe("what the client sees", in_short(file))
    assert_no_file(file)
    assert_keeps_password(proxy.catalog, file)
    observe("Retry-After for the client", file.headers.get("Retry-After", ""))
    observe("something is stored", proxy.holds_file(refused.filename))
    with control("the other file of the page is served meanwhile"):
        proxy.fetch_ok(page.link_to(kept.filename))


@relied_on("M-03", "A17", "A18", "A57")
@each_error
def test_file_whose_download_alone_fails_is_not_served(
    lab: Lab, catalog: Organization, error: BadAnswer, observe: Callable[[str, Any], None]
) -> None:
    """For a file that the catalog knows (HEAD), but whose download (GET) it refuses, a client gets an error."""
    refused, kept = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    page = user.page(remote, "example")
    catalog.set_faults(error.at(f"*/{refused.filename}", methods=("GET",)))

    file = user.fetch(page.link_to(refused.filename))

    assert_no_file(file)
    assert_keeps_password(catalog, file)
    observe("what the client sees", in_short(file))
    observe("the client is asked to log in", file.headers.get("WWW-Authenticate", ""))
    with control("the catalog has answered the download with its error"):
        seen = [request for request in catalog.journal.asked_for_file(refused.filename) if request.method == "GET"]
        assert [request for request in seen if request.status >= 400]
    with control("the other file of the page is served meanwhile"):
        user.fetch_ok(page.link_to(kept.filename))


@relied_on("B-44", "B-53", "M-13", "A37", "A38", "T38", builds_on=[PROJECT_IS_MISSING])
def test_pages_come_once_the_catalog_is_right_again(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, Any], None]
) -> None:
    """Whatever error the catalog gave for a page, it comes afterwards, once missed and offline period are over."""
    offered = {error.value: catalog.publish(f"refused-{error.value}") for error in ERRORS}
    remote = lab.remote_repository(
        catalog,
        missedRetrievalCachePeriodSecs=LIMITS.short_missed_period,
        retrievalCachePeriodSecs=LIMITS.short_missed_period,
        assumedOfflinePeriodSecs=LIMITS.short_period,
    )
    catalog.set_faults(*(error.at(f"/simple/{offered[error.value].project}/") for error in ERRORS))
    with control("none of the pages is served before"):
        for wheel in offered.values():
            assert_not_an_index(wheel.project, lab.administrator.get_page(remote, wheel.project))
    catalog.set_faults()

    seen = {name: lab.administrator.get_page(remote, wheel.project).status for name, wheel in offered.items()}
    observe("status while the miss may be remembered", seen)
    target.elapse(LIMITS.short_missed_period + 1)

    for wheel in offered.values():
        assert_serves(lab.administrator, remote, wheel)


@relied_on("B-44", "B-53", "M-13", "A37", "A38", "T38", builds_on=[FILE_IS_AN_ERROR])
def test_files_come_once_the_catalog_is_right_again(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, Any], None]
) -> None:
    """Whatever error the catalog gave for a file, it comes afterwards, once missed and offline period are over."""
    offered = {error.value: catalog.publish("example", f"1.{number}") for number, error in enumerate(ERRORS)}
    remote = lab.remote_repository(
        catalog,
        missedRetrievalCachePeriodSecs=LIMITS.short_missed_period,
        assumedOfflinePeriodSecs=LIMITS.short_period,
    )
    page = lab.administrator.page(remote, "example")
    links = {name: page.link_to(wheel.filename) for name, wheel in offered.items()}
    catalog.set_faults(*(error.at(f"*/{offered[error.value].filename}") for error in ERRORS))
    with control("none of the files is served before"):
        for link in links.values():
            assert lab.administrator.fetch(link).status >= 400
    catalog.set_faults()

    seen = {name: lab.administrator.fetch(link).status for name, link in links.items()}
    observe("status while the miss may be remembered", seen)
    target.elapse(LIMITS.short_missed_period + 1)

    for wheel in offered.values():
        assert_serves(lab.administrator, remote, wheel)
