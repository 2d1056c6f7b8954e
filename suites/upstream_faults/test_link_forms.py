import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import Link
from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.catalog import ObjectStore, Organization, Published
from artifactory_conformance.catalog.page_form import FORMS
from artifactory_conformance.checks import (
    assert_keeps_password,
    assert_lists_only,
    assert_page_stays,
    assert_serves,
    clause,
    control,
    relied_on,
)
from artifactory_conformance.labs import Lab
from artifactory_conformance.proxies import Proxy

each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
KNOWN = {name: FORMS[name] for name in ("absolute", "multi-line", "upper-case", "literal-plus")}
OPEN = {name: form for name, form in FORMS.items() if name not in KNOWN}


@relied_on("B-05", "B-06", "R-10", "R-11", "R-12", "U-07", "U-08", "row 40", "open 1")
@pytest.mark.parametrize("form", KNOWN.values(), ids=KNOWN.keys())
def test_every_file_comes_whichever_way_the_page_is_written(proxy: Proxy, form: dict[str, Any]) -> None:
    """Of a page that says the same in another of HTML's ways every file is listed, and comes from where it leads."""
    catalog, first = proxy.catalog, proxy.publish("1.0")
    offered = [first, *(catalog.publish(first.project, version) for version in ("1.1+local.2", "2.0rc1"))]
    path = f"simple/{first.project}/"
    plain = catalog.ask(path).text
    catalog.set_page_form(**form)
    with control("the catalog writes the page in another way now"):
        assert catalog.ask(path).text != plain

    page = proxy.get_page(first.project)

    assert_lists_only(first.project, page, *(wheel.filename for wheel in offered))
    for wheel in offered:
        assert_serves(proxy.asker, proxy.index, wheel)
        assert {request.path for request in catalog.journal.downloads(wheel.filename)} == {wheel.path}


@relied_on("R-10", "row 40", "open 1", "open 29", "B-26", "client C20", observes=True)
@pytest.mark.parametrize("form", OPEN.values(), ids=OPEN.keys())
def test_what_becomes_of_a_page_in_another_form(
    lab: Lab, catalog: Organization, form: dict[str, Any], observe: Callable[[str, Any], None]
) -> None:
    """Records the link, the request to the catalog and the stored path for a page whose links have another form."""
    wheel = catalog.publish("example")
    catalog.set_page_form(**form)
    remote = lab.remote_repository(catalog)

    answer = lab.administrator.get_page(remote, "example")
    links = lab.administrator.links(remote, "example")

    observe("page", in_short(answer))
    observe("lines with links", [line for line in answer.text.splitlines() if "<a " in line])
    observe("files", [_fetched(lab, link, wheel) for link in links])
    asked = catalog.journal.asked_for_file(wheel.filename)
    observe("what the catalog was asked", [f"{request}?{request.query}" for request in asked])
    observe("paths that are stored", remote.cache.paths())


@relied_on("row 9", "U-06", "T13", "B-47", "E-03", "B-24")
@each_form
def test_no_link_leads_around_the_instance(proxy: Proxy, form: dict[str, Any]) -> None:
    """Whatever form the catalog's links have, a client's lead to the instance, and the page names no catalog."""
    catalog, project, another = proxy.catalog, proxy.publish().project, proxy.publish()
    catalog.set_page_form(**form)

    page = proxy.get_page(project)

    assert_page_stays(project, page, proxy.home, catalog)
    assert_keeps_password(catalog, page)
    with control("the catalog was asked for that page, and in the usual form a link is passed on"):
        assert catalog.journal.pages(project)
        catalog.set_page_form()
        assert proxy.page(another.project).links


@relied_on("R-08", "R-10", "B-47", "T13", "U-06", "row 9", "open 1")
def test_links_to_another_host_do_not_lead_a_client_there(
    lab: Lab, catalog: Organization, object_store: ObjectStore, observe: Callable[[str, Any], None]
) -> None:
    """Links of the catalog to a host that URL does not cover are not passed on, and trying them is no server error."""
    wheel = catalog.publish("example")
    object_store.publish("example")
    catalog.set_page_form(links="elsewhere", elsewhere=object_store.url)
    remote = lab.remote_repository(catalog)

    answer = lab.administrator.get_page(remote, "example")
    links = lab.administrator.links(remote, "example")
    files = [lab.administrator.fetch(link) for link in links]

    assert answer.status < 500
    assert_page_stays("example", answer, lab.administrator.index_url(remote), object_store)
    assert [file.status for file in files if file.status >= 500] == []
    observe("page", in_short(answer))
    observe("links", [link.href for link in links])
    observe("files", [in_short(file) for file in files])
    observe("what the other host was asked", [str(request) for request in object_store.journal.requests()])
    with control("links that stay below URL are served"):
        catalog.set_page_form()
        assert lab.administrator.page(lab.remote_repository(catalog), "example").link_to(wheel.filename)


@relied_on("R-07", "R-06", observes=True)
def test_whether_the_urls_may_be_those_of_the_whole_host(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether URLs that end at the host, with the rest of the path in the suffix, serve page and file."""
    wheel = catalog.publish("example")
    host = catalog.service.address
    suffix = catalog.url.removeprefix(host).strip("/") + "/simple"
    remote = lab.remote_repository(catalog, url=host, pyPIRegistryUrl=host, pyPIRepositorySuffix=suffix)

    links = lab.administrator.links(remote, "example")

    observe("links", [link.href for link in links])
    observe("files", [_fetched(lab, link, wheel) for link in links])
    observe("paths that are stored", remote.cache.paths())


ODD = {
    "pre-release": ("twisted", "26.4.0rc2"),
    "beta": ("opentelemetry-util-http", "0.62b1"),
    "post-release": ("python-dateutil", "2.9.0.post0"),
    "development-release": ("nightly", "1.0.dev20260101"),
    "epoch": ("pytz-like", "1!2004.4"),
    "local-version": ("scantree", "0+unknown"),
    "local-with-dots": ("torch-like", "2.4.0+cpu.cxx11.abi"),
    "dots-in-the-name": ("zope.interface", "7.0"),
    "capitals-in-the-name": ("PyYAML", "6.0"),
    "one-letter": ("q", "2.7"),
}


@clause("TROUBLE-11", facts=("U11", "U12", "A9", "R-10"))
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
@pytest.mark.parametrize(("project", "version"), ODD.values(), ids=ODD.keys())
def test_file_with_an_unusual_name_can_be_downloaded(
    lab: Lab, catalog: Organization, project: str, version: str, kind: str
) -> None:
    """Files whose names are unusual, but right, are listed and can be downloaded like any other."""
    offered = catalog.publish(project, version, kind=kind)
    remote = lab.remote_repository(catalog)

    assert_serves(lab.administrator, remote, offered)


def _fetched(lab: Lab, link: Link, wheel: Published) -> str:
    answer = lab.administrator.fetch(link)
    if answer.status != 200:
        return in_short(answer)
    return "the right bytes" if hashlib.sha256(answer.body).hexdigest() == wheel.sha256 else "other bytes"
