from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.catalog import BadAnswer, Fault, Organization
from artifactory_conformance.catalog.addresses import UNREACHABLE
from artifactory_conformance.checks import (
    assert_keeps_password,
    assert_lists_only,
    assert_no_file,
    assert_not_an_index,
    assert_right_or_no_file,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import FILE_IS_AN_ERROR
from artifactory_conformance.evidence import BrokenOff
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.proxies import Proxy
from artifactory_conformance.targets import Target


@relied_on("row 34", "M-04", "A36", "A57", "open 4")
@pytest.mark.parametrize("address", UNREACHABLE.values(), ids=UNREACHABLE.keys())
def test_page_of_a_catalog_that_cannot_be_reached_is_no_index(
    lab: Lab, catalog: Organization, address: str, observe: Callable[[str, Any], None]
) -> None:
    """While nobody answers at the catalog's address, a client gets no index, and no password of the catalog."""
    catalog.publish("example")
    away = catalog.url.replace(catalog.service.address, address)
    remote = lab.remote_repository(catalog, url=away, pyPIRegistryUrl=away, socketTimeoutMillis=LIMITS.impatience)

    page = lab.administrator.get_page(remote, "example")

    assert_not_an_index("example", page)
    assert_keeps_password(catalog, page)
    observe("what the client sees", in_short(page))
    with control("at the catalog's own address the same page is served"):
        lab.administrator.page(lab.remote_repository(catalog), "example")


@relied_on("M-04", "M-07", "A57")  # RFC 9112 8: an incomplete message is never taken for a whole one
@pytest.mark.parametrize("broken", [BadAnswer.RESET, BadAnswer.TRUNCATED], ids=lambda broken: broken.value)
def test_page_whose_connection_breaks_is_no_index(
    proxy: Proxy, broken: BadAnswer, observe: Callable[[str, Any], None]
) -> None:
    """A page that breaks off, in the middle or before it began, is no index for a client."""
    lost, another, before = proxy.publish(), proxy.publish(), proxy.publish()
    with control("before the fault a page is served"):
        proxy.page(before.project)
    proxy.catalog.set_faults(broken.at(f"/simple/{lost.project}/"))

    page = proxy.try_to_get_page(lost.project)

    assert_not_an_index(lost.project, page)
    assert_keeps_password(proxy.catalog, page)
    observe("what the client sees", in_short(page))
    observe("tries at the catalog", len(proxy.catalog.journal.asked_for_page(lost.project)))
    with control("the page of another project is served meanwhile"):
        proxy.page(another.project)


@relied_on("M-07")  # RFC 9112 8, likewise
def test_half_a_page_is_no_index(proxy: Proxy) -> None:
    """Of a page that breaks off behind its first link a client does not get that link alone."""
    catalog, project = proxy.catalog, proxy.publish("1.0").project
    for version in ("1.1", "1.2"):
        catalog.publish(project, version)
    another, before = proxy.publish(), proxy.publish()
    with control("before the fault a page is served"):
        proxy.page(before.project)
    whole = catalog.ask(f"simple/{project}/").body
    first, second = (f"{project.replace('-', '_')}-{version}".encode() for version in ("1.0", "1.1"))
    catalog.set_faults(Fault(f"/simple/{project}/", truncate=whole.index(second)))
    catalog.journal.clear()

    page = proxy.try_to_get_page(project)

    assert_not_an_index(project, page)
    with control("the catalog has sent a page that ends behind a whole link"):
        assert first in whole[: whole.index(second)]
        assert catalog.journal.asked_for_page(project)
    with control("the page of another project is served meanwhile"):
        proxy.page(another.project)


@relied_on("M-04", "M-07", "M-16", "A36", "A57")  # RFC 9112 8, likewise
@pytest.mark.parametrize("broken", [BadAnswer.RESET, BadAnswer.TRUNCATED], ids=lambda broken: broken.value)
@pytest.mark.parametrize("methods", [("HEAD", "GET"), ("GET",)], ids=["at-once", "in-the-download"])
def test_file_whose_connection_breaks_is_not_served(
    proxy: Proxy, broken: BadAnswer, methods: tuple[str, ...], observe: Callable[[str, Any], None]
) -> None:
    """A file whose connection breaks, in the middle or before it began, is an error for a client, never a piece."""
    lost = proxy.publish("1.0")
    kept = proxy.catalog.publish(lost.project, "1.1")
    page = proxy.page(lost.project)
    proxy.catalog.set_faults(broken.at(f"*/{lost.filename}", methods=methods))

    file = proxy.try_to_fetch(page.link_to(lost.filename))

    assert_no_file(file)
    assert_keeps_password(proxy.catalog, file)
    observe("what the client sees", in_short(file))
    asked = proxy.catalog.journal.asked_for_file(lost.filename)
    observe("what the catalog was asked", [f"{request.method} {request.status}" for request in asked])
    observe("something is stored", proxy.holds_file(lost.filename))
    with control("the other file of the page is served meanwhile"):
        proxy.fetch_ok(page.link_to(kept.filename))


@relied_on("row 34", "M-04", since="7.161")
def test_files_are_not_found_however_often_the_connection_breaks(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """While connections break, every file is not found: the first ones, and those asked for when that is known."""
    wheels = [catalog.publish("example", f"1.{number}") for number in range(4)]
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    with control("before, a file of the page is served"):
        lab.administrator.fetch_ok(page.link_to(wheels[0].filename))
    catalog.set_faults(BadAnswer.RESET.at("*"))

    answers = [lab.administrator.fetch(page.link_to(wheel.filename)) for wheel in wheels[1:]]

    assert [answer.status for answer in answers] == [404, 404, 404]
    observe("what the client sees", [in_short(answer) for answer in answers])


@relied_on("M-04", "A57", "A17")
def test_page_that_comes_too_late_is_no_index(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A page that comes later than the remote's Socket Timeout is no index for a client."""
    catalog.publish("late")
    remote = lab.remote_repository(catalog, socketTimeoutMillis=LIMITS.impatience)
    catalog.set_faults(Fault("/simple/late/", delay=LIMITS.catalog_delay))

    page = lab.administrator.get_page(remote, "late")

    assert_not_an_index("late", page)
    observe("what the client sees", in_short(page))
    with control("a remote with a longer timeout serves the same page"):
        lab.administrator.page(lab.remote_repository(catalog, socketTimeoutMillis=LIMITS.patience), "late")


@relied_on("M-04", "M-07", "A17", "A57")
def test_file_that_pauses_too_long_is_not_served(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A file that pauses for longer than the remote's Socket Timeout is an error for a client, never a piece."""
    late, kept = catalog.publish("example", "1.0", filler=100_000), catalog.publish("example", "1.1")
    remote = lab.remote_repository(catalog, socketTimeoutMillis=LIMITS.impatience)
    page = lab.administrator.page(remote, "example")
    catalog.set_faults(Fault(f"*/{late.filename}", stall=50_000, stall_seconds=LIMITS.catalog_delay))

    file = lab.administrator.fetch(page.link_to(late.filename))

    assert_no_file(file)
    observe("what the client sees", in_short(file))
    with control("the other file of the page is served meanwhile"):
        lab.administrator.fetch_ok(page.link_to(kept.filename))


@relied_on("B-17", "A88", "M-04")
def test_slow_catalog_is_waited_for(lab: Lab, catalog: Organization) -> None:
    """A page that comes late and a file that pauses are served whole, if the remote's Socket Timeout is longer."""
    slow = catalog.publish("slow", filler=100_000)
    remote = lab.remote_repository(catalog, socketTimeoutMillis=LIMITS.patience)
    catalog.set_faults(
        Fault("/simple/slow/", delay=LIMITS.catalog_delay / 2),
        Fault(f"*/{slow.filename}", stall=50_000, stall_seconds=LIMITS.catalog_delay / 2),
    )

    assert_serves(lab.administrator, remote, slow)


@relied_on("M-12", "A47", observes=True)
def test_what_hard_fail_makes_of_a_broken_connection(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what a client sees of a broken connection with Hard Fail on, and with it off."""
    catalog.publish("example")
    catalog.set_faults(BadAnswer.RESET.at("/simple/example/"))

    for hard_fail in (True, False):
        page = lab.administrator.get_page(lab.remote_repository(catalog, hardFail=hard_fail), "example")
        observe(f"hard fail {'on' if hard_fail else 'off'}", in_short(page))


@relied_on(
    *("B-44", "B-53", "T38", "M-04", "M-07"),
    builds_on=["upstream_faults.half_a_page_is_no_index", FILE_IS_AN_ERROR],
)
@pytest.mark.parametrize("broken", [BadAnswer.RESET, BadAnswer.TRUNCATED], ids=lambda broken: broken.value)
def test_page_and_file_come_once_the_connection_holds_again(
    lab: Lab, catalog: Organization, target: Target, broken: BadAnswer, observe: Callable[[str, Any], None]
) -> None:
    """Page and file whose connection broke come afterwards, at the latest after the missed and the offline period."""
    page_lost, file_lost = catalog.publish("page-lost"), catalog.publish("file-lost")
    periods = {
        "missedRetrievalCachePeriodSecs": LIMITS.short_missed_period,
        "assumedOfflinePeriodSecs": LIMITS.short_period,
    }
    remote = lab.remote_repository(catalog, **periods)
    link = lab.administrator.page(remote, "file-lost").link_to(file_lost.filename)
    catalog.set_faults(broken.at("/simple/page-lost/"), broken.at(f"*/{file_lost.filename}"))
    with control("neither is served before"):
        assert_not_an_index("page-lost", lab.administrator.get_page(remote, "page-lost"))
        assert lab.administrator.fetch(link).status >= 400
    catalog.set_faults()

    observe("status of the page at once", lab.administrator.get_page(remote, "page-lost").status)
    file = lab.administrator.fetch(link)
    observe("status of the file at once", file.status)
    assert_right_or_no_file(file, file_lost)
    target.elapse(LIMITS.short_missed_period + 1)

    assert_serves(lab.administrator, remote, page_lost)
    assert_serves(lab.administrator, remote, file_lost)


@relied_on("M-04", "A57", "A17", "B-17")
def test_client_hears_in_time_of_a_catalog_that_says_nothing(proxy: Proxy, observe: Callable[[str, Any], None]) -> None:
    """While the catalog is silent for seconds, a client gets the whole page at last, or an error: nothing between."""
    silent, another = proxy.publish(), proxy.publish()
    with control("before, a page is served"):
        proxy.page(another.project)
    proxy.catalog.set_faults(Fault(f"/simple/{silent.project}/", delay=LIMITS.catalog_silence))

    page = proxy.try_to_get_page(silent.project)

    observe("what the client sees", in_short(page))
    assert_keeps_password(proxy.catalog, page)
    if isinstance(page, BrokenOff) or page.status != 200:
        assert_not_an_index(silent.project, page)
    else:
        assert_lists_only(silent.project, page, silent.filename)
    with control("the catalog was asked, and afterwards another page is served"):
        assert proxy.catalog.journal.asked_for_page(silent.project)
        proxy.page(another.project)
