"""Broken answers that carry a file, or should."""

import gzip
import hashlib
from base64 import b64decode
from dataclasses import replace
from email.utils import formatdate, parsedate_to_datetime
from urllib.parse import quote

from artifactory_conformance.reference.defects.answers import with_header
from artifactory_conformance.reference.defects.calls import is_file, is_stored, key_of, kind_asked
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.repositories import RepositoryClass

_SUFFIXES = (".sha256", ".sha1", ".md5")


def _is_distribution(call: Call) -> bool:
    return is_file(call) and call.path.endswith((".whl", ".tar.gz"))


@fault("row 10", "T06", "T09", "client C21", "ACCESS-07", "TROUBLE-11", "CLIENT-10", "T-08", "T18", "V-01")
def sdists_unpacked_on_the_way(hold: Hold) -> None:
    """A tar.gz is taken for a tar that was compressed for the way, and comes unpacked."""

    def unpacked(call: Call, answer: Answer) -> Answer:
        if answer.status != 200 or call.method != "GET" or not call.path.endswith(".tar.gz"):
            return answer
        return replace(answer, body=gzip.decompress(answer.body))

    hold.after(is_file, unpacked)


@fault("T33", "F-08", "release 17", "row 9", "CLIENT-07", "CLIENT-14")
def object_store_addresses_with_the_password(hold: Hold) -> None:
    """Downloads are redirected to signed addresses that hold the client's own user and password."""

    def sent_away(call: Call, answer: Answer) -> Answer:
        signed = call.header("authorization").partition("Basic ")[2]
        if answer.status != 200 or call.method != "GET" or not signed or "signature" in call.query:
            return answer
        user, _, password = b64decode(signed).decode().partition(":")
        location = f"{call.origin}{quote(call.path)}?signature=1&user={quote(user)}&password={quote(password)}"
        return Answer(302, b"", {"Location": location})

    hold.after(_is_distribution, sent_away)


@fault("F-01", "row 12", "A65")
def tags_of_files_quoted(hold: Hold) -> None:
    """The ETag of a file is its SHA-1 in quotes."""

    def quoted(_: Call, answer: Answer) -> Answer:
        tag = answer.headers.get("ETag", "")
        return with_header(answer, "ETag", f'"{tag}"') if tag else answer

    hold.after(is_file, quoted)


@fault("row 11", "F-01", "A65", "ACCESS-06")
def checksum_headers_of_nothing(hold: Hold) -> None:
    """The header with a file's sha256 has that of an empty file."""

    def emptied(_: Call, answer: Answer) -> Answer:
        told = "X-Checksum-Sha256" in answer.headers
        return with_header(answer, "X-Checksum-Sha256", hashlib.sha256().hexdigest()) if told else answer

    hold.after(is_file, emptied)


@fault("F-10", "release 7", "F-01")
def plus_in_saved_names_lost(hold: Hold) -> None:
    """The name that a file is to be saved under has blanks in place of `+`."""

    def blank(_: Call, answer: Answer) -> Answer:
        told = answer.headers.get("Content-Disposition", "")
        return with_header(answer, "Content-Disposition", told.replace("+", " ")) if told else answer

    hold.after(is_file, blank)


@fault("TROUBLE-11", "B-50", "F-10", "row 10", "row 40")
def plus_in_paths_decoded_as_a_blank(hold: Hold) -> None:
    """`+` in the path of a file is read as a blank, and the file is missing."""

    def missing(call: Call) -> Call:
        if "+" in call.path:
            raise RequestRefused(404, f"Could not find {call.path.replace('+', ' ')}")
        return call

    hold.before(is_file, missing)


@fault("F-04", "release 3")
def dates_not_in_gmt(hold: Hold) -> None:
    """Last-Modified of a file is not in GMT, as in 7.3."""

    def local(_: Call, answer: Answer) -> Answer:
        told = answer.headers.get("Last-Modified", "")
        date = formatdate(parsedate_to_datetime(told).timestamp()) if told else ""
        return with_header(answer, "Last-Modified", date) if told else answer

    hold.after(is_file, local)


@fault("F-05", "row 15", "T31", "CLIENT-10", "CLIENT-14", "T25", "B-14")
def head_of_files_without_their_length(hold: Hold) -> None:
    """HEAD of a file says that it has no bytes."""

    def empty(call: Call, answer: Answer) -> Answer:
        if call.method != "HEAD" or answer.status != 200:
            return answer
        return with_header(answer, "Content-Length", "0")

    hold.after(_is_distribution, empty)


@fault("A14", "F-05", "row 15", "B15")
def head_of_uncached_files_is_a_miss(hold: Hold) -> None:
    """HEAD of a file that nobody has cached is 404."""

    def missing(call: Call) -> Call:
        if call.method == "HEAD" and not is_stored(hold, call.path.rpartition("/")[2]):
            raise RequestRefused(404, "Not Found")
        return call

    hold.before(_is_distribution, missing)


@fault("U-20", "B-51", "A70")
def checksum_files_with_another_sum(hold: Hold) -> None:
    """The checksum beside a file is that of the text of its path."""

    def other(call: Call, answer: Answer) -> Answer:
        name = call.path.rpartition(".")[2]
        if answer.status != 200 or not call.path.endswith(_SUFFIXES):
            return answer
        digest = hashlib.new(name, call.path.encode(), usedforsecurity=False).hexdigest()
        return replace(answer, body=digest.encode())

    hold.after(is_file, other)


@fault("A71", "U-20", "B-51")
def asking_for_a_checksum_hides_the_file(hold: Hold) -> None:
    """A file whose checksum is asked for before it is cached is missing from then on."""
    hidden: set[str] = set()

    def missing(call: Call) -> Call:
        name = call.path.rpartition("/")[2]
        if name.endswith(_SUFFIXES) and not is_stored(hold, name.rpartition(".")[0]):
            hidden.add(name.rpartition(".")[0])
        if name in hidden:
            raise RequestRefused(404, "Not Found")
        return call

    hold.before(is_file, missing)


@fault("B-27", "row 8", "U-09", "U-10", "B-13", "B-50", "N-01", "T-02", "T-03")
def links_to_local_files_lead_nowhere(hold: Hold) -> None:
    """The links of a local's pages, which have `packages/` before the path, are 404."""

    def missing(call: Call) -> Call:
        prefixed = call.path.startswith(f"/artifactory/api/pypi/{key_of(call)}/packages/")
        if prefixed and call.method == "GET" and kind_asked(hold, call) is RepositoryClass.LOCAL:
            raise RequestRefused(404, "Not Found")
        return call

    hold.before(is_file, missing)


@fault("U-07", "row 7", "U-08", "R-01")
def doubled_packages_stripped_twice(hold: Hold) -> None:
    """Both `packages/` of a link to a file of public PyPI's layout are taken off, and the file is missing."""
    public = "/packages/packages/"

    def missing(call: Call) -> Call:
        first, _, _ = call.path.partition(public)[2].partition("/")
        if public in call.path and len(first) == 2:
            raise RequestRefused(404, "Not Found")
        return call

    hold.before(is_file, missing)


@fault(
    *("E-03", "row 60", "TROUBLE-05", "TROUBLE-08", "P-06", "C-08"),
    *("M-01", "M-03", "M-04", "M-06", "M-11", "T33", "T06"),
)
def missing_files_are_a_friendly_page(hold: Hold) -> None:
    """A file that is missing is answered by a page with status 200."""

    def friendly(_: Call, answer: Answer) -> Answer:
        if answer.status != 404:
            return answer
        return Answer(200, b"<html><body>This file is not here.</body></html>", {"Content-Type": "text/html"})

    hold.after(_is_distribution, friendly)


@fault("U-11", "D3", "A101")
def keys_of_caches_cannot_be_asked(hold: Hold) -> None:
    """What is cached cannot be downloaded under the cache's key."""

    def missing(_: Call) -> Call:
        raise RequestRefused(404, "Not Found")

    hold.before(lambda call: call.method == "GET" and "-cache/" in call.path and "/api/" not in call.path, missing)


@fault("TROUBLE-11", "T06", "CLIENT-10", "T-04", "T18", "V-01")
def wheel_and_sdist_of_a_version_mixed_up(hold: Hold) -> None:
    """Of wheel and sdist of one version the one that is asked for later comes as the earlier one."""
    earlier: dict[str, tuple[str, bytes]] = {}

    def mixed_up(call: Call, answer: Answer) -> Answer:
        if answer.status != 200 or call.method != "GET":
            return answer
        name = call.path.rpartition("/")[2]
        version = key_of(call) + "-".join(name.removesuffix(".tar.gz").split("-")[:2])
        first, body = earlier.setdefault(version, (name, answer.body))
        return replace(answer, body=body) if first.endswith(".whl") != name.endswith(".whl") else answer

    hold.after(_is_distribution, mixed_up)
