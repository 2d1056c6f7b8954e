from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_installed,
    assert_keeps_password,
    assert_not_an_index,
    assert_serves,
    clause,
    control,
)
from artifactory_conformance.checks.causes import PAGE_IS_CACHED
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@clause("TROUBLE-03", facts=("M-15", "row 41", "open 5", "U4", "A31"))
def test_first_request_may_lack_credentials(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whatever the catalog refuses with 401 is asked for again with the right credentials, and page and file come."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)

    assert_serves(lab.administrator, remote, wheel)

    seen = catalog.journal.requests()
    refused = {(request.method, request.path) for request in seen if request.status == 401}
    let_in = {(request.method, request.path) for request in seen if request.credentials == "right"}
    assert refused <= let_in
    assert {request.credentials for request in seen} <= {"none", "right"}
    observe("credentials of the first request", seen[0].credentials)
    observe("requests without credentials", len([request for request in seen if request.credentials == "none"]))


@clause("TROUBLE-04", facts=("M-02", "C-01", "B-45", "T10", "row 32", "client C11"), builds_on=[PAGE_IS_CACHED])
def test_changed_password_stops_what_is_not_cached(lab: Lab, catalog: Organization, target: Target) -> None:
    """Once the catalog has another password than the remote, what is cached comes as before, and nothing else does."""
    cached, cold = catalog.publish("cached"), catalog.publish("cold")
    remote = lab.remote_repository(catalog)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "cached").link_to(cached.filename))
    catalog.rotate_password(target.make_secret())

    page = lab.administrator.get_page(remote, "cold")

    assert_not_an_index("cold", page)
    assert_keeps_password(catalog, page)
    assert_serves(lab.administrator, remote, cached)
    with control("the catalog has refused the remote's credentials, and with the new ones it has the project"):
        assert 401 in [request.status for request in catalog.journal.asked_for_page("cold")]
        assert cold.filename in catalog.ask("simple/cold/").text


@clause("TROUBLE-04", facts=("M-13", "A40", "A41", "C-04", "B-44"))
def test_saving_the_right_password_cures(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, Any], None]
) -> None:
    """Once the right password is saved new names come at once, and those that failed at the latest after the period."""
    failed, fresh = catalog.publish("failed"), catalog.publish("fresh")
    remote = lab.remote_repository(catalog, missedRetrievalCachePeriodSecs=LIMITS.short_missed_period)
    catalog.rotate_password(target.make_secret())
    with control("with the old password the project is not found"):
        assert_not_an_index("failed", lab.administrator.get_page(remote, "failed"))
    remote.change(password=catalog.password)

    assert_serves(lab.administrator, remote, fresh)
    observe("the name that failed, straight after the cure", in_short(lab.administrator.get_page(remote, "failed")))
    target.elapse(LIMITS.short_missed_period + 1)
    assert_serves(lab.administrator, remote, failed)


@clause("TROUBLE-04", facts=("M-02", "B-45"))
def test_pip_installs_again_once_the_right_password_is_saved(
    lab: Lab, catalog: Organization, target: Target, pip: Installer
) -> None:
    """pip, which found no package while the remote had an old password, installs once the right one is saved."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, missedRetrievalCachePeriodSecs=LIMITS.short_missed_period)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    catalog.rotate_password(target.make_secret())
    with control("with the old password pip finds nothing"):
        assert not pip.install("example", index_url=user.index_url_with_password(remote)).ok
    remote.change(password=catalog.password)
    target.elapse(LIMITS.short_missed_period + 1)

    assert_installed(pip.install("example", index_url=user.index_url_with_password(remote)), wheel)
