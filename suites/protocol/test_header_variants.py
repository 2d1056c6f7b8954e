"""Requests with the headers of the field: odd ones change nothing, and no connection mixes answers up."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.artifactory.errors import PageUnavailable
from artifactory_conformance.artifactory.pages import read_either_page
from artifactory_conformance.artifactory.site_content import SiteFile, SiteIndex
from artifactory_conformance.checks import assert_lists, control, relied_on
from artifactory_conformance.evidence import Answer
from artifactory_conformance.isolation import unheard_of

UV = {
    "User-Agent": 'uv/0.9.13 {"installer":{"name":"uv","version":"0.9.13"},"python":"3.12.3","cpu":"x86_64"}',
    "Accept": "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01",
    "Accept-Encoding": "gzip, br, zstd, deflate",
    "Cache-Control": "max-age=0",
}
PIP = {
    "User-Agent": 'pip/26.3 {"ci":null,"cpu":"x86_64","implementation":{"name":"CPython","version":"3.12.3"}}',
    "Accept": "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Cache-Control": "max-age=0",
    "X-User-Agent-Extra": "",
}
OF_CLIENTS = (PIP, UV, UV | {"If-None-Match": '"0"'}, PIP | {"Accept-Encoding": "identity"}, {"Accept": "*/*"})
PARTS = (UV | {"Range": "bytes=0-"}, UV | {"Range": "bytes=-10000"})
"""What uv and poetry ask of files, and have been seen to ask of pages."""

MAY_BE_REFUSED = ({"Cache-Control": "only-if-cached"}, {"Origin": "null"}, {"User-Agent": "x" * 2000})
"""To the first a cache may say 504 (RFC 9111 5.2.1.7); what is before the instance may refuse the others."""

VARIANTS: tuple[dict[str, str], ...] = (
    *(PIP, UV, UV | {"If-None-Match": '"0"'}, UV | {"If-None-Match": "-1261013384"}, UV | {"If-Modified-Since": "0"}),
    *(PIP | {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, PIP | {"Pragma": "no-cache"}),
    *({"User-Agent": agent} for agent in ("", "-", "curl/8.5.0", "Wget/1.21", "python-requests/2.32")),
    *({"User-Agent": f"{name}/1.0"} for name in ("poetry", "pdm", "pipenv", "twine", "renovate", "Artifactory")),
    *({"Accept-Encoding": kind} for kind in ("", "identity", "gzip", "br", "zstd", "deflate", "*", "gzip;q=0", "odd")),
    *({"Accept-Language": kind} for kind in ("de", "*", "xx-YY;q=0.1, ,", "")),
    *({"Accept-Charset": kind} for kind in ("utf-8", "iso-8859-1, *;q=0.1")),
    *({"Cache-Control": kind} for kind in ("no-cache", "no-store", "max-age=0", "max-stale=9, odd")),
    *({"Connection": kind} for kind in ("close", "keep-alive", "TE")),
    *({"TE": "trailers"}, {"Upgrade-Insecure-Requests": "1"}, {"DNT": "1"}, {"From": "somebody@example.org"}),
    *({"Referer": "https://example.org/simple/"}, {"Origin": "https://example.org"}),
    *({"Cookie": "session=unknown; theme=dark"}, {"Cookie": ";;=;"}, {"X-Requested-With": "XMLHttpRequest"}),
    *({"X-Forwarded-For": "203.0.113.7, 10.0.0.1"}, {"X-Forwarded-Proto": "https"}, {"X-Request-ID": "a-b-c"}),
    *({"Content-Type": "application/json"}, {"Priority": "u=1, i"}, {"Sec-Fetch-Mode": "navigate"}),
)
"""Headers of package clients, scripts, browsers and proxies, each with a request for a page."""


def ask(identity: Identity, url: str, headers: dict[str, str]) -> Answer:
    """Ask for an address with these headers."""
    return identity.get(url, **{name.replace("-", "_"): value for name, value in headers.items()})


def assert_part_or_whole(part: Answer, whole: Answer) -> None:
    """Claim that an answer is the whole content, or the part of it that its Content-Range names."""
    assert part.status in {200, 206}, str(part)
    first = last = None
    if part.status == 206:
        told = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", part.headers.get("Content-Range", ""))
        assert told, str(part.headers)
        first, last = int(told[1]), int(told[2]) + 1
        assert int(told[3]) == len(whole.body), str(part.headers)
    assert part.body == whole.body[first:last], f"not what it says it is: {part}"


def listed(project: str, answer: Answer) -> frozenset[str]:
    """Give the files that an answer lists in either form; none if it is no page."""
    try:
        return read_either_page(project, answer).filenames()
    except PageUnavailable:
        return frozenset()


@relied_on("B-09", "B-10", "I-01", "J-02")
def test_headers_of_the_field_change_nothing_of_a_page(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """A page lists the same files whatever package clients, browsers and proxies send beside; a part of it is right."""
    observe("variants", len(VARIANTS))
    for index in site_indexes:
        with control(f"{index} is served"):
            page = downloads.page(index.repository, index.project)

        for headers in VARIANTS:
            answer = ask(downloads, page.url, headers)
            assert answer.status == 200, f"{headers}: {answer}"
            assert listed(index.project, answer) == page.filenames(), f"{headers}: {answer}"
        whole = ask(downloads, page.url, UV)
        for headers in PARTS:
            assert_part_or_whole(ask(downloads, page.url, headers), whole)
        for headers in MAY_BE_REFUSED:
            answer = ask(downloads, page.url, headers)
            observe(f"{index.repository}: {str(headers)[:60]}", answer.status)
            assert answer.status != 200 or listed(index.project, answer) == page.filenames(), f"{headers}: {answer}"


@relied_on("B-09", "B-10", "F-01")
def test_headers_of_clients_change_nothing_of_a_file(downloads: Identity, site_files: tuple[SiteFile, ...]) -> None:
    """A file's bytes are the same whatever package clients send beside."""
    for file in site_files:
        for headers in OF_CLIENTS:
            answer = downloads.fetch(file.link, **{name.replace("-", "_"): value for name, value in headers.items()})
            assert answer.status == 200, f"{headers}: {answer}"
            assert answer.body == file.content, f"{headers}: {answer}"


@relied_on("T31", "B-11", "A62")
def test_answers_on_a_kept_connection_do_not_run_into_each_other(
    one_connection: Identity, site_files: tuple[SiteFile, ...]
) -> None:
    """Answers with and without content follow each other on one client's connections, each of them whole."""
    for file in site_files:
        link, whole, index = file.link, file.content, file.index
        page = one_connection.page(index.repository, index.project)
        for _ in range(2):
            one_connection.head(link.url)
            one_connection.get(page.url.rstrip("/"))
            one_connection.get(page.url.replace(index.project, unheard_of()))
            one_connection.fetch(link, If_None_Match=hashlib.sha1(whole, usedforsecurity=False).hexdigest())
            one_connection.fetch(link, Range="bytes=0-9")
            one_connection.fetch(link, Range=f"bytes={len(whole)}-")
            one_connection.head(page.url)

            assert one_connection.fetch(link).body == whole
            again = assert_lists(index.project, one_connection.get_page(index.repository, index.project))
            assert again.links == page.links
