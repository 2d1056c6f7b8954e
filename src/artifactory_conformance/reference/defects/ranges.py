"""Broken answers to requests for a part (RFC 9110 14)."""

import re
from dataclasses import replace

from artifactory_conformance.reference.defects.answers import with_header
from artifactory_conformance.reference.defects.calls import is_file, is_page, is_stored
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold

_ONE = re.compile(r"bytes=(\d+)-(\d*)")
_LAST = re.compile(r"bytes=-([1-9]\d*)")


def _part(answer: Answer, body: bytes, first: int, last: int) -> Answer:
    told = f"bytes {first}-{last}/{len(answer.body)}"
    return replace(with_header(answer, "Content-Range", told), status=206, body=body)


@fault("F-06", "row 14", "T31", "A75")
def ranges_one_byte_late(hold: Hold) -> None:
    """A range of a file brings the bytes from the next one on, under the right Content-Range."""

    def late(call: Call, answer: Answer) -> Answer:
        asked = _ONE.fullmatch(call.header("range"))
        if asked is None or not asked[2] or answer.status != 200 or call.header("if-range"):
            return answer
        first, last = int(asked[1]), int(asked[2])
        return _part(answer, answer.body[first + 1 : last + 2], first, last)

    hold.after(is_file, late)


@fault("A76", "F-06")
def first_bytes_in_place_of_the_last(hold: Hold) -> None:
    """The last bytes of a file are asked for, the first come, and Content-Range says that they are the last."""

    def turned(call: Call, answer: Answer) -> Answer:
        asked = _LAST.fullmatch(call.header("range"))
        size = len(answer.body)
        if asked is None or answer.status != 200 or int(asked[1]) >= size:
            return answer
        return _part(answer, answer.body[: int(asked[1])], size - int(asked[1]), size - 1)

    hold.after(is_file, turned)


@fault("A75", "F-06", "T31")
def error_for_odd_ranges(hold: Hold) -> None:
    """A Range that cannot be read ends in 500."""

    def refuse(call: Call) -> Call:
        if call.header("range") and not re.fullmatch(r"bytes=[\d,-]*\d[\d,-]*", call.header("range")):
            raise RequestRefused(500, f"For input string: {call.header('range')}")
        return call

    hold.before(is_file, refuse)


@fault("A75", "F-06")
def only_the_first_of_several_ranges(hold: Hold) -> None:
    """Of several ranges at once only the first comes."""

    def first_only(call: Call, answer: Answer) -> Answer:
        asked = re.match(r"bytes=(\d+)-(\d+),", call.header("range"))
        if asked is None or answer.status != 200:
            return answer
        first, last = int(asked[1]), int(asked[2])
        return _part(answer, answer.body[first : last + 1], first, last)

    hold.after(is_file, first_only)


@fault("A77", "F-06")
def if_range_ignored(hold: Hold) -> None:
    """A range comes as a slice, also under the condition of another content."""

    def sliced(call: Call, answer: Answer) -> Answer:
        asked = _ONE.fullmatch(call.header("range"))
        if asked is None or answer.status != 200 or not call.header("if-range"):
            return answer
        first, last = int(asked[1]), min(int(asked[2] or len(answer.body)), len(answer.body) - 1)
        return _part(answer, answer.body[first : last + 1], first, last)

    hold.after(is_file, sliced)


@fault("A78", "F-06")
def slice_kept_as_the_file(hold: Hold) -> None:
    """A file that is first asked for by a range is kept as that slice, and served as the whole from then on."""
    slices: dict[str, bytes] = {}
    first_asked: set[str] = set()

    def seen(call: Call) -> Call:
        name = call.path.rpartition("/")[2]
        if _ONE.fullmatch(call.header("range")) and not is_stored(hold, name):
            first_asked.add(name)
        return call

    def spoilt(call: Call, answer: Answer) -> Answer:
        name, asked = call.path.rpartition("/")[2], _ONE.fullmatch(call.header("range"))
        if name not in first_asked or answer.status != 200:
            return answer
        if name not in slices and asked is not None and asked[2]:
            slices[name] = answer.body[int(asked[1]) : int(asked[2]) + 1]
            return _part(answer, slices[name], int(asked[1]), int(asked[2]))
        return replace(answer, body=slices.get(name, answer.body))

    hold.before(is_file, seen)
    hold.after(is_file, spoilt)


@fault("I-06", "B-09")
def part_of_a_page_that_says_nothing_of_it(hold: Hold) -> None:
    """A range of a project page comes as 206 without Content-Range."""

    def sliced(call: Call, answer: Answer) -> Answer:
        asked = _ONE.fullmatch(call.header("range"))
        if asked is None or answer.status != 200 or int(asked[1]) >= len(answer.body):
            return answer
        return replace(answer, status=206, body=answer.body[int(asked[1]) : int(asked[2] or len(answer.body)) + 1])

    hold.after(is_page, sliced)
