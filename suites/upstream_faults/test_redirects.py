from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.catalog import Fault, ObjectStore, Organization
from artifactory_conformance.catalog.bad_answers import LOGIN_PAGE
from artifactory_conformance.catalog.object_store import WANTS_CREDENTIALS
from artifactory_conformance.checks import (
    assert_keeps_password,
    assert_never_given_credentials,
    assert_no_file,
    assert_not_an_index,
    assert_right_or_no_file,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import CREDENTIALS_ARE_NEEDED
from artifactory_conformance.labs import Lab
from artifactory_conformance.proxies import Proxy

STORES = {"open": (), "asking": (WANTS_CREDENTIALS,)}
SETTINGS = {
    "by-default": {},
    "without-head": {"bypassHeadRequests": True},
    "as-vendors-prescribe": {"bypassHeadRequests": True, "blockMismatchingMimeTypes": False, "allowAnyHostAuth": False},
}
each_redirect = pytest.mark.parametrize("status", [301, 302, 303])


@relied_on("M-11", "M-15", "open 19", "U8", "T33", "client C4", "client C21", builds_on=[CREDENTIALS_ARE_NEEDED])
@pytest.mark.parametrize("faults", STORES.values(), ids=STORES.keys())
@pytest.mark.parametrize("signed", [False, True], ids=["unsigned", "signed"])
def test_credentials_do_not_follow_a_file_to_another_host(
    proxy: Proxy,
    object_store: ObjectStore,
    signed: bool,
    faults: tuple[Fault, ...],
    observe: Callable[[str, Any], None],
) -> None:
    """Where the catalog redirects a file to another host, that host is never sent the catalog's credentials."""
    catalog, wheel = proxy.catalog, proxy.publish()
    object_store.publish(wheel.project)
    object_store.set_faults(*faults)
    link = proxy.link_to(wheel)
    catalog.set_faults(Fault("/packages/*", redirect=object_store.signed_path if signed else object_store.same_path))

    file = proxy.fetch(link)

    assert_never_given_credentials(object_store)
    assert_right_or_no_file(file, wheel)
    assert_keeps_password(catalog, file)
    observe("what the client sees", in_short(file))
    observe("what the other host was asked", [str(request) for request in object_store.journal.requests()])
    with control("the catalog was asked with its credentials"):
        assert "right" in {request.credentials for request in catalog.journal.asked_for_file(wheel.filename)}


@relied_on(
    "M-11",
    "M-15",
    "client C4",
    builds_on=["protocol.errors_of_the_catalog_tell_no_client_its_user_and_password"],
)
@pytest.mark.parametrize("faults", STORES.values(), ids=STORES.keys())
def test_credentials_do_not_follow_a_page_to_another_host(
    proxy: Proxy,
    object_store: ObjectStore,
    faults: tuple[Fault, ...],
    observe: Callable[[str, Any], None],
) -> None:
    """Where the catalog redirects a page to another host, that host is never sent the catalog's credentials."""
    catalog, project = proxy.catalog, proxy.publish().project
    object_store.publish(project)
    object_store.set_faults(*faults)
    catalog.set_faults(Fault(f"/simple/{project}/", redirect=object_store.same_path))

    page = proxy.get_page(project)

    assert_never_given_credentials(object_store)
    assert_keeps_password(catalog, page)
    observe("what the client sees", in_short(page))
    observe("what the other host was asked", [str(request) for request in object_store.journal.requests()])
    with control("the catalog was asked with its credentials"):
        assert "right" in {request.credentials for request in catalog.journal.asked_for_page(project)}


@relied_on("M-11", "B-46", "U8", "T22", "T33", "client C21", "open 19")
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS.keys())
def test_file_in_a_store_that_takes_signatures_only_is_right_or_an_error(
    lab: Lab,
    catalog: Organization,
    object_store: ObjectStore,
    settings: dict[str, Any],
    observe: Callable[[str, Any], None],
) -> None:
    """A file behind a signed address that takes no HEAD and no credentials comes whole, or not at all."""
    wheel = catalog.publish("example")
    object_store.publish("example")
    object_store.take_signatures_only()
    remote = lab.remote_repository(catalog, **settings)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    catalog.set_faults(Fault("/packages/*", redirect=object_store.signed_path, redirect_body=LOGIN_PAGE))

    file = lab.administrator.fetch(link)

    assert_right_or_no_file(file, wheel)
    assert_never_given_credentials(object_store)
    observe("what the client sees", in_short(file))
    observe("what the other host was asked", [str(request) for request in object_store.journal.requests()])
    observe("paths that are stored", remote.cache.paths())


@relied_on("T13", "T33", "M-11", "F-08")
def test_client_is_not_sent_to_the_catalog_or_its_store(proxy: Proxy, object_store: ObjectStore) -> None:
    """Where the catalog redirects, the client is not sent after it: the instance fetches for itself, or fails."""
    catalog, wheel = proxy.catalog, proxy.publish()
    object_store.publish(wheel.project)
    link = proxy.link_to(wheel)
    catalog.set_faults(Fault("/packages/*", redirect=object_store.same_path))

    file = proxy.fetch(link)

    sent_to = [location for _, location in file.redirects]
    assert not [to for to in sent_to if to.startswith((catalog.service.address, catalog.service.other_address))]
    assert_right_or_no_file(file, wheel)


@relied_on("B-06", "R-11", "A32", "release 1")
@each_redirect
def test_index_that_moved_is_found(proxy: Proxy, status: int) -> None:
    """A page that the catalog redirects to another of its own paths is served, with files that can be downloaded."""
    wheel = proxy.publish()
    moved = f"{proxy.catalog.url}{{path}}?moved=1"
    proxy.catalog.set_faults(Fault("/simple/*", unsigned="moved", redirect=moved, redirect_status=status))

    assert_serves(proxy.asker, proxy.index, wheel)


@relied_on("B-06", "R-11", "A32", "release 1")
@each_redirect
def test_file_that_moved_is_found(proxy: Proxy, status: int) -> None:
    """A file that the catalog redirects to another of its own paths is served, with the right bytes."""
    wheel = proxy.publish()
    moved = f"{proxy.catalog.url}{{path}}?moved=1"
    proxy.catalog.set_faults(Fault("/packages/*", unsigned="moved", redirect=moved, redirect_status=status))

    assert_serves(proxy.asker, proxy.index, wheel)


@relied_on("B-06", "R-11", "A32")
def test_page_and_file_that_moved_by_a_relative_address_are_found(lab: Lab, catalog: Organization) -> None:
    """Where the catalog redirects by an address without a host, as HTTP allows, page and file are served as well."""
    wheel = catalog.publish("example")
    moved = f"{urlsplit(catalog.url).path}{{path}}?moved=1"
    catalog.set_faults(Fault("*", unsigned="moved", redirect=moved))

    assert_serves(lab.administrator, lab.remote_repository(catalog), wheel)


@relied_on("A32", observes=True)
def test_whether_redirects_that_keep_the_method_are_followed(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether a page that the catalog redirects by 307 or 308 is served."""
    catalog.publish("example")
    for status in (307, 308):
        catalog.set_faults(
            Fault("/simple/*", unsigned="moved", redirect=f"{catalog.url}{{path}}?moved=1", redirect_status=status)
        )
        observe(f"{status}", in_short(lab.administrator.get_page(lab.remote_repository(catalog), "example")))


@relied_on("M-10", "A33", "B-46", observes=True)
def test_what_a_file_gives_that_leads_to_a_folder(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what a client gets for a file that the catalog redirects to a folder, such as a log-in page."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    catalog.set_faults(Fault("/packages/*", redirect=f"{catalog.url}/login/"), Fault("/login/", body=LOGIN_PAGE))

    file = lab.administrator.fetch(link)

    observe("what the client sees", in_short(file))
    observe("the log-in page is served", "Log in" in file.text)
    observe("something is stored", remote.cache.holds_file(wheel.filename))


@relied_on("M-15", "M-11", observes=True)
def test_whether_credentials_follow_with_lenient_host_authentication(
    lab: Lab, catalog: Organization, object_store: ObjectStore, observe: Callable[[str, Any], None]
) -> None:
    """Records whether Lenient Host Authentication sends the catalog's credentials to the host of a redirect."""
    wheel = catalog.publish("example")
    object_store.publish("example")
    for lenient in (True, False):
        object_store.journal.clear()
        catalog.set_faults()
        remote = lab.remote_repository(catalog, allowAnyHostAuth=lenient)
        link = lab.administrator.page(remote, "example").link_to(wheel.filename)
        catalog.set_faults(Fault("/packages/*", redirect=object_store.same_path))
        lab.administrator.fetch(link)
        seen = sorted({request.credentials for request in object_store.journal.requests()})
        observe(f"credentials at the other host, lenient {'on' if lenient else 'off'}", seen)


@relied_on("A32", "M-04")
def test_redirects_without_end_are_an_error(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A page and a file that the catalog redirects to themselves for ever are no index and no file for a client."""
    wheel = catalog.publish("example")
    catalog.publish("endless")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    catalog.set_faults(Fault("*", redirect=f"{catalog.url}{{path}}"))

    file, page = lab.administrator.fetch(link), lab.administrator.get_page(remote, "endless")

    assert_no_file(file)
    assert_not_an_index("endless", page)
    observe("redirects that were followed", len(catalog.journal.asked_for_page("endless")) - 1)
    with control("once it leads nowhere else, the page is served by another remote"):
        catalog.set_faults()
        lab.administrator.page(lab.remote_repository(catalog), "endless")
