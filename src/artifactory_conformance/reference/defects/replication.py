"""What goes wrong when one Artifactory gets its packages from another."""

from dataclasses import replace

from artifactory_conformance.reference.defects.calls import is_pypi
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.outbound import UpstreamAnswer
from artifactory_conformance.reference.remote_files import RemoteFile, RemoteFiles
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.store import Item

PART = 65_536
"""Bytes that are taken at a time."""


@fault("REPL-01", "R-06")
def other_sites_are_taken_for_a_circle(hold: Hold) -> None:
    """Whatever another Artifactory asks for is refused as if it had come round in a circle."""

    def refuse(_: Call) -> Call:
        raise RequestRefused(404, "Recursive call detected. Returning nothing.")

    hold.before(lambda call: is_pypi(call) and bool(call.originators), refuse)


@fault("REPL-02", "row 25")
def other_sites_are_not_served_from_the_cache(hold: Hold) -> None:
    """For a page that another Artifactory asks for the catalog is asked, whatever is cached."""

    def passing_by(from_cache: Method) -> Method:
        def changed(self: RemoteIndex, remote: Repository, path: str, call: Call) -> Item | None:
            page: Item | None = from_cache(self, remote, path, call)
            return None if call.originators else page

        return changed

    hold.replace(RemoteIndex, "_from_cache", passing_by)


@fault("REPL-03", "row 10")
def long_files_of_other_sites_lose_their_end(hold: Hold) -> None:
    """Of a long file that comes from another Artifactory the first part alone is kept, whatever its checksums say."""

    def cutting(download: Method) -> Method:
        def changed(self: RemoteFiles, found: RemoteFile, call: Call) -> UpstreamAnswer:
            answer: UpstreamAnswer = download(self, found, call)
            if "X-Artifactory-Id" not in answer.headers:
                return answer
            headers = {name: value for name, value in answer.headers.items() if not name.startswith("X-Checksum")}
            return replace(answer, body=answer.body[:PART], headers=headers)

        return changed

    hold.replace(RemoteFiles, "_download", cutting)
