from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository
from artifactory_conformance.catalog import ObjectStore, Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, clause, control
from artifactory_conformance.checks.causes import NOBODY_IS_CHALLENGED, READ_IS_NEEDED
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause("CLIENT-07", facts=("T24",))
def test_netrc_with_the_bare_host_works(
    downloads: Identity, remote_index: RemoteRepository, installable_release: str, pip: Installer
) -> None:
    """pip takes user and password from ~/.netrc, with the bare host as machine and an index URL free of credentials."""
    pip.home.write_netrc(downloads.netrc_entry())
    pip.configure(downloads.index_url(remote_index))

    run = pip.install(installable_release, options=["--no-deps"])

    assert_came_through(run, downloads.index_url(remote_index))


@clause(
    "CLIENT-07",
    facts=("T24", "client C3"),
    builds_on=["clients.netrc_with_the_bare_host_works", NOBODY_IS_CHALLENGED],
)
@pytest.mark.usefixtures("anonymous_access_off")
def test_netrc_entry_with_a_port_matches_nothing(
    lab: Lab, catalog: Organization, pip: Installer, second_pip: Installer
) -> None:
    """A netrc entry for host:port serves no request: pip, which has no other credentials, installs nothing."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    pip.home.write_netrc(user.netrc_entry(with_port=True))
    second_pip.home.write_netrc(user.netrc_entry())
    with control("the same entry for the bare host serves, and without credentials nothing does"):
        assert second_pip.install("example", index_url=user.index_url(remote)).ok
        assert lab.nobody.get_page(remote, "example").status == 401

    run = pip.install("example", index_url=user.index_url(remote))

    assert not run.ok
    assert not run.distributions


@clause("CLIENT-07", facts=("client C6",), builds_on=[READ_IS_NEEDED])
@pytest.mark.usefixtures("credentials_by_index")
def test_credentials_of_the_url_outweigh_the_netrc(
    lab: Lab, catalog: Organization, pip: Installer, second_pip: Installer
) -> None:
    """Credentials in the URL outweigh those of the netrc: right ones install, wrong ones are not made good by it."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    stranger = lab.user()
    pip.home.write_netrc(stranger.netrc_entry())
    second_pip.home.write_netrc(user.netrc_entry())

    assert_installed(pip.install("example", index_url=user.index_url_with_password(remote)), wheel)
    refused = second_pip.install("example", index_url=stranger.index_url_with_password(remote))

    assert not refused.ok
    assert not refused.distributions


@clause("CLIENT-07", facts=("client C4",))
def test_netrc_entry_is_for_the_instances_host_alone(
    lab: Lab,
    catalog: Organization,
    object_store: ObjectStore,
    pip: Installer,
    second_pip: Installer,
    observe: Callable[[str, Any], None],
) -> None:
    """A netrc entry for the instance's host is kept from another host that pip asks; a default entry is observed."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    pip.home.write_netrc(user.netrc_entry())
    second_pip.home.write_netrc(user.netrc_entry(as_default=True))
    also_asked = {"PIP_EXTRA_INDEX_URL": f"{object_store.client_url}/simple"}

    run = pip.install("example", index_url=user.index_url(remote), environment=also_asked)
    heard = object_store.journal.requests()
    object_store.journal.clear()
    second_pip.install("example", index_url=user.index_url(remote), environment=also_asked)

    assert_installed(run, wheel)
    assert heard, "the other host was not asked"
    assert not [request.user for request in heard if request.user]
    observe(
        "the other host hears the instance's password with a default entry",
        any(request.user == user.name for request in object_store.journal.requests()),
    )


@clause("CLIENT-07", facts=("T24",), observes=True, builds_on=["clients.netrc_with_the_bare_host_works"])
def test_whether_pip_takes_a_netrc_that_others_can_read(
    lab: Lab, catalog: Organization, pip: Installer, observe: Callable[[str, Any], None]
) -> None:
    """Whether pip takes credentials from a netrc that everybody may read and write is recorded."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    netrc = pip.home.write_netrc(user.netrc_entry())
    asked = {"index_url": user.index_url(remote), "options": ["--ignore-installed"]}
    with control("pip installs with mode 600"):
        assert pip.install("example", **asked).ok

    netrc.chmod(0o666)
    observe("pip installs with mode 666", pip.install("example", **asked).ok)
