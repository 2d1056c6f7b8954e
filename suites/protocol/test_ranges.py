"""Requests for a part (RFC 9110): a slice is right, or everything comes. Lazy wheels rest on it."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Identity, Link, RemoteRepository
from artifactory_conformance.artifactory.site_content import SiteFile, SitePage
from artifactory_conformance.checks import assert_served, relied_on
from artifactory_conformance.checks.causes import HASH_IS_THE_SAME
from artifactory_conformance.evidence import Answer

EXPLICIT = {"bytes=0-9": (0, 9), "bytes=10-29": (10, 29), "bytes=50-": (50, None), "bytes=0-": (0, None)}
"""Ranges that say where they begin, and what they ask for."""

ODD = ("bytes=abc", "bytes=", "bytes=9-5", "bytes=-0", "lines=1-2", "bytes", "bytes=0-1,x", "bytes=--5")
"""Ranges that are none, or of a unit that nobody knows: a server ignores them, or says that it cannot."""


def told(answer: Answer) -> tuple[int, int, int]:
    """Give first byte, last byte and length by Content-Range. Raises ValueError if it is not readable."""
    found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", answer.headers.get("Content-Range", ""))
    if found is None:
        raise ValueError(f"no usable Content-Range: {answer.headers}")
    return int(found[1]), int(found[2]), int(found[3])


def assert_honest(answer: Answer, whole: bytes) -> None:
    """Claim that an answer is everything, or just the part that it says it is, or a refusal of the range."""
    assert answer.status in {200, 206, 416}, str(answer)
    if answer.status == 200:
        assert answer.body == whole, f"not the whole content: {answer}"
    if answer.status == 206 and not answer.media_type.startswith("multipart/"):
        assert re.fullmatch(r"bytes \d+-\d+/\d+", answer.headers.get("Content-Range", "")), str(answer.headers)
        first, last, length = told(answer)
        assert length == len(whole)
        assert answer.body == whole[first : last + 1], f"not bytes {first} to {last}: {answer}"


def assert_right_or_whole(answer: Answer, whole: bytes, first: int, last: int | None) -> None:
    """Claim that an answer is the one part that was asked for, or everything (B-01)."""
    assert answer.status in {200, 206}, str(answer)
    assert not answer.media_type.startswith("multipart/"), f"several parts where one was asked for: {answer}"
    assert_honest(answer, whole)
    if answer.status == 206:
        assert told(answer)[:2] == (first, len(whole) - 1 if last is None else last)


@relied_on("row 14", "F-06", "B-01", "B-02", "A75", "open 7", "T31")
def test_range_of_a_file_is_a_right_slice_or_the_whole(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """A range of a file brings just these bytes with a right Content-Range, or the whole file, and nothing else."""
    for file in site_files:
        link, whole = file.link, file.content

        answers = {asked: downloads.fetch(link, Range=asked) for asked in EXPLICIT}

        observe(str(file.index.repository), {asked: answer.status for asked, answer in answers.items()})
        for asked, answer in answers.items():
            assert_right_or_whole(answer, whole, *EXPLICIT[asked])


@relied_on("A76", "F-06", "T31")
def test_last_bytes_of_a_file_are_what_the_answer_says_they_are(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """The last bytes of a file, as poetry asks for them, come as what the answer says they are, or as the whole."""
    for file in site_files:
        link, whole = file.link, file.content

        some, more = (downloads.fetch(link, Range=f"bytes=-{number}") for number in (20, 10_000_000))

        assert_honest(some, whole)
        assert_honest(more, whole)
        assert some.status in {200, 206}, str(some)
        kinds = {whole: "everything", whole[-20:]: "the last 20 bytes", whole[:21]: "the first 21 bytes (A76)"}
        observe(f"{file.index.repository}: bytes=-20", kinds.get(some.body, "something else"))


@relied_on("A75", "F-06", "T31")
def test_range_that_cannot_be_had_is_refused_or_ignored(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """A range beyond the end is 416 with no wrong length, or ignored; one that is none never breaks anything."""
    for file in site_files:
        link, whole = file.link, file.content

        beyond = downloads.fetch(link, Range=f"bytes={len(whole)}-")
        odd = {asked: downloads.fetch(link, Range=asked) for asked in ODD}

        observe(
            str(file.index.repository),
            {asked: answer.status for asked, answer in odd.items()} | {"beyond": beyond.status},
        )
        assert beyond.status in {200, 416}, str(beyond)
        if beyond.status == 416:
            length = f"bytes */{len(whole)}"
            assert beyond.headers.get("Content-Range", length) == length  # it may be missing (RFC 9110 15.5.17)
        for answer in (beyond, *odd.values()):
            assert_honest(answer, whole)


@relied_on("A75", "F-06")
def test_several_ranges_at_once_bring_right_parts(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """Two ranges at once bring both parts, or one that holds them, or the whole."""
    for file in site_files:
        link, whole = file.link, file.content

        answer = downloads.fetch(link, Range="bytes=0-9,40-59")

        observe(str(file.index.repository), f"{answer.status} {answer.media_type}")
        assert_honest(answer, whole)
        assert answer.status in {200, 206}, str(answer)
        assert whole[:10] in answer.body
        assert whole[40:60] in answer.body


@relied_on("A77", "F-06")
def test_range_of_another_content_brings_the_whole(downloads: Identity, site_files: tuple[SiteFile, ...]) -> None:
    """A range under the condition of another ETag or date (If-Range) brings the whole file: never a wrong slice."""
    for file in site_files:
        for condition in ('"0123456789"', "Thu, 01 Jan 1970 00:00:00 GMT", "0" * 40):
            answer = downloads.fetch(file.link, Range="bytes=0-9", If_Range=condition)
            assert answer.status == 200, f"{condition}: {answer}"
            assert answer.body == file.content
        own = downloads.fetch(file.link, Range="bytes=0-9", If_Range=file.answer.headers.get("ETag", "0"))
        assert_right_or_whole(own, file.content, 0, 9)


@relied_on("A78", "F-06", builds_on=[HASH_IS_THE_SAME])
def test_range_of_a_file_that_nobody_has_cached(
    downloads: Identity, remote_index: RemoteRepository, uncached_file: Link, observe: Callable[[str, Any], None]
) -> None:
    """A range of a file that nobody has cached is right, or the whole; what comes afterwards is the whole file."""
    part = downloads.fetch(uncached_file, Range="bytes=0-9")
    observe("answer", part.status)
    observe("cached by it", remote_index.cache.holds_file(uncached_file.filename))

    whole = downloads.fetch(uncached_file)

    assert_served(whole)
    assert hashlib.sha256(whole.body).hexdigest() == uncached_file.sha256, f"not the whole file: {whole}"
    assert_right_or_whole(part, whole.body, 0, 9)


@relied_on("I-06", "open 9", "B-09")
def test_range_of_a_page_is_a_right_slice_or_the_whole(
    downloads: Identity, site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]
) -> None:
    """A range of a page, as uv has been seen to ask for it, brings a right slice or the whole, or it cannot be had."""
    for index, page in site_pages:
        answers = {asked: downloads.get(page.url, Range=asked) for asked in ("bytes=0-9", "bytes=-20", "bytes=999999-")}

        observe(str(index.repository), {asked: answer.status for asked, answer in answers.items()})
        for answer in answers.values():
            assert_honest(answer, page.body)
        assert_right_or_whole(answers["bytes=0-9"], page.body, 0, 9)
