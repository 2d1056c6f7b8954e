"""What clients ask for by Accept, and what they get: the simple index in HTML or in JSON (PEP 503, 691, 700)."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import Identity, Link, ProjectPage
from artifactory_conformance.artifactory.errors import PageUnavailable
from artifactory_conformance.artifactory.pages import JSON_PAGE, read_either_page
from artifactory_conformance.artifactory.site_content import SiteFile, SiteIndex
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_served, control, relied_on
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab

CLIENTS = {
    "pip": f"{JSON_PAGE}, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01",
    "old_pip": "text/html",
    "uv": f"{JSON_PAGE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01",
    "poetry": f"{JSON_PAGE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01",
    "pdm": f"application/json;q=0.1, {JSON_PAGE}, text/html;q=0.9, */*;q=0.5",
    "requests": "*/*",
    "browser": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
    "html_of_the_index": "application/vnd.pypi.simple.v1+html, text/html;q=0.1",
}
"""Accept as package clients send it; each takes HTML if there is nothing better."""

ONLY_JSON = JSON_PAGE
UPLOAD_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"


def both_forms(identity: Identity, index: SiteIndex) -> tuple[Answer, Answer]:
    """Ask for a page in HTML and in JSON."""
    html = identity.get_page(index.repository, index.project)
    return html, identity.get(html.url, Accept=ONLY_JSON)


def read(project: str, answer: Answer) -> ProjectPage | None:
    """Read an answer as a page in either form; None if it is none."""
    try:
        return read_either_page(project, answer)
    except PageUnavailable:
        return None


@relied_on("row 19", "J-01", "J-02", "J-03", "B-09", "B-18", "T29")
@pytest.mark.parametrize("accept", CLIENTS.values(), ids=CLIENTS.keys())
def test_every_client_gets_a_page_that_it_can_read(
    accept: str, downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """Whatever a package client prefers, it gets the page in a form that it takes, with the same files."""
    for index in site_indexes:
        with control(f"{index} answers in HTML"):
            plain = downloads.page(index.repository, index.project)

        answer = downloads.get(plain.url, Accept=accept)

        observe(str(index.repository), f"{answer.status} {answer.media_type}")
        assert_served(answer)
        page = read(index.project, answer)
        assert page is not None, f"no page in either form: {answer}"
        assert page.filenames() == plain.filenames()
        assert JSON_PAGE in accept or answer.media_type != JSON_PAGE, f"JSON for a client that did not ask: {answer}"


@relied_on("J-04", "J-06", "U-16", "open 13", "B-18")
def test_client_that_takes_only_json_gets_the_page_or_is_told(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """A client that takes nothing but JSON gets the page, in JSON or in HTML, or hears that there is no JSON."""
    for index in site_indexes:
        html, answer = both_forms(downloads, index)
        with control(f"{index} answers in HTML"):
            assert html.status == 200

        observe(str(index.repository), f"{answer.status} {answer.media_type}")
        assert answer.status in {200, 406}, f"a project that is there is not missing: {answer}"
        if answer.status == 200:
            assert read(index.project, answer) is not None, str(answer)


@relied_on("row 20", "J-05", "B-19", "T13", "T29", "release 22", "release 28")
@pytest.mark.usefixtures("json_offered")
def test_json_and_html_say_the_same(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """Where a page is offered in JSON, it has the files, addresses, hashes and requirements of the HTML page."""
    for index in site_indexes:
        html, answer = both_forms(downloads, index)
        observe(str(index.repository), answer.media_type if answer.status == 200 else answer.status)
        plain, other = read(index.project, html), read(index.project, answer)

        assert plain is not None, str(html)
        if other is not None:
            assert {told(link) for link in other.links} == {told(link) for link in plain.links}
            assert {link.url for link in other.links} == {link.url for link in plain.links}


@relied_on("J-05", "B-18", "B-19", "T29", "H-08", "H-09")
def test_json_and_html_of_a_proxied_and_of_an_uploaded_project_say_the_same(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """In JSON as in HTML, a project has the same files with the same requirements, hashes and yanked marks."""
    catalog.publish("curated-thing", "1.0", requires_python=">=3.8,<4", yanked="broken")
    catalog.publish("curated-thing", "1.1+local.2", kind="sdist")
    remote, local, virtual, user = lab.set_up(catalog)
    lab.upload(local, "curated-thing", "2.0", requires_python=">=3.9")

    for repository in (remote, local, virtual):
        html, answer = both_forms(user, SiteIndex(repository, "curated-thing"))
        observe(type(repository).__name__, answer.media_type if answer.status == 200 else answer.status)
        plain, other = read("curated-thing", html), read("curated-thing", answer)

        assert plain is not None, str(html)
        assert plain.links, str(html)
        if other is not None:
            assert {told(link) for link in other.links} == {told(link) for link in plain.links}


@relied_on("J-01", "J-07", "B-20")
@pytest.mark.usefixtures("json_offered")
def test_json_keeps_what_its_version_promises(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """A JSON page of version 1.1 gives the size of each file and all versions; sizes and upload times are right."""
    for file in site_files:
        _, answer = both_forms(downloads, file.index)
        page = read(file.index.project, answer) if answer.media_type == JSON_PAGE else None
        links = page.links if page is not None else ()
        observe(f"{file.index.repository} gives upload times", sum(link.upload_time is not None for link in links))

        assert answer.status in {200, 406}, str(answer)
        for link in links:
            assert link.upload_time is None or re.fullmatch(UPLOAD_TIME, link.upload_time), link.upload_time
            assert link.filename != file.link.filename or link.size in {None, len(file.content)}, str(answer)
        if links and json.loads(answer.body)["meta"]["api-version"] != "1.0":
            assert all(link.size is not None for link in links), str(answer)
            assert json.loads(answer.body)["versions"], str(answer)


def told(link: Link) -> tuple[Any, ...]:
    """What a page says of a file."""
    metadata = sorted(link.metadata.items()) if link.metadata is not None else None
    return link.filename, link.sha256, link.requires_python, link.yanked, str(metadata)
