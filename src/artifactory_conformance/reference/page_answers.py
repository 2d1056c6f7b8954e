"""Answers that carry a page: HTML or JSON, conditions, slices, compression (I-01 to I-07, J-01 to J-06, J-02)."""

import gzip
import zlib
from collections.abc import Mapping

from artifactory_conformance.reference.clock import http_date, parse_http_date
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.files import one_span
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.render import project_html, project_json, root_html, root_json
from artifactory_conformance.reference.switches import SwitchSet

JSON_TYPE = "application/vnd.pypi.simple.v1+json"
PAGE_HEADERS = {"Cache-Control": "max-age=60"}
SMALL = 2048
"""Bytes of a page that is never compressed: a small one came as it is (I-05)."""

_HTML_TYPES = ("text/html", "application/vnd.pypi.simple.v1+html", "text/*", "*/*", "application/*")
_JSON_TYPES = (JSON_TYPE, "application/vnd.pypi.simple.latest+json")


def root_answer(call: Call, names: Mapping[str, str], switches: SwitchSet) -> Answer:
    """The root page; the captures show no ETag on it."""
    if switches.on("json", "on") and switches.on("json_root", "on") and accepts(call.header("accept"))[0]:
        return _page(root_json(names), JSON_TYPE)
    return _sized(call, _page(root_html(names).encode(), "text/html"), switches)


def project_answer(
    call: Call, name: str, links: list[FileLink], switches: SwitchSet, *, local: bool, modified: float | None
) -> Answer:
    """The project page in the form that the switches and the client's Accept lead to (J-01 to J-06).

    local: it is of a local repository alone. modified: when the page was stored, None if it is made on the spot.
    """
    wants_json, takes_html = accepts(call.header("accept"))
    if wants_json and switches.on("json", "on"):
        version = "1.1" if switches.on("json_api_version", "1.1") else "1.0"
        page = _page(project_json(name, links, version), JSON_TYPE)
    elif not takes_html and switches.on("json_only_accept", "406"):
        raise RequestRefused(406, "Not Acceptable")
    else:
        page = _page(project_html(links).encode(), "text/html")
    if switches.on("index_etag", "on") or (local and switches.on("index_etag", "local")):
        page.headers["ETag"] = page_etag(page.body)
    if modified is not None and switches.on("index_last_modified", "remote"):
        page.headers["Last-Modified"] = http_date(modified)
    if _unchanged(call, page.headers):
        kept = {"ETag": page.headers["ETag"]} if "ETag" in page.headers and switches.on("etag_on_304", "on") else {}
        return Answer(304, b"", {**PAGE_HEADERS, **kept}, chunked=True)
    return _sized(call, page, switches)


def _page(body: bytes, media_type: str) -> Answer:
    return Answer(200, body, {**PAGE_HEADERS, "Content-Type": media_type}, chunked=True)


def _unchanged(call: Call, headers: Mapping[str, str]) -> bool:
    """The tag as it was given (I-02); the date only if no tag was sent."""
    if call.header("if-none-match"):
        return call.header("if-none-match") == headers.get("ETag")
    asked, told = (
        parse_http_date(date) for date in (call.header("if-modified-since"), headers.get("Last-Modified", ""))
    )
    return asked is not None and told is not None and told <= asked


def _sized(call: Call, page: Answer, switches: SwitchSet) -> Answer:
    """The page, or the slice that a Range asks for, or the page compressed (I-05, I-06)."""
    wanted = one_span(call.header("range"), len(page.body), switches) if switches.on("index_range", "206") else None
    if wanted and call.method == "GET":
        start, end = wanted
        headers = {**page.headers, "Content-Range": f"bytes {start}-{end}/{len(page.body)}"}
        return Answer(206, page.body[start : end + 1], headers)
    if switches.on("index_gzip", "off") or len(page.body) <= SMALL or "gzip" not in call.header("accept-encoding"):
        return page
    headers = {**page.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Answer(200, gzip.compress(page.body), headers, chunked=True)


def page_etag(body: bytes) -> str:
    """A signed decimal number without quotes (I-01)."""
    value = zlib.crc32(body)
    return str(value - (1 << 32) if value >= 1 << 31 else value)


def accepts(header: str) -> tuple[bool, bool]:
    """Whether an Accept header prefers JSON pages, and whether it takes HTML at all. No header takes everything."""
    weights: dict[str, float] = {}
    for part in header.split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        if kind:
            weights[kind.lower()] = _weight(parameters)
    if not weights:
        return False, True
    html = max(weights.get(kind, 0.0) for kind in _HTML_TYPES)
    wanted = max(weights.get(kind, 0.0) for kind in _JSON_TYPES)
    return wanted > 0 and wanted >= html, html > 0


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
