"""Headers of project pages, and the forms in which a page travels."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import Identity, System
from artifactory_conformance.artifactory.site_content import SiteFile, SitePage
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_lists, relied_on
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab

LONGEST_AGE = 60
"""Seconds that clients and caches on the way may keep a page: all that was ever seen is `max-age=60` (I-03)."""

MANY = 300
_NAMES = [f"large_thing-1.{number}-py3-none-any.whl" for number in range(MANY)]
LARGE = "<!DOCTYPE html><html><body>\n{}</body></html>".format(
    "".join(f'<a href="../../packages/{"a" * 64}/{name}#sha256={"a" * 64}">{name}</a><br>\n' for name in _NAMES)
)
"""A page that is worth compressing; nobody asks for its files."""


@pytest.mark.usefixtures("artifactory")
@relied_on("row 17", "I-01", "I-03", "client C17")
def test_clients_keep_no_page_for_longer_than_a_minute(
    site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]
) -> None:
    """A page says how long clients may keep it, and that is a minute at most: new releases are seen at once."""
    for index, answer in site_pages:
        told = answer.headers.get("Cache-Control", "")
        observe(f"{index.repository} says", told)
        ages = [int(age) for age in re.findall(r"max-age=([0-9]+)", told)]
        assert ages or {"no-store", "no-cache"} & {part.strip() for part in told.split(",")}, str(answer.headers)
        assert all(age <= LONGEST_AGE for age in ages), told


@pytest.mark.usefixtures("artifactory")
@relied_on("row 13", "I-01", "F-01", "release 3")
def test_answers_name_the_version_that_gave_them(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """Pages and files name the version that the instance says it has; whether they name the node is recorded."""
    version = System.read_version(downloads.get("api/system/version")).version
    for file in site_files:
        page = downloads.get_page(file.index.repository, file.index.project)

        for answer in (page, downloads.get(file.link.url)):
            assert answer.headers.get("X-JFrog-Version", "").startswith(f"Artifactory/{version} "), str(answer.headers)
            observe(f"{answer.url} names its node (A3)", "X-Artifactory-Id" in answer.headers)


@relied_on("I-01", "I-04", "I-07", "J-02", "open 8", observes=True)
def test_other_headers_of_pages(site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]) -> None:
    """Which of the headers that concern caching a page of the site has is recorded."""
    names = ("ETag", "Last-Modified", "Vary", "Content-Encoding", "Expires", "X-Artifactory-Origin-Remote-Path")
    for index, page in site_pages:
        observe(str(index.repository), {name: page.headers[name] for name in names if name in page.headers})


@relied_on("I-05", "open 9")
def test_large_page_is_the_same_compressed_or_not(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A large page lists the same files to a client that takes gzip as to one that takes nothing but plain text."""
    catalog.set_faults(Fault("/simple/large-thing/", body=LARGE, content_type="text/html"))
    remote, _, virtual, user = lab.set_up(catalog)

    for repository in (remote, virtual):
        url = f"{user.index_url(repository)}/large-thing/"
        plain, packed = (user.get(url, Accept_Encoding=kind) for kind in ("identity", "gzip"))

        observe(f"through {type(repository).__name__}", packed.headers.get("Content-Encoding", "not compressed"))
        assert plain.headers.get("Content-Encoding", "identity") == "identity", str(plain.headers)
        assert len(assert_lists("large-thing", plain).links) == MANY
        assert packed.body == plain.body


@relied_on("I-06", "open 9")
def test_head_of_a_page_says_what_get_says(
    downloads: Identity, site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]
) -> None:
    """HEAD of a page is answered like GET, without content, or refused as a method; it never breaks anything."""
    for index, page in site_pages:
        head = downloads.head_page(index.repository, index.project)

        observe(f"{index.repository} answers", head.status)
        assert head.status in {200, 405}, str(head)
        assert not head.body, str(head)
        if head.status == 200:
            assert_alike(page, head)
        assert downloads.get_page(index.repository, index.project).body == page.body


def assert_alike(page: Answer, head: Answer) -> None:
    """Claim that the headers that tell a client what it would get are the same.

    HEAD may lack an ETag that is made of the content (RFC 9110 9.3.2).
    """
    told = page.headers.get("Content-Type"), page.headers.get("ETag")
    seen = head.headers.get("Content-Type"), head.headers.get("ETag", told[1])
    assert seen == told, f"{head.headers} for {page}"
