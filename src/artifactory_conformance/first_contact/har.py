"""Exchanges of evidence.jsonl as an HTTP Archive (HAR 1.2), which browsers and other tools show.

It holds what evidence does: redacted, without bodies of requests, and of an answer's body the beginning if it is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from artifactory_conformance import __version__

Evidence = Mapping[str, Any]


def as_har(evidence: Iterable[Evidence], comment: str = "") -> dict[str, Any]:
    """Give the archive of all exchanges among lines of evidence, in the order of their beginning.

    comment: what the archive says of itself. Fields that begin with `_` are ours, as the format allows.
    """
    entries = [_entry(line) for line in evidence if line.get("kind") == "exchange"]
    entries.sort(key=lambda entry: str(entry["startedDateTime"]))
    creator = {"name": "artifactory-conformance", "version": __version__}
    return {"log": {"version": "1.2", "creator": creator, "entries": entries, "comment": comment}}


def _entry(line: Evidence) -> dict[str, Any]:
    milliseconds = max(0.0, round(1000 * float(line["seconds"]), 1))
    began = datetime.fromtimestamp(line["time"] - line["seconds"], timezone.utc)
    return {
        "startedDateTime": began.isoformat(timespec="milliseconds"),
        "time": milliseconds,
        "request": _request(line),
        "response": _response(line),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "comment": line.get("error", ""),
        "_check": line.get("check", ""),
        "_identity": line["identity"],
        "_party": line["party"],
    }


def _request(line: Evidence) -> dict[str, Any]:
    return {
        "method": line["method"],
        "url": line["url"],
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(line["request_headers"]),
        "queryString": [{"name": name, "value": value} for name, value in _query(line["url"])],
        "headersSize": -1,
        "bodySize": -1,
    }


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:  # a check asks for what is no URL, too
        return []


def _response(line: Evidence) -> dict[str, Any]:
    """What came; status 0 where nothing did, as browsers write it."""
    headers, status = line["response_headers"], line["status"] or 0
    named = {name.lower(): value for name, value in headers.items()}
    body, size = line["body"], line["body_bytes"]
    content = {"size": size, "mimeType": named.get("content-type", "")}
    if body:
        whole = len(body.encode("utf-8", "surrogatepass")) == size
        content |= {"text": body, "comment": "" if whole else "its beginning"}
    return {
        "status": status,
        "statusText": HTTPStatus(status).phrase if status in {known.value for known in HTTPStatus} else "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(headers),
        "content": content,
        "redirectURL": named.get("location", ""),
        "headersSize": -1,
        "bodySize": size,
    }


def _headers(headers: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]
