from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from artifactory_conformance.artifactory import Identity, NotSettled, RemoteRepository, until
from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import (
    assert_becomes_served,
    assert_lists,
    assert_not_an_index,
    assert_served,
    assert_serves,
    clause,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import PAGE_IS_CACHED
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target

REQUESTS = 5
"""Requests for pages that are not cached, one after the other: more than the two failures that were seen to do it."""


@pytest.mark.usefixtures("whole_instance")
@relied_on("M-04", "M-05", "row 34", since="7.161")
def test_a_catalog_that_cannot_be_reached_is_left_alone(lab: Lab, catalog: Organization) -> None:
    """After some failed requests the catalog is not asked any more for what users want, and they get 404."""
    remote = lab.remote_repository(catalog)
    catalog.set_faults(Fault("*", reset=True))
    cold = _cold_pages(lab.administrator, remote)

    def ask_and_look() -> tuple[Answer, bool]:
        catalog.journal.clear()
        project, answer = cold()
        return answer, bool(catalog.journal.asked_for_page(project))

    with control("the first request does ask the catalog"):
        assert ask_and_look()[1]
    with suppress(NotSettled):
        until("the catalog is left alone", ask_and_look, holds=lambda seen: not seen[1])
    answer, asked = ask_and_look()
    assert not asked
    assert answer.status == 404


@pytest.mark.usefixtures("whole_instance")
@clause("TROUBLE-07", facts=("T38", "row 30", "M-05"), builds_on=[PAGE_IS_CACHED])
def test_what_is_cached_is_served_after_many_failures(lab: Lab, catalog: Organization) -> None:
    """When many requests have failed at an unreachable catalog, what is cached is served as before."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    _fail(catalog, lab.administrator, remote)

    assert_lists("example", lab.administrator.get_page(remote, "example"), wheel.filename)
    assert_served(lab.administrator.fetch(link))


@relied_on("row 35", "M-05", "release 21", "T38", since="7.104.12")
def test_a_remote_recovers_by_itself(lab: Lab, catalog: Organization, whole_instance: Target) -> None:
    """When the catalog is back, its pages come again by themselves within the Assumed Offline Period."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, assumedOfflinePeriodSecs=LIMITS.short_period)
    _fail(catalog, lab.administrator, remote)
    catalog.set_faults()
    whole_instance.elapse(LIMITS.short_period + 1)

    # Another name each time: that a 404 meanwhile is not remembered is known of old source alone (A45)
    assert_becomes_served(lambda: lab.administrator.get_page(remote, catalog.publish_new().project))
    assert_serves(lab.administrator, remote, wheel)
    assert catalog.journal.pages("example")


@relied_on("M-04", "M-05", "A50", "row 34", "row 35", "release 21", observes=True)
def test_how_a_remote_goes_offline_and_comes_back(
    lab: Lab, catalog: Organization, whole_instance: Target, observe: Callable[[str, Any], None]
) -> None:
    """Records after how many failures the catalog is left alone, and what is served when it is back."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog, assumedOfflinePeriodSecs=LIMITS.short_period)
    catalog.set_faults(Fault("*", reset=True))
    cold = _cold_pages(lab.administrator, remote)
    for number in range(1, REQUESTS + 1):
        project, answer = cold()
        reached = "asked" if catalog.journal.asked_for_page(project) else "not asked"
        observe(f"request {number}", f"{answer.status}, the catalog was {reached}: {message_of(answer)}")
    probes = [f"{request.method} {request.path}" for request in catalog.journal.requests()]
    observe("other requests at the catalog", sorted({probe for probe in probes if "/simple/" not in probe}))
    catalog.set_faults()
    observe("status at once when it is back", lab.administrator.get_page(remote, "example").status)
    whole_instance.elapse(LIMITS.short_period + 1)
    observe("status after the period", lab.administrator.get_page(remote, "example").status)


@pytest.mark.usefixtures("whole_instance")
@relied_on("M-19", "A40", "A50", observes=True)
def test_what_keeps_a_remote_online(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Records whether many failures count with a period of 0, with the base URL well, and after a save."""
    catalog.publish("example")
    never = lab.remote_repository(catalog, assumedOfflinePeriodSecs=0)
    _fail(catalog, lab.administrator, never)
    catalog.set_faults()
    observe("with a period of 0", lab.administrator.get_page(never, "example").status)

    well = lab.remote_repository(catalog)
    _fail(catalog, lab.administrator, well, Fault("/simple/*", status=503))
    catalog.set_faults()
    observe("while the base URL does not fail", lab.administrator.get_page(well, "example").status)

    saved = lab.remote_repository(catalog)
    _fail(catalog, lab.administrator, saved)
    catalog.set_faults()
    observe("before a repository is saved", lab.administrator.get_page(saved, "example").status)
    lab.local_repository()
    observe("after a repository is saved", lab.administrator.get_page(saved, "example").status)


def _cold_pages(user: Identity, remote: RemoteRepository) -> Callable[[], tuple[str, Answer]]:
    """Give a function that asks for the page of yet another project: one that failed may be remembered as missed."""
    asked: list[str] = []

    def ask() -> tuple[str, Answer]:
        asked.append(f"cold-{len(asked)}")
        return asked[-1], user.get_page(remote, asked[-1])

    return ask


def _fail(catalog: Organization, user: Identity, remote: RemoteRepository, fault: Fault | None = None) -> None:
    catalog.set_faults(fault or Fault("*", reset=True))
    cold = _cold_pages(user, remote)
    with control("pages that are not cached do not come"):
        for _ in range(REQUESTS):
            assert_not_an_index(*cold())
