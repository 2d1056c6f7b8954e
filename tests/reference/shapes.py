"""Whether two answers are alike: in status, media type, selected headers and the shape of the body; by facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from artifactory_conformance.reporting.steady import steady

PRESENT = ("last-modified", "content-length", "x-checksum-sha1", "x-checksum-sha256", "x-checksum-md5")
"""Headers that are there, or not: what they say is of the content or of the moment."""

SAME = (
    *("accept-ranges", "cache-control", "content-disposition", "content-encoding", "www-authenticate"),
    *("x-artifactory-filename", "x-artifactory-origin-remote-path", "location", "vary"),
)
"""Headers that say the same."""

PAGE_FACTS: Mapping[str, str] = {
    "status": "U-01, U-04, U-05",
    "media type": "I-01, J-01, J-06",
    "etag": "I-01, I-02, I-04",
    "cache-control": "I-01, I-03",
    "last-modified": "I-07, open 8",
    "content-encoding": "I-05, open 9",
    "location": "U-02, open 28",
    "body": "H-01, H-03, H-04, H-05, H-07, U-06",
}
FILE_FACTS: Mapping[str, str] = {
    "status": "F-06, F-07",
    "media type": "F-01",
    "etag": "F-01, A60",
    "cache-control": "F-02",
    "last-modified": "F-04, open 23",
    "x-artifactory-origin-remote-path": "F-03",
}
HEAD_FACTS, ERROR_FACTS = "I-06, open 9", "E-01, E-02, E-03"


@dataclass(frozen=True)
class Answer:
    """One answer. headers: names in lower case. whole: whether the text is all of the body."""

    status: int
    headers: Mapping[str, str]
    text: str
    whole: bool

    @staticmethod
    def recorded(response: Mapping[str, Any]) -> Answer:
        """Give that of an archive."""
        headers = {each["name"].lower(): each["value"] for each in response["headers"]}
        content = response["content"]
        return Answer(response["status"], headers, content.get("text", ""), content.get("comment") != "its beginning")

    @property
    def media_type(self) -> str:
        """Content-Type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def differences(method: str, path: str, sent: Mapping[str, str], recorded: Answer, now: Answer) -> Iterator[str]:
    """Give what differs, one line each: what was recorded, what the model says, and the facts that it stands on."""
    for what, was, is_now in _differing(method, recorded, now):
        facts = facts_about(method, path, what, failed=recorded.status >= 400)
        yield f"{what}: recorded {_short(was)}, model {_short(is_now)} ({facts or 'no fact is named for it'})"


def _differing(method: str, recorded: Answer, now: Answer) -> Iterator[tuple[str, Any, Any]]:
    if recorded.status != now.status:
        yield "status", recorded.status, now.status
        return  # nothing else of it can be compared
    if recorded.media_type != now.media_type:
        yield "media type", recorded.media_type, now.media_type
    pairs = [("etag", _tag(recorded.headers.get("etag")), _tag(now.headers.get("etag")))]
    pairs += [(name, *(_location(answer.headers.get(name)) for answer in (recorded, now))) for name in SAME]
    pairs += [(name, *("there" if name in answer.headers else None for answer in (recorded, now))) for name in PRESENT]
    yield from ((name, was, is_now) for name, was, is_now in pairs if was != is_now)
    if method != "HEAD" and recorded.text and recorded.media_type == now.media_type:
        was, is_now = _shape(recorded), _shape(now)
        if not recorded.whole and isinstance(was, list):
            was, is_now = was[:-1], is_now[: len(was) - 1] if isinstance(is_now, list) else is_now
        if was != is_now and (recorded.whole or isinstance(was, list)):
            yield "body", was, is_now


def facts_about(method: str, path: str, what: str, *, failed: bool) -> str:
    """Give the ids of the facts that a part of an answer stands on; empty where none is known."""
    page = "/simple" in path
    if page and method == "HEAD":
        return HEAD_FACTS
    if failed and what in {"media type", "body", "www-authenticate"}:
        return ERROR_FACTS
    if what in PRESENT[2:] or what in {"accept-ranges", "content-disposition", "content-length"}:
        return "" if page else "F-01"
    return (PAGE_FACTS if page else FILE_FACTS).get(what, "")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "…"


def _tag(tag: str | None) -> str | None:
    if tag is None:
        return None
    quoted = "quoted " * tag.startswith(('"', "W/"))
    inner = tag.removeprefix("W/").strip('"')
    for kind, pattern in (("number", r"-?[0-9]{1,20}"), ("SHA-1", r"[0-9a-f]{40}")):
        if re.fullmatch(pattern, inner):
            return quoted + kind
    return quoted + "something else"


def _location(value: str | None) -> str | None:
    return None if value is None else str(steady(value))


class _Anchors(HTMLParser):
    """Collects anchors: names of attributes, the address without digests, the text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[Any]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            self.found.append(["meta", sorted((name, value or "") for name, value in attrs)])
        self._inside = tag == "a"
        if self._inside:
            href = next((value or "" for name, value in attrs if name == "href"), "")
            self.found.append(["a", [name for name, _ in attrs], steady(href), ""])

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1][3] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def _shape(answer: Answer) -> Any:
    """What a body is made of: anchors of a page in their order, kinds of JSON, else how it begins."""
    if answer.media_type.endswith("html"):
        anchors = _Anchors()
        anchors.feed(answer.text)
        return anchors.found
    if "json" in answer.media_type:
        try:
            return _kinds(json.loads(answer.text))
        except ValueError:
            return "no JSON"
    return steady(answer.text.strip()[:80])


def _kinds(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _kinds(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_kinds(item) for item in value[:1]]
    return type(value).__name__
