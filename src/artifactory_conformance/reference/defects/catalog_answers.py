"""What the catalog answers, taken for what it is not or told to whom it is no business of."""

import json
from dataclasses import replace
from email.message import Message
from urllib.parse import unquote

from artifactory_conformance.reference import links
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import FileLink, storage_path
from artifactory_conformance.reference.logs import Logs
from artifactory_conformance.reference.outbound import Outbound, UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.remote_files import RemoteFile, RemoteFiles
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.rest_connection import ConnectionRest
from artifactory_conformance.reference.store import Item


def _credentials(remote: Repository) -> str:
    return f"{remote.text('username')}:{remote.password}"


@fault("M-02", "M-01", "row 32", "row 33", "E-03", "TROUBLE-08")
def refusals_tell_the_catalogs_password(hold: Hold) -> None:
    """What the catalog refuses is not found, with a text that holds the remote's credentials."""

    def telling(refusal_of: Method) -> Method:
        def changed(self: object, remote: Repository, *more: object, **named: object) -> RequestRefused | None:
            refusal: RequestRefused | None = refusal_of(self, remote, *more, **named)
            asked = next((one for one in more if isinstance(one, UpstreamAnswer)), None)
            if refusal is None or asked is None or asked.status < 400:
                return refusal
            return type(refusal)(refusal.status, f"{refusal.message} ({_credentials(remote)})", refusal.headers)

        return changed

    hold.replace(RemoteIndex, "_miss", telling)
    hold.replace(RemoteFiles, "_info_refusal", telling)


@fault("M-04", "row 34", "E-03", "M-07")
def failures_tell_the_catalogs_password(hold: Hold) -> None:
    """While the catalog cannot be reached, nothing is found, and the text says so with the remote's credentials."""

    def telling(ask: Method) -> Method:
        def changed(self: Outbound, remote: Repository, *more: object) -> UpstreamAnswer:
            try:
                answer: UpstreamAnswer = ask(self, remote, *more)
            except UpstreamUnreachable as failure:
                raise UpstreamUnreachable(failure.url, f"no answer to {_credentials(remote)}") from failure
            return answer

        return changed

    hold.replace(Outbound, "ask", telling)


@fault("T40", "E-03")
def the_log_tells_the_catalogs_password(hold: Hold) -> None:
    """The log says with which credentials the catalog was asked."""

    def telling(logged: Method) -> Method:
        def changed(self: Outbound, remote: Repository, *more: object) -> object:
            hold.model.logs.tell("HttpRepo", f"{remote.key} asks as {_credentials(remote)}")
            return logged(self, remote, *more)

        return changed

    hold.replace(Outbound, "_logged", telling)


@fault("F2", "TROUBLE-01", "admin 6")
def requests_to_catalogs_are_not_logged(hold: Hold) -> None:
    """Requests to catalogs leave no line in a log."""
    hold.replace(Logs, "outbound", lambda _: lambda *_: None)


@fault("TROUBLE-01", "admin 6", "M-04")
def failures_are_not_logged(hold: Hold) -> None:
    """Connections to catalogs that do not come about leave no word in the log."""

    def silent(complain: Method) -> Method:
        return lambda self, source, message: None if source == "HttpRepo" else complain(self, source, message)

    hold.replace(Logs, "complain", silent)


@fault("TROUBLE-02", "admin 4.1", "TEST-02", "TEST-03", "TEST-04")
def test_is_always_green(hold: Hold) -> None:
    """The Test button says of every address and password that it has connected."""

    def green(_: Method) -> Method:
        def changed(_: ConnectionRest, call: Call) -> Answer:
            hold.model.access.require_admin(call.caller)
            return as_json({"info": "Successfully connected to server"})

        return changed

    hold.replace(ConnectionRest, "test", green)


@fault("M-03", "A17", "A57")
def error_pages_of_downloads_are_kept_as_files(hold: Hold) -> None:
    """The page of an error that the catalog answers a download with is kept as the file."""

    def keeping(download: Method) -> Method:
        def changed(self: RemoteFiles, found: RemoteFile, call: Call) -> UpstreamAnswer:
            try:
                answer: UpstreamAnswer = download(self, found, call)
            except RequestRefused as refusal:
                try:
                    error = hold.model.outbound.ask(found.remote, "GET", found.url)
                except UpstreamUnreachable:
                    raise refusal from None
                return replace(error, status=200)
            return answer

        return changed

    hold.replace(RemoteFiles, "_download", keeping)


@fault("open 29", "R-12")
def errors_in_json_are_taken_for_pages(hold: Hold) -> None:
    """Whatever JSON the catalog gives is taken for a page, if something in it looks like a list of files."""

    def lenient(files: Method) -> Method:
        def changed(text: str) -> object:
            return json.loads(text)["files"] if text.lstrip().startswith("{") else files(text)

        return changed

    hold.replace(links, "_files", lenient)


@fault("M-17", "A35")
def renamed_files_are_not_found(hold: Hold) -> None:
    """A file to which the catalog gives another name is not found under its own."""

    def misled(info: Method) -> Method:
        def changed(self: RemoteFiles, remote: Repository, upstream_path: str, call: Call) -> RemoteFile:
            found: RemoteFile = info(self, remote, upstream_path, call)
            told = Message()
            told["Content-Disposition"] = (
                found.described.headers.get("Content-Disposition", "") if found.described else ""
            )
            if told.get_filename() not in (None, upstream_path.rpartition("/")[2]):
                raise RequestRefused(404, "Not Found")
            return found

        return changed

    hold.replace(RemoteFiles, "info", misled)


@fault("M-08", "row 6", "H-12", "T06")
def pages_take_the_hash_of_what_is_cached(hold: Hold) -> None:
    """A page states the hash of the file as it lies in the cache, whatever the catalog's page says."""

    def adapting(links_of: Method) -> Method:
        def changed(self: RemoteIndex, page: Item, remote: Repository) -> list[FileLink]:
            return [_adapted(hold, remote, link) for link in links_of(self, page, remote)]

        return changed

    hold.replace(RemoteIndex, "_links_of", adapting)


def _adapted(hold: Hold, remote: Repository, link: FileLink) -> FileLink:
    stored = hold.model.store.get(remote.cache_key, storage_path(unquote(link.path)))
    return link if stored is None else replace(link, hashes={"sha256": stored.sha256})
