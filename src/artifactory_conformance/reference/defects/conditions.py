"""Broken answers to conditional requests (RFC 9110 13)."""

import zlib
from dataclasses import replace

from artifactory_conformance.reference.defects.answers import with_header
from artifactory_conformance.reference.defects.calls import is_file, is_page, is_stored
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold


def _is_conditional(call: Call) -> bool:
    return bool(call.header("if-none-match") or call.header("if-modified-since"))


def _fail(_: Call) -> Call:
    raise RequestRefused(500, "Could not process the condition")


@fault("B-10", "I-02", "B-09", "row 18", "T31")
def error_for_conditions_on_pages(hold: Hold) -> None:
    """Conditional requests for project pages end in 500, as one release did to uv with its cache."""
    hold.before(lambda call: is_page(call) and _is_conditional(call), _fail)


@fault("B-10", "row 16", "F-07", "A60", "A61")
def error_for_conditions_on_files(hold: Hold) -> None:
    """Conditional requests for files end in 500."""
    hold.before(lambda call: is_file(call) and _is_conditional(call), _fail)


@fault("I-02", "row 18")
def page_tag_of_its_address(hold: Hold) -> None:
    """A page's ETag is made of its address, so that a changed page counts as unchanged."""

    def tagged(call: Call, answer: Answer) -> Answer:
        tag = str(zlib.crc32(call.path.encode()))
        if answer.status != 200:
            return answer
        if call.header("if-none-match") == tag:
            return Answer(304, b"", {"ETag": tag})
        return with_header(answer, "ETag", tag)

    hold.after(is_page, tagged)


@fault("I-02", "row 18", "B-08")
def page_tag_that_never_comes_back(hold: Hold) -> None:
    """A page has another ETag each time, so that clients fetch all pages again."""
    count = iter(range(10**9))

    def tagged(call: Call, answer: Answer) -> Answer:
        return (
            with_header(answer, "ETag", f"-{next(count)}") if answer.status == 200 and call.method == "GET" else answer
        )

    hold.after(is_page, tagged)


@fault("B-09", "I-02", "T31")
def weak_tags_taken_for_the_pages_own(hold: Hold) -> None:
    """A weak or quoted If-None-Match counts as true of any page, whatever it says."""

    def unchanged(call: Call, answer: Answer) -> Answer:
        quoted = '"' in call.header("if-none-match")
        return Answer(304) if quoted and answer.status == 200 else answer

    hold.after(is_page, unchanged)


@fault("F-07", "row 16", "T31")
def any_date_counts_as_unchanged(hold: Hold) -> None:
    """A file asked for with an If-Modified-Since is 304, whatever the date."""

    def unchanged(call: Call, answer: Answer) -> Answer:
        if answer.status != 200 or not call.header("if-modified-since"):
            return answer
        return replace(answer, status=304, body=b"")

    hold.after(is_file, unchanged)


@fault("A61", "F-07")
def condition_spoils_what_is_not_cached(hold: Hold) -> None:
    """A file that is asked for under a condition before it is cached is missing from then on."""

    spoilt: set[str] = set()

    def missed(call: Call) -> Call:
        name = call.path.rpartition("/")[2]
        if call.header("if-modified-since") and not is_stored(hold, name):
            spoilt.add(name)
        if name in spoilt:
            raise RequestRefused(404, "Not Found")
        return call

    hold.before(is_file, missed)
