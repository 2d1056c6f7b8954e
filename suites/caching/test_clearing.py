from collections.abc import Callable
from hashlib import sha256
from typing import Any

from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_not_an_index, assert_serves, clause, control
from artifactory_conformance.checks.causes import FILE_IS_CACHED, PAGE_IS_CACHED, PROJECT_IS_MISSING
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@clause(
    "TROUBLE-10",
    facts=("C-01", "C-05", "D7", "B-46"),
    builds_on=[FILE_IS_CACHED, PAGE_IS_CACHED],
)
def test_clearing_a_project_repairs_its_bad_copy_and_touches_no_other(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A bad copy of a file is repaired when the project's page and file are deleted; its neighbour stays cached."""
    wheel, neighbour = catalog.publish("example"), catalog.publish("neighbour")
    remote = lab.remote_repository(catalog)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "neighbour").link_to(neighbour.filename))
    catalog.set_page_form(hash="none")  # M-08: an instance that holds files against the page would not cache a bad one
    catalog.set_faults(Fault(f"*/{wheel.filename}", wrong_bytes=True))
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)

    def is_bad() -> bool:
        return sha256(lab.administrator.fetch_ok(link).body).hexdigest() != wheel.sha256

    with control("the catalog gives wrong bytes, and they stay when it is repaired"):
        assert is_bad()
        catalog.set_faults()
        catalog.set_page_form()
        assert is_bad()
    page, file = remote.cache.page_path("example"), str(remote.cache.path_of(wheel.filename))
    observe("status of a zap of the page", remote.cache.zap(page).status)
    observe("the file is bad after the zap", is_bad())

    remote.cache.try_to_delete(page)  # the zap may have taken it away
    remote.cache.delete(file)
    assert_serves(lab.administrator, remote, wheel)

    catalog.journal.clear()
    assert_serves(lab.administrator, remote, neighbour)
    assert not catalog.journal.requests()


@clause("TROUBLE-10", facts=("B-44",), builds_on=[PROJECT_IS_MISSING])
def test_a_remembered_miss_is_over_with_its_period(
    lab: Lab, catalog: Organization, whole_instance: Target, observe: Callable[[str, Any], None]
) -> None:
    """A package that was not found is cured by the end of the Missed Retrieval Cache Period, if not by clearing."""
    remote = lab.remote_repository(catalog, missedRetrievalCachePeriodSecs=LIMITS.short_missed_period)
    with control("the catalog does not have the project, and then it has"):
        assert_not_an_index("example", lab.administrator.get_page(remote, "example"))
        wheel = catalog.publish("example")
    page = remote.cache.page_path("example")
    observe("status of the page at once", lab.administrator.get_page(remote, "example").status)
    observe("status of the deletion", remote.cache.try_to_delete(page).status)
    observe("status of the page after it", lab.administrator.get_page(remote, "example").status)
    whole_instance.elapse(LIMITS.short_missed_period + 1)

    assert_serves(lab.administrator, remote, wheel)
