"""Broken headers of pages, and broken forms in which they travel."""

import gzip
from dataclasses import replace

from starlette.responses import Response

from artifactory_conformance.reference.defects.answers import with_header
from artifactory_conformance.reference.defects.calls import is_file, is_page, kind_asked
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.repositories import RepositoryClass


@fault("I-03", "row 17", "client C17", "I-01")
def pages_kept_for_a_day(hold: Hold) -> None:
    """Clients may keep project pages for a day."""

    def kept(_: Call, answer: Answer) -> Answer:
        return with_header(answer, "Cache-Control", "max-age=86400") if answer.status == 200 else answer

    hold.after(is_page, kept)


@fault("row 13", "F-01", "I-01", "release 3")
def files_do_not_name_the_version(hold: Hold) -> None:
    """Files come without the header that names the version."""

    def unnamed(_: Call, response: Response) -> Response:
        del response.headers["X-JFrog-Version"]
        return response

    hold.on_wire(is_file, unnamed)


@fault("I-05", "open 9")
def large_pages_always_compressed(hold: Hold) -> None:
    """Large project pages come compressed by gzip, whatever the client takes."""

    def packed(_: Call, answer: Answer) -> Answer:
        if answer.status != 200 or len(answer.body) < 10_000:
            return answer
        return replace(with_header(answer, "Content-Encoding", "gzip"), body=gzip.compress(answer.body))

    hold.after(is_page, packed)


@fault("I-06", "open 9")
def head_of_pages_missing(hold: Hold) -> None:
    """HEAD of a project page is 404."""

    def missing(call: Call) -> Call:
        if call.method == "HEAD":
            raise RequestRefused(404, "Not Found")
        return call

    hold.before(is_page, missing)


@fault("B-09", "I-01", "J-02")
def error_for_uv_at_locals(hold: Hold) -> None:
    """Project pages of locals end in 500 for uv, as in 7.68.21, where pip was fine."""

    def refuse(call: Call) -> Call:
        if call.header("user-agent").startswith("uv/") and kind_asked(hold, call) is RepositoryClass.LOCAL:
            raise RequestRefused(500, "Internal Server Error")
        return call

    hold.before(is_page, refuse)


@fault("F-01", "B-09", "B-10")
def files_compressed_by_their_looks(hold: Hold) -> None:
    """Files come packed by zstd or brotli to clients that would take it, under no name of an encoding."""

    def packed(call: Call, answer: Answer) -> Answer:
        takes = "br" in call.header("accept-encoding") and "gzip, br" in call.header("accept-encoding")
        return replace(answer, body=gzip.compress(answer.body)) if takes and answer.status == 200 else answer

    hold.after(is_file, packed)
