"""Conditional and range requests (RFC 9110): what becomes of a full answer when less was asked for."""

import re
from collections.abc import Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from artifactory_conformance.upstream.replies import Reply, plain

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def as_asked(reply: Reply, asked: Mapping[str, str]) -> Reply:
    """Answer 304, 206 or 416 where the request headers `asked` (lower-case names) and a reply 200 call for it."""
    if reply.status != HTTPStatus.OK:
        return reply
    if _is_unchanged(reply, asked):
        return replace(reply, status=HTTPStatus.NOT_MODIFIED, body=b"")
    if reply.headers.get("accept-ranges") == "bytes" and "range" in asked and _is_same(reply, asked.get("if-range")):
        return _part(reply, asked["range"])
    return reply


def _is_unchanged(reply: Reply, asked: Mapping[str, str]) -> bool:
    tags = asked.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return bool(known & {"*", reply.headers["etag"]})
    return _is_not_older(asked.get("if-modified-since"), reply.headers.get("last-modified"))


def _is_not_older(since: str | None, modified: str | None) -> bool:
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(since) >= parsedate_to_datetime(modified)
    except (TypeError, ValueError):
        return False  # RFC 9110 13.1.3: a date that is none is ignored


def _is_same(reply: Reply, if_range: str | None) -> bool:
    return if_range is None or if_range in (reply.headers["etag"], reply.headers.get("last-modified"))


def _part(reply: Reply, header: str) -> Reply:
    size = len(reply.body)
    match = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    if match is None or match.groups() == ("", ""):
        return reply  # several ranges, or a unit nobody knows: a server may answer with everything
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return reply
    if start >= size or start >= end:
        return plain(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, content_range=f"bytes */{size}")
    headers = {**reply.headers, "content-range": f"bytes {start}-{end - 1}/{size}"}
    return replace(reply, status=HTTPStatus.PARTIAL_CONTENT, body=reply.body[start:end], headers=headers)
