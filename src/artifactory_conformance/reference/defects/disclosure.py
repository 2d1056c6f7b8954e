"""What belongs to the catalog's side, told to clients."""

from base64 import b64encode
from collections.abc import Iterator

from artifactory_conformance.reference.defects.answers import with_header, with_text
from artifactory_conformance.reference.defects.calls import is_file, is_page, is_pypi, key_of
from artifactory_conformance.reference.errors import envelope
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.repositories import Repository, RepositoryClass


def _remotes(hold: Hold, call: Call) -> Iterator[Repository]:
    asked = hold.model.repositories.get(key_of(call))
    if asked is not None and asked.kind is RepositoryClass.VIRTUAL:
        yield from (one for one in hold.model.repositories.real_members(asked, "") if one.url)
    elif asked is not None and asked.url:
        yield asked


@fault("row 9", "U-06", "T13")
def headers_name_the_catalog(hold: Hold) -> None:
    """Files say in a header which address of the catalog they came from."""

    def named(call: Call, answer: Answer) -> Answer:
        remote = next(_remotes(hold, call), None)
        return with_header(answer, "X-Upstream", remote.url) if remote and answer.status == 200 else answer

    hold.after(is_file, named)


@fault("U-06", "row 9", "T13")
def pages_name_the_catalog(hold: Hold) -> None:
    """A project page says in a comment which page of the catalog it was made of."""

    def named(call: Call, answer: Answer) -> Answer:
        remote = next(_remotes(hold, call), None)
        comment = f"<!-- {remote.url} --></body>" if remote else "</body>"
        return with_text(answer, lambda text: text.replace("</body>", comment))

    hold.after(is_page, named)


@fault("E-03", "row 9", "C-06")
def files_tell_the_catalogs_credentials(hold: Hold) -> None:
    """Files say in a header with which credentials the catalog was asked."""

    def told(call: Call, answer: Answer) -> Answer:
        remote = next(_remotes(hold, call), None)
        if remote is None or answer.status != 200 or not remote.text("username"):
            return answer
        pair = f"{remote.text('username')}:{remote.password}".encode()
        return with_header(answer, "X-Upstream-Authorization", f"Basic {b64encode(pair).decode()}")

    hold.after(is_file, told)


@fault("M-03", "E-03", "row 9", "M-01", "M-04", "M-11", "M-15", "TROUBLE-08", "PERM-10", "R-12")
def errors_tell_the_catalogs_credentials(hold: Hold) -> None:
    """The words of errors end in the catalog's URL with user and password."""

    def failed(call: Call, answer: Answer) -> Answer:
        remote = next(_remotes(hold, call), None)
        if remote is None or answer.status < 400 or not remote.text("username"):
            return answer
        url = remote.url.replace("://", f"://{remote.text('username')}:{remote.password}@")
        told = envelope(answer.status, f"Failed retrieving resource from {url}")
        return Answer(answer.status, told, answer.headers, answer.chunked)

    hold.after(is_pypi, failed)
