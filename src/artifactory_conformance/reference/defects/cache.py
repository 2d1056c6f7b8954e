"""Caches that keep pages and files for the wrong time."""

from dataclasses import replace

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.local import LocalPackages
from artifactory_conformance.reference.outbound import UpstreamUnreachable
from artifactory_conformance.reference.remote_files import RemoteFile, RemoteFiles
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.store import Item

NEWER = ("--model-profile", "7.161-pro")
"""How remotes go offline and come back is known from there on."""

DAY = 24 * 3600.0

DEFAULT_PERIOD = 7200
"""Seconds of the Retrieval Cache Period that the guide keeps."""


def with_settings(remote: Repository, **changed: object) -> Repository:
    """A repository as it would be with other settings."""
    return replace(remote, settings={**remote.settings, **changed})


@fault("C-01", "row 24")
def files_age_like_pages(hold: Hold) -> None:
    """A cached file that is older than the Retrieval Cache Period is fetched from the catalog again."""

    def aging(info: Method) -> Method:
        def changed(self: RemoteFiles, remote: Repository, upstream_path: str, call: Call) -> RemoteFile:
            store, path = hold.model.store, remote.stored_at(upstream_path)
            stored = store.get(remote.cache_key, path)
            period = remote.number("retrievalCachePeriodSecs")
            if stored is not None and hold.model.clock.now() - stored.created >= period:
                store.remove(remote.cache_key, path)
            found: RemoteFile = info(self, remote, upstream_path, call)
            return found

        return changed

    hold.replace(RemoteFiles, "info", aging)


@fault("row 30", "row 24", "C-01", "ACCESS-04", "TROUBLE-07", "T38")
def cached_files_are_checked_at_the_catalog(hold: Hold) -> None:
    """A cached file is served only if the catalog, asked by HEAD each time, still has it."""

    def checking(info: Method) -> Method:
        def changed(self: RemoteFiles, remote: Repository, upstream_path: str, call: Call) -> RemoteFile:
            found: RemoteFile = info(self, remote, upstream_path, call)
            if found.stored is None or remote.flag("offline"):
                return found
            try:
                status = hold.model.outbound.ask(remote, "HEAD", found.url).status
            except UpstreamUnreachable as failure:
                raise RequestRefused(404, str(failure)) from failure
            if status != 200:
                raise RequestRefused(404, "Not Found")
            return found

        return changed

    hold.replace(RemoteFiles, "info", checking)


@fault("T06", "row 6", "C-01", "C-02")
def files_are_cached_by_their_names(hold: Hold) -> None:
    """A file comes from the cache by its name alone, whatever the path that its link leads to."""

    def by_name(info: Method) -> Method:
        def changed(self: RemoteFiles, remote: Repository, upstream_path: str, call: Call) -> RemoteFile:
            name = upstream_path.rpartition("/")[2]
            stored = [item for item in hold.model.store.below(remote.cache_key, "") if item.name == name]
            found: RemoteFile = info(self, remote, stored[0].path if stored else upstream_path, call)
            return found

        return changed

    hold.replace(RemoteFiles, "info", by_name)


@fault("BEST-05", "C-01")
def long_periods_overflow(hold: Hold) -> None:
    """A Retrieval Cache Period whose milliseconds do not fit into 32 bits counts as over."""

    def overflowing(is_fresh: Method) -> Method:
        def changed(self: RemoteIndex, remote: Repository, page: Item) -> bool:
            fits = remote.number("retrievalCachePeriodSecs") * 1000 < 1 << 31
            return fits and bool(is_fresh(self, remote, page))

        return changed

    hold.replace(RemoteIndex, "_is_fresh", overflowing)


@fault("C-01", "BEST-05")
def a_period_of_0_is_the_default(hold: Hold) -> None:
    """A Retrieval Cache Period of 0 counts as none that is given, and the default holds."""

    def defaulting(is_fresh: Method) -> Method:
        def changed(self: RemoteIndex, remote: Repository, page: Item) -> bool:
            period = remote.number("retrievalCachePeriodSecs") or DEFAULT_PERIOD
            return bool(is_fresh(self, with_settings(remote, retrievalCachePeriodSecs=period), page))

        return changed

    hold.replace(RemoteIndex, "_is_fresh", defaulting)


@fault("REMOTE-10", "BEST-05", "C-02", "row 26", "T37", "T38", "B-44")
def periods_are_taken_for_minutes(hold: Hold) -> None:
    """A page stays for as many minutes as its Retrieval Cache Period has seconds."""

    def lasting(is_fresh: Method) -> Method:
        def changed(self: RemoteIndex, remote: Repository, page: Item) -> bool:
            period = 60 * remote.number("retrievalCachePeriodSecs")
            return bool(is_fresh(self, with_settings(remote, retrievalCachePeriodSecs=period), page))

        return changed

    hold.replace(RemoteIndex, "_is_fresh", lasting)


@fault("release 20", "BEST-05", "T37", "REMOTE-14")
def periods_hold_from_the_first_page_on(hold: Hold) -> None:
    """A cached page keeps the Retrieval Cache Period that held when it was first served from the cache."""
    periods: dict[tuple[str, str], int] = {}

    def lasting(is_fresh: Method) -> Method:
        def changed(self: RemoteIndex, remote: Repository, page: Item) -> bool:
            now = remote.number("retrievalCachePeriodSecs")
            period = periods.setdefault((page.repository, page.path), now)
            return bool(is_fresh(self, with_settings(remote, retrievalCachePeriodSecs=period), page))

        return changed

    hold.replace(RemoteIndex, "_is_fresh", lasting)


@fault("C-02", "BEST-05", "row 25", "T37", "C-01", "ACCESS-04", "TROUBLE-07", "REMOTE-10")
def pages_are_asked_for_within_their_period(hold: Hold) -> None:
    """The catalog is asked for a cached page each time, although the answer comes from the cache."""

    def asking(from_cache: Method) -> Method:
        def changed(self: RemoteIndex, remote: Repository, path: str, call: Call) -> Item | None:
            page: Item | None = from_cache(self, remote, path, call)
            if page is not None and not remote.flag("offline"):
                name = page.name.removesuffix(".html")
                try:
                    hold.model.outbound.ask(remote, "GET", f"{remote.index_url}/{name}/")
                except UpstreamUnreachable:
                    return page
            return page

        return changed

    hold.replace(RemoteIndex, "_from_cache", asking)


@fault("row 26", "C-02", "BEST-05")
def renewed_pages_keep_their_age(hold: Hold) -> None:
    """A page that was renewed after its period is as old as before, and the catalog is asked for it each time."""

    def keeping(keep: Method) -> Method:
        def changed(
            self: RemoteIndex, remote: Repository, path: str, answer: object, stale: Item | None, call: Call
        ) -> Item:
            page: Item = keep(self, remote, path, answer, stale, call)
            return page if stale is None else hold.model.store.put(replace(page, updated=stale.updated))

        return changed

    hold.replace(RemoteIndex, "_keep", keeping)


@fault("T37", "BEST-05", "C-02")
def withdrawn_files_stay_on_pages(hold: Hold) -> None:
    """A renewed page goes on listing files that the catalog has withdrawn."""
    known: dict[tuple[str, str], dict[str, FileLink]] = {}

    def remembering(links_of: Method) -> Method:
        def changed(self: RemoteIndex, page: Item, remote: Repository) -> list[FileLink]:
            links = known.setdefault((page.repository, page.path), {})
            links.update({link.filename: link for link in links_of(self, page, remote)})
            return list(links.values())

        return changed

    hold.replace(RemoteIndex, "_links_of", remembering)


@fault("C-03", "row 28")
def expired_pages_are_not_served(hold: Hold) -> None:
    """A page whose period is over is not served while the catalog cannot be asked."""

    def refusing(_: Method) -> Method:
        def changed(_: RemoteIndex, __: Item | None, refusal: RequestRefused) -> Item:
            raise refusal

        return changed

    hold.replace(RemoteIndex, "_stale_or", refusing)


@fault("C-03", "row 26", "T38", target=NEWER)
def pages_that_covered_stay_as_they_are(hold: Hold) -> None:
    """An expired page that was served once while the catalog was away is not renewed for a day."""

    def lasting(stale_or: Method) -> Method:
        def changed(self: RemoteIndex, stale: Item | None, refusal: RequestRefused) -> Item:
            page: Item = stale_or(self, stale, refusal)
            return hold.model.store.put(replace(page, updated=hold.model.clock.now() + DAY))

        return changed

    hold.replace(RemoteIndex, "_stale_or", lasting)


@fault("B-33", "T-03", "row 6")
def pages_name_the_first_upload(hold: Hold) -> None:
    """The page of a local keeps the hash of a file's first upload when other bytes were uploaded under its name."""
    first: dict[tuple[str, str], FileLink] = {}

    def remembering(link: Method) -> Method:
        def changed(self: object, item: Item) -> FileLink:
            kept: FileLink = first.setdefault((item.repository, item.path), link(self, item))
            return kept

        return changed

    hold.replace(LocalPackages, "_link", remembering)
