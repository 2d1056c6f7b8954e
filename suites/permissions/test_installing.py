from collections.abc import Callable

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, Link, RemoteRepository, until
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_becomes_served,
    assert_is_what_its_page_says,
    assert_refused,
    assert_served,
    clause,
    control,
)
from artifactory_conformance.checks.causes import FILE_IS_CACHED, MISSES_END, SET_UP_AND_RIGHTS
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@clause("PERM-03", facts=("P-01",), builds_on=[FILE_IS_CACHED])
def test_pip_installs_what_nobody_has_cached(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """With Read and Deploy/Cache on the remote alone, pip installs what nobody has cached: fetched once, now stored."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    run = pip.install("example", index_url=user.index_url_with_password(remote))

    assert run.ok, run.stderr
    assert len(catalog.journal.downloads(wheel.filename)) == 1
    assert remote.cache.holds_file(wheel.filename)


@clause("PERM-02", "PERM-03", "REMOTE-16", facts=("P-01", "T07"), builds_on=SET_UP_AND_RIGHTS)
def test_the_installing_account_gets_an_uncached_file(
    downloads: Identity, remote_index: RemoteRepository, uncached_file: Link
) -> None:
    """The account that installs packages gets a file that nobody has cached: the catalog gives it, nobody refuses."""
    with control("the file is not cached"):
        assert not remote_index.cache.holds_file(uncached_file.filename)

    assert_is_what_its_page_says(downloads.fetch(uncached_file), uncached_file)


@clause("PERM-08", facts=("P-01", "B-40"), builds_on=["permissions.uncached_page_is_refused_without_deploy_cache"])
def test_granting_deploy_cache_cures_the_refusal(lab: Lab, catalog: Organization) -> None:
    """Once a user who was refused is granted Deploy/Cache, the next package that nobody has cached comes."""
    remote = lab.remote_repository(catalog)
    user = lab.reader(remote)
    with control("without Deploy/Cache the user is refused"):
        assert_refused(user.get_page(remote, catalog.publish_new().project))
    lab.grant(user.name, [remote], [DEPLOY_CACHE])

    assert_becomes_served(lambda: user.get_page(remote, catalog.publish_new().project))
    wheel = catalog.publish_new()
    assert_served(user.fetch(user.page(remote, wheel.project).link_to(wheel.filename)))


@clause(
    "PERM-08",
    facts=("P-07", "M-14"),
    builds_on=[
        "permissions.granting_deploy_cache_cures_the_refusal",
        "permissions.uncached_file_is_refused_without_deploy_cache",
        MISSES_END,
    ],
)
def test_the_refused_package_itself_comes_after_the_missed_period(
    lab: Lab, catalog: Organization, target: Target
) -> None:
    """After the grant and the Missed Retrieval Cache Period, the very page and file that were refused are served."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, missedRetrievalCachePeriodSecs=LIMITS.short_missed_period)
    user = lab.reader(remote)
    with control("without Deploy/Cache the user is refused the page, and the file of a page that is cached"):
        assert_refused(user.get_page(remote, "example"))
        target.elapse(LIMITS.short_missed_period + 1)
        link = lab.administrator.page(remote, "example").link_to(wheel.filename)
        assert_refused(user.fetch(link))
        lab.grant(user.name, [remote], [DEPLOY_CACHE])
        until("the grant applies", lambda: user.get_page(remote, catalog.publish_new().project).status == 200)
        target.elapse(LIMITS.short_missed_period + 1)

    assert_served(user.get_page(remote, "example"))
    assert_served(user.fetch(link))


@clause(
    "PERM-08",
    facts=("P-07", "M-14", "A38", "open 2"),
    observes=True,
    builds_on=[
        "permissions.granting_deploy_cache_cures_the_refusal",
        "permissions.uncached_file_is_refused_without_deploy_cache",
    ],
)
def test_what_a_refusal_leaves_behind(lab: Lab, catalog: Organization, observe: Callable[[str, object], None]) -> None:
    """Records whether a refusal for want of Deploy/Cache is remembered: against others, and against a later grant."""
    wheel = catalog.publish("example")
    cold = catalog.publish("cold")
    remote = lab.remote_repository(catalog)
    permitted, user = lab.user(remote, READ, DEPLOY_CACHE), lab.reader(remote)
    link = permitted.page(remote, "example").link_to(wheel.filename)
    with control("without Deploy/Cache the user is refused page and file"):
        refusals = [user.get_page(remote, cold.project), user.fetch(link)]
        assert_refused(refusals[0])
        assert_refused(refusals[1])
    observe("statuses of the refusals, page and file", [answer.status for answer in refusals])

    observe("page, then asked for by somebody permitted", permitted.get_page(remote, cold.project).status)
    observe("file, then asked for by somebody permitted", permitted.fetch(link).status)
    lab.grant(user.name, [remote], [DEPLOY_CACHE])
    with control("the grant applies to other packages"):
        until("the grant applies", lambda: user.get_page(remote, catalog.publish_new().project).status == 200)
    observe("page, asked for again after the grant", user.get_page(remote, cold.project).status)
    observe("file, asked for again after the grant", user.fetch(link).status)
