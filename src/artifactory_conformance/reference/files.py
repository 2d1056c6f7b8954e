"""Answers that carry a stored file: headers, conditions and ranges (F-01 to F-07, A60 to A77)."""

import re
from urllib.parse import quote

from artifactory_conformance.reference.clock import http_date, parse_http_date
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.store import Item
from artifactory_conformance.reference.switches import SwitchSet

_BOUNDARY = "ARTIFACTORY_MULTIPART_BOUNDARY"
_RANGE = re.compile(r"\s*(\d*)\s*-\s*(\d*)\s*")


def file_answer(call: Call, item: Item, switches: SwitchSet, *, ranges: bool) -> Answer:
    """The answer for a file that is stored or streamed (A62, A65). ranges: whether this path serves slices (F-06)."""
    if item.described is not None:  # A96, A68: no checksums but those that the catalog gave
        if call.method == "GET" or _unchanged(call, item, switches):  # a described GET was found unchanged (A61)
            return Answer(304, b"", {"Last-Modified": http_date(item.modified)})
        length = {"Content-Length": str(item.described)}
        return Answer(200, b"", {"Content-Type": item.media_type, "Last-Modified": http_date(item.modified), **length})
    headers = _headers(item, switches)
    if _unchanged(call, item, switches):
        return Answer(304, b"", headers)
    wanted = call.header("range")
    if wanted and ranges and call.method == "GET" and _range_holds(call, item):
        return _slices(wanted, item, headers, switches)
    return Answer(200, item.content, headers)


def _headers(item: Item, switches: SwitchSet) -> dict[str, str]:
    headers = {
        "Content-Type": item.media_type,
        "ETag": item.sha1,  # unquoted (F-01)
        "Last-Modified": http_date(item.modified),
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'attachment; filename="{quote(item.name, safe=_NAME_SAFE)}"',
        "X-Artifactory-Filename": quote(item.name, safe=_NAME_SAFE),
        "X-Checksum-Md5": item.md5,
        "X-Checksum-Sha1": item.sha1,
        "X-Checksum-Sha256": item.sha256,
    }
    if switches.on("origin_remote_path", "on"):
        headers["X-Artifactory-Origin-Remote-Path"] = item.origin or "local"  # F-03
    if switches.on("file_cache_control", "1y"):
        headers["Cache-Control"] = "public, max-age=31536000"  # F-02
    return headers


_NAME_SAFE = " !#$&'()+,;=@[]^`{}~-._"


def _unchanged(call: Call, item: Item, switches: SwitchSet) -> bool:
    """The bare SHA-1 as an exact string, and dates by the second; if both are given, both have to agree (A60)."""
    if switches.on("file_conditions", "ignored"):
        return False
    tag, date = call.header("if-none-match"), call.header("if-modified-since")
    since = parse_http_date(date) if date else None
    tags = {tag, *(part.strip().removeprefix("W/").strip('"') for part in tag.split(","))}
    known = {tag} if switches.on("file_conditions", "bare") else tags
    verdicts = [item.sha1 in known] if tag else []
    if since is not None:
        verdicts.append(int(item.modified) <= int(since))
    return bool(verdicts) and all(verdicts)


def _range_holds(call: Call, item: Item) -> bool:
    """If-Range: a tag that starts with the bare SHA-1, or the very date (A77)."""
    given = call.header("if-range")
    if not given:
        return True
    moment = parse_http_date(given)
    if moment is not None:
        return int(moment) == int(item.modified)
    return given.startswith(item.sha1)


def _slices(wanted: str, item: Item, headers: dict[str, str], switches: SwitchSet) -> Answer:
    size = len(item.content)  # A75: one slice, several in one body, or 416
    ranges = list(filter(None, (_span(part, size, switches) for part in wanted.partition("=")[2].split(","))))
    if not ranges:
        return Answer(416, b"", {"Content-Range": f"bytes */{size}"})
    if len(ranges) == 1:
        start, end = ranges[0]
        headers["Content-Range"] = f"bytes {start}-{end}/{size}"
        return Answer(206, item.content[start : end + 1], headers)
    body = b"".join(
        f"\r\n--{_BOUNDARY}\r\nContent-Type: {item.media_type}\r\n"
        f"Content-Range: bytes {start}-{end}/{size}\r\n\r\n".encode()
        + item.content[start : end + 1]
        for start, end in ranges
    )
    headers["Content-Type"] = f"multipart/byteranges; boundary={_BOUNDARY}"
    return Answer(206, body + f"\r\n--{_BOUNDARY}--\r\n".encode(), headers)


def one_span(wanted: str, size: int, switches: SwitchSet) -> tuple[int, int] | None:
    """First and last byte that a Range header of one range asks for, None for any other header."""
    unit, equals, part = wanted.partition("=")
    return _span(part, size, switches) if equals and unit.strip() == "bytes" and "," not in part else None


def _span(part: str, size: int, switches: SwitchSet) -> tuple[int, int] | None:
    found = _RANGE.fullmatch(part)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:  # bytes=-N
        length = int(found[2])
        if switches.on("suffix_range", "last"):
            return (max(0, size - length), size - 1) if length else None
        start, end = 0, length  # A76
    else:
        start, end = int(found[1]), int(found[2]) if found[2] else size - 1
    if start >= size or end < start:
        return None
    return start, min(end, size - 1)


CHECKSUM_SUFFIXES = (".sha256", ".sha1", ".md5")


def checksum_answer(item: Item | None, path: str, *, all_kinds: bool) -> Answer:
    """`<file>.sha256` and its likes come from what is stored (U-20, A70); without the file they do not exist (A71)."""
    kind = path.rpartition(".")[2]
    if item is None or not (all_kinds or kind == "sha256"):
        raise RequestRefused(404, f"Checksum not found for {path}")
    value = {"sha256": item.sha256, "sha1": item.sha1, "md5": item.md5}[kind]
    return Answer(200, value.encode(), {"Content-Type": "application/x-checksum"})
