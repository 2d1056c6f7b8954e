from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_not_an_index, clause, control, relied_on
from artifactory_conformance.checks.causes import PROJECT_IS_MISSING
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@clause("REMOTE-11", facts=("M-01", "M-13", "row 31", "C-04"), observes=True)
def test_how_often_the_catalog_is_asked_for_what_it_lacks(
    lab: Lab, catalog: Organization, whole_instance: Target, observe: Callable[[str, Any], None]
) -> None:
    """Records how often three requests for a missing page or file ask the catalog, within and after the period."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, missedRetrievalCachePeriodSecs=LIMITS.short_missed_period)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    other = lab.user(remote, READ, DEPLOY_CACHE)
    catalog.withdraw(wheel)
    catalog.journal.clear()

    for moment, seconds in {"within the period": 0, "after it": LIMITS.short_missed_period + 1}.items():
        whole_instance.elapse(seconds)
        for _ in range(3):
            observe(f"status of the page {moment}", lab.administrator.get_page(remote, "absent").status)
            observe(f"status of the file {moment}", lab.administrator.fetch(link).status)
        observe(f"status of the page for another user {moment}", other.get_page(remote, "absent").status)
        observe(f"times asked for the page {moment}", len(catalog.journal.asked_for_page("absent")))
        observe(f"times asked for the file {moment}", len(catalog.journal.asked_for_file(wheel.filename)))
        catalog.journal.clear()


@pytest.mark.usefixtures("whole_instance")
@relied_on("A40", "A41", "B-44", builds_on=[PROJECT_IS_MISSING], observes=True)
def test_what_ends_that_a_missing_page_is_remembered(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what makes a missed page show before its time: deleting it, zapping it, saving any repository."""
    remote = lab.remote_repository(catalog)
    bystander = lab.local_repository()
    cached = catalog.publish("cached")
    lab.administrator.page(remote, cached.project)
    acts: dict[str, Callable[[str], object]] = {
        "nothing is done": str,
        "the path is deleted": lambda project: remote.cache.try_to_delete(remote.cache.page_path(project)),
        "the path is zapped": lambda project: remote.cache.zap(remote.cache.page_path(project)),
        "the whole cache is zapped": lambda _: remote.cache.zap(),
        "another repository is saved": lambda _: bystander.change(description="saved"),
        "a repository is created": lambda _: lab.local_repository(),
        "the remote itself is saved": lambda _: remote.change(description="saved"),
    }

    for number, (name, act) in enumerate(acts.items()):
        project = f"late-{number}"
        _miss(lab.administrator, remote, project)
        catalog.publish(project)
        act(project)
        observe(name, lab.administrator.get_page(remote, project).status)


@pytest.mark.usefixtures("whole_instance")
@clause("REMOTE-11", facts=("A37",), builds_on=[PROJECT_IS_MISSING], observes=True)
def test_what_a_missed_period_of_0_or_less_does(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether a Missed Retrieval Cache Period of 0 remembers nothing, and what a negative one does."""
    for period in (0, -1):
        remote = lab.remote_repository(catalog)
        observe(f"{period} is taken", remote.takes(missedRetrievalCachePeriodSecs=period))
        _miss(lab.administrator, remote, f"late{period}")
        catalog.publish(f"late{period}")
        observe(f"page with {period}, at once", lab.administrator.get_page(remote, f"late{period}").status)


def _miss(user: Identity, remote: RemoteRepository, project: str) -> None:
    with control("the catalog does not have the project yet"):
        assert_not_an_index(project, user.get_page(remote, project))
