"""Broken errors, and errors where there should be none."""

import re
from dataclasses import replace

from artifactory_conformance.reference.defects.calls import is_file, is_page, is_pypi, is_root, key_of, kind_asked
from artifactory_conformance.reference.errors import RequestRefused, envelope
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.repositories import RepositoryClass


@fault("B-55", "row 4", "U-05", "T12", "E-01", "M-06", "P-06")
def unknown_projects_are_forbidden(hold: Hold) -> None:
    """A project that nobody has is 403 instead of 404."""

    def forbidden(_: Call, answer: Answer) -> Answer:
        return Answer(403, answer.body.replace(b"404", b"403"), answer.headers) if answer.status == 404 else answer

    hold.after(is_page, forbidden)


@fault("E-01", "row 60", "E-03")
def errors_are_pages_of_the_web_server(hold: Hold) -> None:
    """What is missing is told by a page of the web server instead of the envelope."""

    def page(_: Call, answer: Answer) -> Answer:
        body = b"<html><head><title>404 Not Found</title></head><body>nginx</body></html>"
        return Answer(404, body, {"Content-Type": "text/html"}) if answer.status == 404 else answer

    hold.after(lambda call: is_page(call) or is_file(call), page)


@fault("U-04", "B-23", "U-02", "U-17")
def addresses_below_a_project_are_its_page(hold: Hold) -> None:
    """Whatever stands below a project's page is answered with the page."""

    def cut(call: Call) -> Call:
        before, simple, rest = call.path.partition("/simple/")
        project, _slash, more = rest.partition("/")
        if not (is_pypi(call) and simple and more):
            return call
        return Call(**{**call.__dict__, "path": f"{before}/simple/{project}/"})

    hold.before(is_pypi, cut)


@fault("U-16", "B-16", "client C12")
def repository_without_simple_is_an_empty_page(hold: Hold) -> None:
    """The repository's address without /simple is an empty page."""

    def empty(call: Call, answer: Answer) -> Answer:
        bare = call.path.rstrip("/").endswith(f"/api/pypi/{key_of(call)}") and call.method == "GET"
        return Answer(200, b"<!DOCTYPE html><html></html>", {"Content-Type": "text/html"}) if bare else answer

    hold.after(is_pypi, empty)


@fault("B-21", "row 59", "U-17")
def error_for_legacy_json_of_locals(hold: Hold) -> None:
    """The legacy JSON of a local's project ends in 500."""

    def refuse(call: Call) -> Call:
        if _is_legacy(call) and kind_asked(hold, call) is RepositoryClass.LOCAL:
            raise RequestRefused(500, "Internal Server Error")
        return call

    hold.before(is_pypi, refuse)


@fault("row 58", "U-17", "B-22")
def legacy_json_of_another_project(hold: Hold) -> None:
    """The legacy JSON of a proxied project is that of another one."""

    def other(call: Call, answer: Answer) -> Answer:
        if answer.status != 200 or not _is_legacy(call) or kind_asked(hold, call) is RepositoryClass.LOCAL:
            return answer
        return Answer(200, b'{"info": {"name": "other", "version": "9"}, "urls": []}', answer.headers, answer.chunked)

    hold.after(is_pypi, other)


@fault("U-17", "B-23")
def error_for_unknown_legacy_json(hold: Hold) -> None:
    """The legacy JSON of a project that nobody has ends in 500."""

    def broken(call: Call, answer: Answer) -> Answer:
        proxied = kind_asked(hold, call) is not RepositoryClass.LOCAL
        return (
            Answer(500, answer.body, answer.headers)
            if _is_legacy(call) and proxied and answer.status == 404
            else answer
        )

    hold.after(is_pypi, broken)


@fault("V-10", "open 11", "U5", "H-05")
def root_pages_of_virtuals_break(hold: Hold) -> None:
    """The root page of a virtual ends in 500."""

    def broken(call: Call) -> Call:
        if kind_asked(hold, call) is RepositoryClass.VIRTUAL and call.path.endswith("/"):
            raise RequestRefused(500, "Internal Server Error")
        return call

    hold.before(is_root, broken)


@fault("U-04", target=("--model-profile", "7.161-pro"))
def versions_below_a_project_are_bad_requests(hold: Hold) -> None:
    """A version below a project's page is 400 instead of 404."""

    def bad(call: Call, answer: Answer) -> Answer:
        below = call.path.partition("/simple/")[2].strip("/").count("/")
        return Answer(400, envelope(400, "Bad Request"), answer.headers) if below and answer.status == 404 else answer

    hold.after(is_pypi, bad)


@fault("U-18", "row 59", "U-17", "release 22", target=("--model-profile", "7.161-pro"))
def legacy_json_with_other_hashes(hold: Hold) -> None:
    """The legacy JSON of a local's project states other hashes than its files have."""

    def other(call: Call, answer: Answer) -> Answer:
        if not _is_legacy(call):
            return answer
        return replace(answer, body=re.sub(rb'"sha256":"[0-9a-f]{8}', b'"sha256":"00000000', answer.body))

    hold.after(is_pypi, other)


def _is_legacy(call: Call) -> bool:
    return call.path.endswith("/json") and f"/api/pypi/{key_of(call)}/pypi/" in call.path
