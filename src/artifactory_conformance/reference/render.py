"""Pages as Artifactory writes them (H-01 to H-07) and their headers (I-01, I-02)."""

import json
import zlib
from collections.abc import Iterable, Mapping
from html import escape

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.switches import SwitchSet

JSON_TYPE = "application/vnd.pypi.simple.v1+json"
_HTML_TYPES = ("text/html", "application/vnd.pypi.simple.v1+html", "text/*", "*/*", "application/*")
_JSON_TYPES = (JSON_TYPE, "application/vnd.pypi.simple.latest+json")
_HEAD = '<!DOCTYPE html>\n<html><head><title>Simple Index</title><meta name="api-version" value="2" /></head><body>\n'
_FOOT = "</body></html>"
PAGE_HEADERS = {"Cache-Control": "max-age=60"}


def project_html(links: Iterable[FileLink]) -> str:
    """A project page: one anchor per line, sorted by file name (H-04, H-07)."""
    ordered = sorted(links, key=lambda link: link.filename)
    return _HEAD + "".join(_file_anchor(link) for link in ordered) + _FOOT


def _file_anchor(link: FileLink) -> str:
    python = f' data-requires-python="{_escaped(link.requires_python)}"' if link.requires_python else ""
    reason = "" if link.yanked is True else _escaped(str(link.yanked))
    yanked = f' data-yanked="{reason}"' if link.yanked else ""
    return f'<a href="{escape(link.href)}"{python}{yanked} rel="internal">{_escaped(link.filename)}</a>\n'


def _escaped(text: str) -> str:
    return escape(text, quote=True)


def root_html(names: Mapping[str, str]) -> str:
    """A root page: bare names without a slash (H-05); the values are the names' requires-python."""
    lines = []
    for name, python in sorted(names.items()):
        attribute = f' data-requires-python="{_escaped(python)}"' if python else ""
        lines.append(f'<a href="{_escaped(name)}"{attribute} rel="internal">{_escaped(name)}</a>\n')
    return _HEAD + "".join(lines) + _FOOT


def project_json(name: str, links: Iterable[FileLink]) -> bytes:
    """A PEP 691 page with relative URLs (J-05)."""
    files = []
    for link in sorted(links, key=lambda one: one.filename):
        url, _, _ = link.href.partition("#")
        entry: dict[str, object] = {"filename": link.filename, "url": url, "hashes": dict(link.hashes)}
        if link.requires_python:
            entry["requires-python"] = link.requires_python
        if link.yanked:
            entry["yanked"] = link.yanked
        if link.upload_time:
            entry["upload-time"] = link.upload_time
        if link.size is not None:
            entry["size"] = link.size
        files.append(entry)
    return json.dumps({"meta": {"api-version": "1.0"}, "name": name, "files": files}).encode()


def root_answer(names: Mapping[str, str]) -> Answer:
    """The root page; the captures show no ETag on it."""
    return Answer(200, root_html(names).encode(), {**PAGE_HEADERS, "Content-Type": "text/html"}, chunked=True)


def project_answer(call: Call, name: str, links: list[FileLink], switches: SwitchSet) -> Answer:
    """The project page in the form that the switches and the client's Accept lead to (J-01 to J-06)."""
    wants_json, takes_html = accepts(call.header("accept"))
    if wants_json and not switches.on("json", "off"):
        return _conditional(call, project_json(name, links), JSON_TYPE, switches)
    if not takes_html and switches.on("json_only_accept", "406"):
        raise RequestRefused(406, "Not Acceptable")
    return _conditional(call, project_html(links).encode(), "text/html", switches)


def _conditional(call: Call, body: bytes, media_type: str, switches: SwitchSet) -> Answer:
    if switches.on("index_etag", "off"):
        return Answer(200, body, {**PAGE_HEADERS, "Content-Type": media_type}, chunked=True)
    tag = {"ETag": page_etag(body)}
    if call.header("if-none-match") == tag["ETag"]:
        return Answer(304, b"", {**PAGE_HEADERS, **(tag if switches.on("etag_on_304", "on") else {})}, chunked=True)
    return Answer(200, body, {**PAGE_HEADERS, "Content-Type": media_type, **tag}, chunked=True)


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
