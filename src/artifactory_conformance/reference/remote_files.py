"""Files of a remote: information first, content after it, and what goes wrong between (A20 to A59)."""

from dataclasses import dataclass, replace
from email.message import Message
from urllib.parse import quote

from artifactory_conformance.reference.access import for_caller
from artifactory_conformance.reference.checksums import check_catalogs
from artifactory_conformance.reference.clock import parse_http_date
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.logs import bare_url
from artifactory_conformance.reference.metadata import properties_of
from artifactory_conformance.reference.outbound import UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.patterns import split_patterns
from artifactory_conformance.reference.remote import RemoteGate
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.store import Item

_BLOCKED_TYPES = ("text/html", "application/xhtml+xml")
_URL_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class RemoteFile:
    """A file that a remote has or can get: stored already, or known to be at `url`.

    `described` is the catalog's answer to the question for information, `fetched` the same if it holds the content.
    """

    remote: Repository
    path: str
    url: str
    stored: Item | None = None
    described: UpstreamAnswer | None = None
    fetched: UpstreamAnswer | None = None


class RemoteFiles:
    """Downloads through remotes."""

    def __init__(self, instance: Instance, gate: RemoteGate, index: RemoteIndex) -> None:
        self._instance = instance
        self._gate = gate
        self._index = index

    def cached(self, remote: Repository, path: str, call: Call) -> Item | None:
        """The stored file at a storage path. Raises RequestRefused without Read."""
        self._gate.check_before_cache(remote, path, call)
        return self._instance.store.get(remote.cache_key, path)

    def info(self, remote: Repository, upstream_path: str, call: Call) -> RemoteFile:
        """Find the file: permissions, patterns, missed cache, cache, catalog (M-01 to M-10). Raises RequestRefused."""
        path = upstream_path if self._instance.is_free else remote.stored_at(upstream_path)  # D22
        self._gate.check_before_cache(remote, path, call)
        self._gate.check_missed(remote, path, call)
        url = self._url(remote, upstream_path, call)
        stored = self._instance.store.get(remote.cache_key, path)
        if stored is not None:  # C-01: a file never expires
            return RemoteFile(remote, path, url, stored)
        offline = self._gate.offline_refusal(remote, path)
        if offline is not None:
            raise offline
        bypass = remote.flag("bypassHeadRequests")  # A30
        try:
            answer = self._gate.ask(remote, "GET" if bypass else "HEAD", url, call)
        except UpstreamUnreachable as failure:
            raise self._gate.unreachable(remote, failure) from failure
        refusal = self._info_refusal(remote, answer, call)
        if refusal is not None:
            if self._instance.switches.on("file_miss_remembered", "yes"):
                self._instance.missed.remember(remote, path, refusal)
            raise refusal
        path = self._renamed(path, answer)
        return RemoteFile(remote, path, url, described=answer, fetched=answer if bypass else None)

    def _renamed(self, path: str, answer: UpstreamAnswer) -> str:
        """M-17: the name that the catalog gives in Content-Disposition may become that of the stored item."""
        told = Message()
        told["Content-Disposition"] = answer.headers.get("Content-Disposition", "")
        name = (told.get_filename() or "").replace("\\", "/").rpartition("/")[2]
        if not name or self._instance.switches.on("content_disposition", "ignored"):
            return path
        folder, slash, _ = path.rpartition("/")
        return folder + slash + name

    def _url(self, remote: Repository, upstream_path: str, call: Call) -> str:
        query = f"?{call.raw_query}" if call.raw_query and self._instance.switches.on("link_query", "kept") else ""
        return f"{remote.url}/{quote(upstream_path, safe=_URL_SAFE)}{query}"

    def _info_refusal(self, remote: Repository, answer: UpstreamAnswer, call: Call) -> RequestRefused | None:
        empty = answer.status == 204 and answer.headers.get("Content-Length", "0") == "0"
        if answer.status != 200 and not empty:  # A34
            return RequestRefused(404, answer.reason or "Not Found")  # M-02
        if answer.redirected and answer.url.partition("?")[0].endswith("/"):
            return RequestRefused(404, "Not Found")  # M-10: redirected to a folder, such as a log-in page
        return self._blocked_type(remote, answer, call)

    def _blocked_type(self, remote: Repository, answer: UpstreamAnswer, call: Call) -> RequestRefused | None:
        if not self._is_blocked_type(remote, answer, call):
            return None
        status = self._instance.switches.status("blocked_type_status")
        return RequestRefused(status, f"Rejected the media type of {answer.url}")

    def _is_blocked_type(self, remote: Repository, answer: UpstreamAnswer, call: Call) -> bool:
        """M-09: judged by the client's Accept, or without one by the type of the file name's extension.

        A type that says nothing passes (A80), and a client that takes anything (A81, A83); pages do not (A82).
        """
        sent = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if not remote.flag("blockMismatchingMimeTypes") or sent in ("", "*/*", "application/octet-stream"):
            return False
        accept = call.header("accept") if self._instance.switches.on("blocked_type_accept", "honoured") else ""
        wanted = {part.partition(";")[0].strip().lower() for part in accept.split(",")} if accept else set()
        if wanted & {"*/*", "application/octet-stream"}:
            return False
        blocked = split_patterns(remote.text("mismatchingMimeTypesOverrideList")) or _BLOCKED_TYPES
        return sent not in wanted and sent in blocked

    def content(self, found: RemoteFile, call: Call) -> Item:
        """The file itself, stored first unless the remote does not store (A88). Raises RequestRefused (A17, P-04)."""
        if found.stored is not None:
            return found.stored
        remote = found.remote
        if found.described is not None and (
            self._is_unchanged(found.described, call) or (call.method == "HEAD" and not self._is_stored_on_head(remote))
        ):
            return self._described(found, found.described, call)
        if not remote.flag("storeArtifactsLocally"):  # C-08: streamed; no Deploy/Cache needed
            return replace(self._item(found, self._download(found, call), call), just_fetched=True)
        if not self._instance.access.may_store(remote.cache_key, found.path, call.caller):
            remember = self._instance.switches.on("file_reject_remembered", "yes")
            raise self._gate.refuse_store(remote, found.path, call, 403, remember=remember)
        self._require_room()
        with self._instance.flights.one_at_a_time(remote.cache_key, found.path):
            stored = self._instance.store.get(remote.cache_key, found.path)
            if stored is not None:
                return stored
            item = self._known(found, call) or self._checked(found, call)
            self._instance.quota.require_write()
            text = f"{remote.key} downloaded {bare_url(item.origin)} {len(item.content)} bytes"  # F2
            self._instance.logs.tell("RemoteRepoBase", text)
            self._verify(remote, item)
            self._instance.missed.forget(remote, found.path)
            self._instance.store.put(item)
            self._instance.logs.accepted("DEPLOY", remote.cache_key, found.path, call.caller.name)
            return replace(item, just_fetched=True)

    def _checked(self, found: RemoteFile, call: Call) -> Item:
        """The file as the catalog gives it, held against the checksums that it gives beside it (A92)."""
        answer = self._download(found, call)
        item = self._item(found, answer, call)
        try:
            check_catalogs(found.remote.text("remoteRepoChecksumPolicyType"), item, answer.headers)
        except RequestRefused as refusal:
            self._instance.missed.remember(found.remote, found.path, refusal)  # A38
            raise
        return item

    def _require_room(self) -> None:
        try:
            self._instance.quota.require_room()
        except RequestRefused as refusal:
            text = f"Rejected artifact download request: {refusal.message}"  # A17
            raise RequestRefused(refusal.status, text) from refusal

    def _download(self, found: RemoteFile, call: Call) -> UpstreamAnswer:
        if found.fetched is not None:
            return found.fetched
        try:
            answer = self._gate.ask(found.remote, "GET", found.url, call)
        except UpstreamUnreachable as failure:  # M-07: nothing stored, nothing remembered
            raise RequestRefused(404, str(failure)) from failure
        if answer.status != 200:  # M-03: the catalog's own status
            message = f"Failed retrieving resource from {answer.url}: {answer.status}: {answer.reason}"
            raise for_caller(RequestRefused(answer.status, message), call.caller)
        refusal = self._blocked_type(found.remote, answer, call)
        if refusal is not None:
            raise refusal
        return answer

    def _item(self, found: RemoteFile, answer: UpstreamAnswer, call: Call) -> Item:
        now, switches = self._instance.clock.now(), self._instance.switches
        told = answer.headers.get("Last-Modified", "") if switches.on("file_last_modified", "upstream") else ""
        item = Item(
            repository=found.remote.cache_key,
            path=found.path,
            content=answer.body,
            created=now,
            modified=parse_http_date(told) or now,  # F-04, A89
            updated=now,
            created_by=call.caller.name,
            origin=answer.url,
        )
        read = properties_of(item.name, item.content) if switches.on("remote_properties", "present") else {}
        return replace(item, properties=read) if read else item  # B-49

    def _is_stored_on_head(self, remote: Repository) -> bool:
        """A14, F-05: a HEAD of what is not cached fetches all of it, unless the remote does not store (A96)."""
        return remote.flag("storeArtifactsLocally") and self._instance.switches.on("head_downloads", "yes")

    def _is_unchanged(self, answer: UpstreamAnswer, call: Call) -> bool:
        """A61: whether a condition of the client is held against what the catalog says of a file not cached."""
        switches = self._instance.switches
        if switches.on("uncached_conditions", "ignored") or switches.on("file_conditions", "ignored"):
            return False
        since = parse_http_date(call.header("if-modified-since"))
        modified = parse_http_date(answer.headers.get("Last-Modified", ""))
        if call.header("if-none-match"):
            return False
        return since is not None and modified is not None and modified <= since

    def _described(self, found: RemoteFile, answer: UpstreamAnswer, call: Call) -> Item:
        size = answer.headers.get("Content-Length", "")
        return replace(self._item(found, answer, call), described=int(size) if size.isdigit() else len(answer.body))

    def _known(self, found: RemoteFile, call: Call) -> Item | None:
        """C-09, A87: content that the store has already, by the checksum that another Artifactory gives."""
        sha1 = found.described.headers.get("X-Checksum-Sha1", "") if found.described else ""
        known = self._instance.store.with_checksum(sha1) if sha1 else None
        if known is None or found.described is None or self._instance.switches.on("existing_binary", "downloaded"):
            return None
        return replace(self._item(found, found.described, call), content=known.content)

    def checksum_at_catalog(self, remote: Repository, upstream_path: str, call: Call) -> bytes | None:
        """What the catalog has under the name of a checksum file, where that is asked for at all (U-20)."""
        if self._instance.switches.on("checksum_uncached", "404"):
            return None
        try:
            answer = self._gate.ask(remote, "GET", self._url(remote, upstream_path, call), call)
        except UpstreamUnreachable:
            return None
        return answer.body if answer.status == 200 else None

    def _verify(self, remote: Repository, item: Item) -> None:
        """M-08: whether the fragment of the page binds is unknown. A mismatch is a conflict (A92)."""
        if self._instance.switches.on("verify_fragment", "no"):
            return
        wanted = self._index.hash_of(remote, item.path)
        if wanted and wanted != item.sha256:
            raise RequestRefused(409, f"Checksum mismatch of '{remote.cache_key}:{item.path}'")
