"""Misses that are remembered wrongly, and remotes that are offline when they should not be, or the other way round."""

from artifactory_conformance.reference.defects.cache import NEWER, with_settings
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import MalformedPage, links_of_catalog_page
from artifactory_conformance.reference.missed import MissedRetrievals
from artifactory_conformance.reference.monitor import OfflineMonitor
from artifactory_conformance.reference.outbound import Outbound, UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.remote import RemoteGate
from artifactory_conformance.reference.remote_files import RemoteFile, RemoteFiles
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.store import Item


@fault("B-44", "M-13", "A37", "REMOTE-11")
def misses_are_remembered_for_ever(hold: Hold) -> None:
    """What the catalog lacked once stays missing when the Missed Retrieval Cache Period is over."""

    def lasting(recall: Method) -> Method:
        def changed(self: MissedRetrievals, remote: Repository, path: str) -> RequestRefused | None:
            period = -1 if remote.number("missedRetrievalCachePeriodSecs") else 0
            refusal: RequestRefused | None = recall(
                self, with_settings(remote, missedRetrievalCachePeriodSecs=period), path
            )
            return refusal

        return changed

    hold.replace(MissedRetrievals, "recall", lasting)


@fault("row 34", "M-05", target=NEWER)
def catalogs_known_to_be_away_are_server_errors(hold: Hold) -> None:
    """Once a catalog is assumed to be offline, what is not cached is a server error."""

    def failing(offline_refusal: Method) -> Method:
        def changed(self: RemoteGate, remote: Repository, path: str) -> RequestRefused | None:
            refusal: RequestRefused | None = offline_refusal(self, remote, path)
            known = refusal is not None and not remote.flag("offline") and not hold.model.offline
            return RequestRefused(500, "Internal Server Error") if known else refusal

        return changed

    hold.replace(RemoteGate, "offline_refusal", failing)


@fault("M-07", "B-44", "B-53", "T38")
def what_broke_off_once_is_gone(hold: Hold) -> None:
    """What broke off in the middle once counts as gone, and the catalog is not asked for it any more."""
    gone: set[tuple[str, str]] = set()

    def once(ask: Method) -> Method:
        def changed(self: Outbound, remote: Repository, method: str, url: str, *more: object) -> UpstreamAnswer:
            if (remote.key, url) in gone:
                raise UpstreamUnreachable(url, "Premature end of the message body")
            try:
                answer: UpstreamAnswer = ask(self, remote, method, url, *more)
            except UpstreamUnreachable as failure:
                if "Premature end" in str(failure):
                    gone.add((remote.key, url))
                raise
            return answer

        return changed

    hold.replace(Outbound, "ask", once)


@fault("M-01", "TROUBLE-08", "E-03")
def missing_files_are_server_errors(hold: Hold) -> None:
    """A file that the catalog does not have is a server error."""

    def failing(refusal_of: Method) -> Method:
        def changed(self: RemoteFiles, remote: Repository, answer: UpstreamAnswer, call: Call) -> RequestRefused | None:
            if answer.status == 404:
                return RequestRefused(500, "Internal Server Error")
            refusal: RequestRefused | None = refusal_of(self, remote, answer, call)
            return refusal

        return changed

    hold.replace(RemoteFiles, "_info_refusal", failing)


@fault("M-04", "row 34", "TROUBLE-08", "T38")
def unreachable_catalogs_are_server_errors(hold: Hold) -> None:
    """While the catalog cannot be reached, what is not cached is a server error, also where other members could do."""

    def failing(_: Method) -> Method:
        return lambda _, __, failure: RequestRefused(500, str(failure))

    hold.replace(RemoteGate, "unreachable", failing)


@fault("M-06", "row 36")
def offline_remotes_ask_the_catalog(hold: Hold) -> None:
    """A remote that is set offline goes on asking the catalog for what is not cached."""

    def asking(refusal_of: Method) -> Method:
        def changed(self: RemoteGate, remote: Repository, path: str) -> RequestRefused | None:
            refusal: RequestRefused | None = refusal_of(self, with_settings(remote, offline=False), path)
            return refusal

        return changed

    hold.replace(RemoteGate, "offline_refusal", asking)


@fault("M-05", "row 34", target=NEWER)
def a_catalog_is_never_assumed_offline(hold: Hold) -> None:
    """The catalog is asked again for each request, however often it could not be reached."""
    hold.replace(OfflineMonitor, "fault", lambda _: lambda *_: None)


@fault("M-05", "row 30", "T38", "C-03", "row 28", "TROUBLE-07")
def an_absent_catalog_hides_the_cache(hold: Hold) -> None:
    """While the catalog is assumed to be offline, nothing is served, not even what is cached."""

    def hiding(check: Method) -> Method:
        def changed(self: RemoteGate, remote: Repository, path: str, call: Call) -> None:
            check(self, remote, path, call)
            if hold.model.monitor.is_offline(remote):
                raise RequestRefused(404, f"{remote.key}: is assumed offline")

        return changed

    hold.replace(RemoteGate, "check_before_cache", hiding)


@fault("release 21", "row 35", "T38", target=NEWER)
def remotes_stay_assumed_offline(hold: Hold) -> None:
    """A remote that was assumed to be offline stays so when the catalog is back, until its configuration is saved."""
    hold.replace(OfflineMonitor, "is_offline", lambda _: lambda self, remote: self.assumed_offline(remote.key))


@fault("TROUBLE-04", "C-01")
def refused_credentials_hide_the_cache(hold: Hold) -> None:
    """While the catalog refuses the remote's credentials, what is cached is not served either."""
    refused: set[str] = set()

    def watching(ask: Method) -> Method:
        def changed(self: RemoteGate, remote: Repository, *more: object, **named: object) -> UpstreamAnswer:
            answer: UpstreamAnswer = ask(self, remote, *more, **named)
            (refused.add if answer.status == 401 else refused.discard)(remote.key)
            return answer

        return changed

    def hiding_pages(from_cache: Method) -> Method:
        def changed(self: RemoteIndex, remote: Repository, path: str, call: Call) -> Item | None:
            page: Item | None = from_cache(self, remote, path, call)
            return _unless_refused(remote, page)

        return changed

    def hiding_files(info: Method) -> Method:
        def changed(self: RemoteFiles, remote: Repository, upstream_path: str, call: Call) -> RemoteFile:
            found: RemoteFile = info(self, remote, upstream_path, call)
            _unless_refused(remote, found.stored)
            return found

        return changed

    def _unless_refused(remote: Repository, item: Item | None) -> Item | None:
        if item is not None and remote.key in refused:
            raise RequestRefused(404, "Not Found")
        return item

    hold.replace(RemoteGate, "ask", watching)
    hold.replace(RemoteIndex, "_from_cache", hiding_pages)
    hold.replace(RemoteFiles, "info", hiding_files)


@fault("T06", "row 6", "C-02")
def files_that_are_gone_are_looked_for_by_name(hold: Hold) -> None:
    """For a file that the catalog no longer has at its link, the one that has its name by now is fetched."""

    def looking(info: Method) -> Method:
        def changed(self: RemoteFiles, remote: Repository, upstream_path: str, call: Call) -> RemoteFile:
            try:
                found: RemoteFile = info(self, remote, upstream_path, call)
            except RequestRefused:
                if remote.flag("offline"):
                    raise
                elsewhere = _path_by_name(hold, remote, upstream_path)
                if elsewhere in ("", upstream_path):
                    raise
                found = info(self, remote, elsewhere, call)
            return found

        return changed

    hold.replace(RemoteFiles, "info", looking)


def _path_by_name(hold: Hold, remote: Repository, upstream_path: str) -> str:
    """Where the catalog's page has a file of this name by now; empty if nowhere."""
    name = upstream_path.rpartition("/")[2]
    project = name.partition("-")[0].lower().replace("_", "-")
    try:
        page = hold.model.outbound.ask(remote, "GET", f"{remote.index_url}/{project}/")
        links = links_of_catalog_page(page.body.decode("utf-8", "replace"), page.url, remote, hold.model.switches)
    except (UpstreamUnreachable, MalformedPage):
        return ""
    return next((link.path for link in links if link.filename == name), "") if page.status == 200 else ""
