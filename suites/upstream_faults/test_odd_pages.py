from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.catalog import BadPage, Organization
from artifactory_conformance.catalog.faults import Fault
from artifactory_conformance.checks import (
    assert_keeps_password,
    assert_lists,
    assert_not_an_index,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.proxies import Proxy
from artifactory_conformance.targets import Target

NO_PAGES = [bad for bad in BadPage if bad is not BadPage.NEW_MAJOR_VERSION]
each_that_is_no_page = pytest.mark.parametrize("bad", NO_PAGES, ids=[bad.value for bad in NO_PAGES])


@relied_on("open 29", "M-09", "R-12", "T09")
@each_that_is_no_page
def test_what_is_no_page_of_a_project_is_no_index(
    proxy: Proxy, bad: BadPage, observe: Callable[[str, Any], None]
) -> None:
    """Where the catalog answers 200 with what is no list of files, a client is not given a list of files."""
    odd, another = proxy.publish().project, proxy.publish()
    proxy.catalog.set_faults(bad.at(f"/simple/{odd}/"))

    page = proxy.get_page(odd)

    assert_not_an_index(odd, page)
    assert_keeps_password(proxy.catalog, page)
    observe("what the client sees", f"{in_short(page)}, {page.media_type}, {page.text[:200]!r}")
    observe("something is stored", None if proxy.store is None else proxy.store.holds_page(odd))
    with control("the page of another project is served meanwhile"):
        proxy.page(another.project)


@relied_on("open 29", observes=True)
def test_what_becomes_of_a_page_of_a_version_that_nobody_knows(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what a client gets where the catalog's page is of a version at which clients have to stop (PEP 629)."""
    catalog.publish("odd")
    catalog.set_faults(BadPage.NEW_MAJOR_VERSION.at("/simple/odd/"))
    remote = lab.remote_repository(catalog)

    page = lab.administrator.get_page(remote, "odd")

    observe("what the client sees", f"{in_short(page)}, {page.media_type}, {page.text[:200]!r}")
    observe("something is stored", remote.cache.holds_page("odd"))


@relied_on("open 29", "B-44", "T38")
def test_page_comes_once_the_catalog_gives_one(
    lab: Lab, catalog: Organization, target: Target, observe: Callable[[str, Any], None]
) -> None:
    """Whatever the catalog gave instead of a page, it comes afterwards, at the latest after both cache periods."""
    offered = {bad.value: catalog.publish(f"odd-{bad.value}") for bad in BadPage}
    remote = lab.remote_repository(
        catalog,
        missedRetrievalCachePeriodSecs=LIMITS.short_missed_period,
        retrievalCachePeriodSecs=LIMITS.short_missed_period,
    )
    catalog.set_faults(*(bad.at(f"/simple/{offered[bad.value].project}/") for bad in BadPage))
    with control("none of the pages lists the file before"):
        for wheel in offered.values():
            listed = [link.filename for link in lab.administrator.links(remote, wheel.project)]
            assert wheel.filename not in listed
    catalog.set_faults()

    seen = {name: lab.administrator.get_page(remote, wheel.project).status for name, wheel in offered.items()}
    observe("status at once", seen)
    target.elapse(LIMITS.short_missed_period + 1)

    for wheel in offered.values():
        assert_serves(lab.administrator, remote, wheel)


@relied_on("open 29", "R-12", observes=True)
@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_what_becomes_of_a_page_that_is_not_utf_8(
    lab: Lab, catalog: Organization, encoding: str, observe: Callable[[str, Any], None]
) -> None:
    """Records what a client gets of a page in another encoding than UTF-8, with and without a word about it."""
    wheel = catalog.publish("example")
    text = catalog.ask("simple/example/").text.replace("<h1>", "<h1>Für ")
    for told in ("utf-8", encoding):
        catalog.set_faults(
            Fault("/simple/example/", body=text, encoding=encoding, content_type=f"text/html; charset={told}")
        )
        page = lab.administrator.get_page(lab.remote_repository(catalog), "example")
        observe(f"said to be {told}", f"{in_short(page)}, lists the file: {wheel.filename in page.text}")


@relied_on("M-18", "T29", "U17", "J-02")
def test_catalog_that_can_speak_json_is_understood_as_html(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Where the catalog gives JSON to those who ask for it, a client that did leaves no page in JSON behind."""
    wheel = catalog.publish("example")
    catalog.set_page_form(json="negotiated")
    remote = lab.remote_repository(catalog)
    wants_json = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01"
    address = lab.administrator.index_url(remote)

    first = lab.administrator.get(f"{address}/example/", Accept=wants_json)
    second = lab.administrator.get_page(remote, "example")

    assert_lists("example", second, wheel.filename)
    assert_serves(lab.administrator, remote, wheel)
    observe("answer to the client that asked for JSON", f"{in_short(first)}, {first.media_type}")
    accepted = [request.headers.get("accept", "") for request in catalog.journal.asked_for_page("example")]
    observe("Accept at the catalog", accepted)


@relied_on("M-18", "U17", observes=True)
def test_what_becomes_of_a_catalog_that_speaks_json_only(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what a client gets where the catalog's pages are in JSON, whoever asks."""
    catalog.publish("example")
    catalog.set_page_form(json="always")

    page = lab.administrator.get_page(lab.remote_repository(catalog), "example")

    observe("what the client sees", f"{in_short(page)}, {page.media_type}, {page.text[:200]!r}")


@relied_on("U11", "T12", observes=True)
def test_what_becomes_of_a_name_that_is_none(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what a client gets for a name that the catalog has, although no project can be called so."""
    catalog.publish("setuptools-scm")
    text = catalog.ask("simple/setuptools-scm/").text
    catalog.set_faults(Fault("/simple/setuptools-scm[[]toml]/", body=text))
    remote = lab.remote_repository(catalog)
    address = lab.administrator.index_url(remote)

    page = lab.administrator.get(f"{address}/setuptools-scm%5Btoml%5D/")

    observe("what the client sees", in_short(page))
    observe("what the catalog was asked", [str(request) for request in catalog.journal.requests()])


@relied_on("client C18", "H-10", "open 12", observes=True)
def test_what_becomes_of_metadata_that_the_catalog_promises_and_lacks(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether a page passes on a promise of metadata that the catalog itself does not keep."""
    catalog.publish("example")
    catalog.set_page_form(metadata="advertised")
    remote = lab.remote_repository(catalog)

    promised = [link for link in lab.administrator.links(remote, "example") if link.metadata is not None]

    observe("promised for", [link.filename for link in promised])
    observe("answers", [in_short(lab.administrator.fetch_metadata(link)) for link in promised])
