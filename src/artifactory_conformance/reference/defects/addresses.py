"""Addresses of pages that lead astray: without the final slash, in other spellings, from the root page."""

import re
from dataclasses import replace

from packaging.utils import canonicalize_name

from artifactory_conformance.reference import metadata
from artifactory_conformance.reference.defects.answers import with_header, with_text
from artifactory_conformance.reference.defects.calls import is_page, is_root, kind_asked, project_asked
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.pypi import PackageFront
from artifactory_conformance.reference.repositories import RepositoryClass


@fault("B-15", "row 3", "U-02", "T28", "release 2")
def pages_without_their_slash(hold: Hold) -> None:
    """A page comes without its final slash as well, where its links lead a folder too high."""

    def completed(call: Call) -> Call:
        return call if call.path.endswith("/") else replace(call, path=call.path + "/")

    hold.before(is_page, completed)


@fault("U-03", "B-38", "U-02", "T28", "release 27", "open 28", "client C13", "T13", "H-05", "B-37")
def redirects_to_the_inner_port(hold: Hold) -> None:
    """The redirect of a page to its final slash leads to the port behind the reverse proxy."""

    def inside(_: Call, answer: Answer) -> Answer:
        location = re.sub(r"^https?://([^/:]+)(:\d+)?/", r"http://\1:8081/", answer.headers.get("Location", ""))
        return with_header(answer, "Location", location) if location else answer

    hold.after(is_page, inside)


@fault("release 2", "client C13", "U-01", "U-02")
def index_redirects_to_plain_http(hold: Hold) -> None:
    """/simple redirects to an address of plain http without the port, as in 6.14."""

    def plain(call: Call, answer: Answer) -> Answer:
        host = call.origin.partition("://")[2].partition(":")[0]
        return with_header(answer, "Location", f"http://{host}{call.path}/") if answer.status == 302 else answer

    hold.after(is_root, plain)


@fault("N-01", "T28")
def dots_in_names_kept(hold: Hold) -> None:
    """Projects of locals whose names have a dot are indexed under the name with the dot."""

    def made(original: Method) -> Method:
        def properties(headers: dict[str, str]) -> dict[str, str]:
            found: dict[str, str] = original(headers)
            kept = "." in found.get("pypi.name", "")
            return {**found, "pypi.normalized.name": found["pypi.name"].lower()} if kept else found

        return properties

    hold.replace(metadata, "_properties", made)


@fault("N-03", "T28", "open 10")
def spellings_lose_their_separators(hold: Hold) -> None:
    """A project's name in another spelling is looked up without its hyphens, dots and underscores."""

    def squashed(call: Call) -> Call:
        name = project_asked(call)
        if name == canonicalize_name(name):
            return call
        before, _, after = call.path.rpartition(name)
        return replace(call, path=before + re.sub(r"[-_.]", "", name).lower() + after)

    hold.before(is_page, squashed)


@fault("N-02", "U-13")
def pages_cached_as_they_are_spelled(hold: Hold) -> None:
    """A page is cached under the spelling of the request."""
    hold.replace(PackageFront, "_project", lambda _: lambda _, name: name)


@fault("B-36", "row 22", "H-06", "H-05")
def requires_python_in_the_text_of_root_links(hold: Hold) -> None:
    """On root pages the text of a link goes on with the project's requires-python."""

    def leaking(text: str) -> str:
        anchor = r'(data-requires-python="([^"]+)" rel="internal">[^<]+)</a>'
        return re.sub(anchor, r"\1 data-requires-python=&quot;\2&quot;</a>", text)

    hold.after(is_root, lambda _, answer: with_text(answer, leaking))


@fault("ACCESS-08", "U16", "row 4", "U-05", "T12", "E-01", "E-03", "REMOTE-04", "VIRTUAL-03", "T02", "ladder E4")
def unknown_projects_offer_a_file(hold: Hold) -> None:
    """A project that the catalog does not offer has a page with a file, as if a public index had been asked."""

    def invented(call: Call, answer: Answer) -> Answer:
        missing = answer.status == 404 and b'"Not Found"' in answer.body  # and not out of reach, or failing
        if not missing or kind_asked(hold, call) is not RepositoryClass.REMOTE:
            return answer
        file = f"{project_asked(call).replace('-', '_')}-1.0-py3-none-any.whl"
        page = f'<!DOCTYPE html>\n<html><body><a href="../../packages/{file}">{file}</a></body></html>'
        return Answer(200, page.encode(), {"Content-Type": "text/html"})

    hold.after(is_page, invented)


@fault("T32", "U-03", "client C13", "T13", "T28", "U-02", "H-05", target=("--tls",))
def redirects_to_plain_http(hold: Hold) -> None:
    """Behind https, redirects of pages lead to plain http, as if nobody had told of the proxy."""

    def plain(_: Call, answer: Answer) -> Answer:
        location = answer.headers.get("Location", "")
        return with_header(answer, "Location", location.replace("https:", "http:")) if location else answer

    hold.after(is_page, plain)
