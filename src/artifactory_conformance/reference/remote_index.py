"""Index pages of a remote: the decision procedure from the missed cache to the stored page."""

from urllib.parse import quote

from artifactory_conformance.reference.errors import RequestRefused, UpstreamRefusedIndex
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.links import (
    FileLink,
    MalformedPage,
    links_of_catalog_page,
    names_of_catalog_root,
    storage_path,
)
from artifactory_conformance.reference.logs import bare_url
from artifactory_conformance.reference.monitor import GATEWAY_FAILURES
from artifactory_conformance.reference.outbound import UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.remote import RemoteGate
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.store import Item

ROOT_PATH = ".pypi/simple.html"


def index_path(name: str) -> str:
    """Where the page of a project is cached (U-13)."""
    return f".pypi/{name}.html"


def _validators(answer: UpstreamAnswer) -> dict[str, str]:
    """What a conditional request would send for this answer."""
    told = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
    return {ask: answer.headers[header] for ask, header in told.items() if header in answer.headers}


class RemoteIndex:
    """Project pages and the root page of remotes."""

    def __init__(self, instance: Instance, gate: RemoteGate) -> None:
        self._instance = instance
        self._gate = gate

    def links(self, remote: Repository, name: str, call: Call) -> list[FileLink]:
        """The links of a project's page. Raises RequestRefused."""
        url = f"{remote.index_url}/{quote(name)}/"
        try:
            page = self._page(remote, index_path(name), url, call)
        except UpstreamRefusedIndex as failure:
            if failure.status == 404 and self._instance.switches.on("index_failure", "empty_page"):
                return []
            raise
        return self._links_of(page, remote)

    def names(self, remote: Repository, call: Call) -> dict[str, str]:
        """The projects on the root page: the catalog's or the cached ones (V-10). Raises RequestRefused."""
        if self._instance.switches.on("remote_root", "cached_names"):
            self._gate.check_before_cache(remote, ROOT_PATH, call)
            pages = self._instance.store.below(remote.cache_key, ".pypi")
            return {page.name.removesuffix(".html"): "" for page in pages if page.path != ROOT_PATH}
        page = self._page(remote, ROOT_PATH, f"{remote.index_url}/", call)
        return dict.fromkeys(names_of_catalog_root(page.content.decode("utf-8", "replace")), "")

    def cached(self, remote: Repository, name: str) -> Item | None:
        """The stored page of a project, fresh or not."""
        return self._instance.store.get(remote.cache_key, index_path(name))

    def hash_of(self, remote: Repository, path: str) -> str:
        """The sha256 that a cached page gives for the file stored at `path`, empty if none does (M-08)."""
        for page in self._instance.store.below(remote.cache_key, ".pypi"):
            for link in self._links_of(page, remote) if page.path != ROOT_PATH else ():
                if storage_path(link.path) == path:
                    return link.hashes.get("sha256", "")
        return ""

    def _links_of(self, page: Item, remote: Repository) -> list[FileLink]:
        html = page.content.decode("utf-8", "replace")
        try:
            return links_of_catalog_page(html, page.origin, remote, self._instance.switches)
        except MalformedPage as error:  # cached under other settings of the remote
            raise RequestRefused(404, "Not Found") from error

    def _page(self, remote: Repository, path: str, url: str, call: Call) -> Item:
        page = self._current(remote, path, url, call)
        self._instance.store.use(page, self._instance.clock.now())
        return page

    def _current(self, remote: Repository, path: str, url: str, call: Call) -> Item:
        self._gate.check_before_cache(remote, path, call)
        page = self._from_cache(remote, path, call)
        if page is not None:
            return page
        with self._instance.flights.one_at_a_time(remote.cache_key, path):
            page = self._from_cache(remote, path, call)  # another request may have fetched it meanwhile (C-07)
            return page if page is not None else self._refresh(remote, path, url, call)

    def _from_cache(self, remote: Repository, path: str, call: Call) -> Item | None:
        self._gate.check_missed(remote, path, call)
        page = self._instance.store.get(remote.cache_key, path)
        return page if page is not None and self._is_fresh(remote, page) else None

    def _is_fresh(self, remote: Repository, page: Item) -> bool:
        """Younger than the retrieval period and not zapped (C-01, C-05): so long a new version does not show (C-02)."""
        age = self._instance.clock.now() - page.updated
        return not page.expired and age < remote.number("retrievalCachePeriodSecs")

    def _refresh(self, remote: Repository, path: str, url: str, call: Call) -> Item:
        stale = self._instance.store.get(remote.cache_key, path)
        offline = self._gate.offline_refusal(remote, path)
        if offline is not None:
            return self._stale_or(stale, offline)
        if self._instance.switches.on("index_deploy_check", "before_fetch") and not self._may_keep(remote, path, call):
            return self._reject(remote, path, url, stale, call)
        try:
            answer = self._asked(remote, url, stale, call)
        except UpstreamUnreachable as failure:
            refusal = self._gate.unreachable(remote, failure)
            return self._stale_or(stale, UpstreamRefusedIndex(refusal.status, refusal.message))
        if answer.status == 304 and stale is not None:
            return self._instance.store.touch(stale, self._instance.clock.now())
        if not self._is_a_page(answer, remote):
            served = stale if self._covers(answer) else None
            return self._stale_or(served, self._miss(remote, path, answer, remember=served is None))
        return self._keep(remote, path, answer, stale, call)

    def _asked(self, remote: Repository, url: str, stale: Item | None, call: Call) -> UpstreamAnswer:
        """The catalog's answer: by GET at once or after a HEAD, with conditions or without (open 5)."""
        switches = self._instance.switches
        if switches.on("index_refresh", "head_get"):
            answer = self._gate.ask(remote, "HEAD", url, call)
            if answer.status not in (200, 405, 501):  # a HEAD that is not allowed says nothing
                return answer
        conditions = dict(stale.validators) if stale is not None and switches.on("index_conditional", "yes") else {}
        return self._gate.ask(remote, "GET", url, call, conditions)

    def _stale_or(self, stale: Item | None, refusal: RequestRefused) -> Item:
        """C-03: whatever goes wrong, an expired page is served and its age reset."""
        if stale is None:
            raise refusal
        if self._instance.switches.on("stale_resets_age", "no"):
            return stale
        return self._instance.store.touch(stale, self._instance.clock.now())

    def _covers(self, failure: UpstreamAnswer) -> bool:
        """Whether an expired page is served in place of such an answer, or only when none comes at all (C-03)."""
        return failure.status in GATEWAY_FAILURES or self._instance.switches.on("stale_on_error", "always")

    def _is_a_page(self, answer: UpstreamAnswer, remote: Repository) -> bool:
        if answer.status != 200:
            return False
        try:  # a page that the parser does not get through is as good as none
            links_of_catalog_page(answer.body.decode("utf-8", "replace"), answer.url, remote, self._instance.switches)
        except MalformedPage:
            return False
        return True

    def _miss(self, remote: Repository, path: str, answer: UpstreamAnswer, *, remember: bool) -> RequestRefused:
        """404 to the client whatever the catalog said, with its reason phrase (M-01, M-02)."""
        kind = RequestRefused if answer.status in (200, 404) else UpstreamRefusedIndex
        refusal = kind(404, answer.reason or "Not Found")
        if remember and self._instance.switches.on("index_miss_remembered", "yes"):
            self._instance.missed.remember(remote, path, refusal)
        return refusal

    def _keep(self, remote: Repository, path: str, answer: UpstreamAnswer, stale: Item | None, call: Call) -> Item:
        instance = self._instance
        now = instance.clock.now()
        page = Item(
            remote.cache_key,
            path,
            answer.body,
            now,
            now,
            now,
            call.caller.name,
            origin=answer.url,
            validators=_validators(answer),
        )
        if not self._may_keep(remote, path, call):
            return self._reject(remote, path, answer.url, stale, call)
        if not remote.flag("storeArtifactsLocally"):
            return page
        try:
            instance.quota.require_room()
            instance.quota.require_write()
        except RequestRefused as refusal:  # what becomes of a page is as open as with a permission that is missing
            status = refusal.status if instance.switches.on("index_not_stored", "as_file") else 404
            served = stale if instance.switches.on("expired_index_without_deploy", "stale") else None
            return self._stale_or(served, RequestRefused(status, refusal.message))
        instance.missed.forget(remote, path)
        instance.logs.accepted("DEPLOY", remote.cache_key, path, call.caller.name)
        return instance.store.put(page)

    def _may_keep(self, remote: Repository, path: str, call: Call) -> bool:
        """What is not stored needs no Deploy/Cache (C-08)."""
        stores = remote.flag("storeArtifactsLocally")
        return not stores or self._instance.access.may_store(remote.cache_key, path, call.caller)

    def _reject(self, remote: Repository, path: str, url: str, stale: Item | None, call: Call) -> Item:
        """P-03: Read without Deploy/Cache; P-02 gives the line in the log."""
        switches = self._instance.switches
        denied = f"User {call.caller.name} is not permitted to deploy '{path}' into '{remote.cache_key}:{path}'."
        text = f"Could not retrieve remote index from {bare_url(url)}: {denied}"
        self._instance.logs.complain("PypiRemoteIndexProvider", text)
        if stale is not None and switches.on("expired_index_without_deploy", "stale"):
            return self._stale_or(stale, RequestRefused(404, "Not Found"))
        remember = stale is None and switches.on("index_reject_remembered", "yes")
        status = switches.status("index_without_deploy")
        raise self._gate.refuse_store(remote, path, call, status, remember=remember)
