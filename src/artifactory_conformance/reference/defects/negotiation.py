"""Broken negotiation of HTML and JSON, and broken JSON pages (PEP 691)."""

import json
from collections.abc import Callable
from typing import Any

from mousebender.simple import from_project_details_html

from artifactory_conformance.reference.defects.calls import is_page, kind_asked, project_asked, takes_json_alone
from artifactory_conformance.reference.defects.installing import PIP
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.page_answers import JSON_TYPE, accepts
from artifactory_conformance.reference.repositories import RepositoryClass


def _as_json(call: Call, answer: Answer, change: Callable[[dict[str, Any]], object] = lambda _: None) -> Answer:
    """The same page in JSON, with something changed in it; what is no page stays as it is."""
    if answer.status != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return answer
    page: dict[str, Any] = dict(from_project_details_html(answer.body.decode(), project_asked(call)))
    for file in page["files"]:
        file["url"] = file["url"].partition("#")[0]
    change(page)
    return Answer(200, json.dumps(page).encode(), {**answer.headers, "Content-Type": JSON_TYPE}, answer.chunked)


@fault(
    *("row 19", "J-03", "J-02", "CLIENT-01", "U-01", "B-09", "B-10", "I-02", "I-05", "I-06", "H-05", "U-02"),
)
def json_for_whoever_takes_anything(hold: Hold) -> None:
    """A client that takes anything gets a project page in JSON."""

    def in_json(call: Call, answer: Answer) -> Answer:
        return _as_json(call, answer) if call.header("accept") == "*/*" else answer

    hold.after(is_page, in_json)


@fault("B-18", "J-04", "J-06", "J-01", "row 19", *PIP)
def no_json_of_what_is_proxied(hold: Hold) -> None:
    """A project that is proxied is 404 to whoever prefers JSON, as pip and uv do."""

    def missing(call: Call) -> Call:
        if kind_asked(hold, call) is not RepositoryClass.LOCAL and accepts(call.header("accept"))[0]:
            raise RequestRefused(404, "Not Found")
        return call

    hold.before(is_page, missing)


@fault("J-05", "row 20", "T29", "B-19")
def json_without_requires_python(hold: Hold) -> None:
    """A page in JSON does not tell which Python its files want."""

    def stripped(page: dict[str, Any]) -> None:
        for file in page["files"]:
            file.pop("requires-python", None)

    hold.after(takes_json_alone, lambda call, answer: _as_json(call, answer, stripped))


@fault("J-07", "J-01", "B-20")
def json_of_a_version_that_it_does_not_keep(hold: Hold) -> None:
    """A page in JSON calls itself version 1.1 and gives neither sizes nor versions."""
    hold.after(
        takes_json_alone,
        lambda call, answer: _as_json(call, answer, lambda page: page["meta"].update({"api-version": "1.1"})),
    )
