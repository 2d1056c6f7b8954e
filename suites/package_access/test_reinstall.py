from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_installed, clause, control
from artifactory_conformance.checks.causes import PAGE_IS_CACHED, PIP_INSTALLS
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause(
    "TROUBLE-07",
    facts=("row 24", "row 25", "T20", "C-01"),
    builds_on=[PIP_INSTALLS, PAGE_IS_CACHED],
)
def test_reinstall_does_not_ask_the_catalog_again(
    lab: Lab, catalog: Organization, pip: Installer, second_pip: Installer
) -> None:
    """A second machine with an empty pip cache gets the same bytes; nobody asks the catalog for page or file again."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    index_url = lab.user(remote, READ, DEPLOY_CACHE).index_url_with_password(remote)
    with control("the first installation asks the catalog for page and file"):
        assert pip.install("example", index_url=index_url).ok
        assert catalog.journal.pages("example")
        assert catalog.journal.downloads(wheel.filename)
    catalog.journal.clear()

    run = second_pip.install("example", index_url=index_url)

    assert_installed(run, wheel)
    assert not catalog.journal.asked_for_page("example")
    assert not catalog.journal.asked_for_file(wheel.filename)


@clause(
    "TROUBLE-07",
    facts=("row 30", "T38", "C-01"),
    builds_on=[PIP_INSTALLS, PAGE_IS_CACHED],
)
def test_cached_package_installs_while_the_catalog_fails(
    lab: Lab, catalog: Organization, pip: Installer, second_pip: Installer
) -> None:
    """A package that is cached with its page installs on another machine while the catalog answers only 503."""
    wheel = catalog.publish("example")
    catalog.publish("other")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    index_url = user.index_url_with_password(remote)
    with control("the package installs while the catalog works"):
        assert pip.install("example", index_url=index_url).ok
    catalog.set_faults(Fault("*", status=503))

    assert_installed(second_pip.install("example", index_url=index_url), wheel)

    with control("the catalog does fail: what is not cached does not come"):
        assert "other-1.0" not in user.get_page(remote, "other").text
