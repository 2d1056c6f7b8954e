"""Caches that cannot be cleared, or clear themselves, or store what they shall not."""

from dataclasses import replace

from artifactory_conformance.reference.cleanup import Cleanup
from artifactory_conformance.reference.defects.cache import NEWER
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.quota import Quota
from artifactory_conformance.reference.repositories import CACHE_SUFFIX, Repository, RepositoryClass
from artifactory_conformance.reference.rest_storage import StorageRest
from artifactory_conformance.reference.storage_paths import StoragePaths
from artifactory_conformance.reference.store import Store

MONTH = 30 * 24 * 3600.0


@fault("REMOTE-12")
def unused_files_go_after_a_month(hold: Hold) -> None:
    """With an Unused Artifacts Cleanup Period of 0 cached files are removed that nobody has wanted for a month."""

    def sweeping(sweep: Method) -> Method:
        def changed(self: Cleanup) -> None:
            sweep(self)
            store, before = hold.model.store, hold.model.clock.now() - MONTH
            for remote in hold.model.repositories:
                if remote.kind is RepositoryClass.REMOTE and not remote.number("unusedArtifactsCleanupPeriodHours"):
                    for item in store.below(remote.cache_key, ""):
                        if not item.is_index and store.last_used(item) < before:
                            store.remove(remote.cache_key, item.path)

        return changed

    hold.replace(Cleanup, "sweep", sweeping)


def _removes_only(hold: Hold, *, pages: bool) -> None:
    """Let deletions from a cache reach pages alone, or files alone."""

    def sparing(remove: Method) -> Method:
        def changed(self: Store, repository: str, path: str) -> int:
            if not repository.endswith(CACHE_SUFFIX):
                return int(remove(self, repository, path))
            items = [item.path for item in self.below(repository, path) if item.is_index is pages]
            return sum(remove(self, repository, one) for one in items)

        return changed

    hold.replace(Store, "remove", sparing)


@fault("D7", "admin 6", "TROUBLE-10")
def deleted_files_stay_in_the_cache(hold: Hold) -> None:
    """A file that was deleted from a cache is still there."""
    _removes_only(hold, pages=True)


@fault("D7", "admin 6", "TROUBLE-10")
def deleted_pages_stay_in_the_cache(hold: Hold) -> None:
    """A page that was deleted from a cache is still there."""
    _removes_only(hold, pages=False)


def _as_administrator(call: Call) -> Call:
    return replace(call, caller=replace(call.caller, admin=True))


@fault("D7", "T-03")
def readers_may_delete_from_caches(hold: Hold) -> None:
    """What is cached may be deleted by whoever may read it."""

    def permitting(delete: Method) -> Method:
        def changed(self: StoragePaths, call: Call, repository: Repository, is_cache: bool, path: str) -> Answer:
            answer: Answer = delete(self, _as_administrator(call) if is_cache else call, repository, is_cache, path)
            return answer

        return changed

    hold.replace(StoragePaths, "_delete", permitting)


@fault("C-05", "release 21", target=NEWER)
def readers_may_zap(hold: Hold) -> None:
    """A cache may be zapped by whoever may read it, as before 7.104.12."""

    def permitting(zap: Method) -> Method:
        def changed(self: StorageRest, call: Call, path: str) -> Answer:
            answer: Answer = zap(self, _as_administrator(call), path)
            return answer

        return changed

    hold.replace(StorageRest, "zap", permitting)


@fault("C-05", "row 27")
def zap_does_nothing(hold: Hold) -> None:
    """A zap is answered as done, and the pages stay as fresh as they were."""
    hold.replace(Store, "expire", lambda _: lambda *_: None)


@fault("C-05")
def zap_of_a_page_reaches_all_pages(hold: Hold) -> None:
    """A zap of one page expires every page of the cache."""
    hold.replace(Store, "expire", lambda expire: lambda self, repository, _: expire(self, repository, ""))


@fault("C-05", "C-03")
def zap_deletes_pages(hold: Hold) -> None:
    """A zap deletes pages instead of letting them expire, so that none is left for when the catalog is away."""

    def deleting(_: Method) -> Method:
        def changed(self: Store, repository: str, path: str) -> None:
            for item in self.below(repository, path):
                if item.is_index:
                    self.remove(repository, item.path)

        return changed

    hold.replace(Store, "expire", deleting)


@fault("TROUBLE-05", "C-08", "A96")
def everything_is_stored(hold: Hold) -> None:
    """Pages and files are stored although Store Artifacts Locally is off."""

    def storing(flag: Method) -> Method:
        return lambda self, name: name == "storeArtifactsLocally" or flag(self, name)

    hold.replace(Repository, "flag", storing)


@fault("TROUBLE-05")
def storing_stays_off(hold: Hold) -> None:
    """A remote that was ever used with Store Artifacts Locally off stores nothing when that is on again."""
    off: set[str] = set()

    def remembering(flag: Method) -> Method:
        def changed(self: Repository, name: str) -> bool:
            is_set = bool(flag(self, name))
            if name != "storeArtifactsLocally" or self.kind is not RepositoryClass.REMOTE:
                return is_set
            if not is_set:
                off.add(self.key)
            return self.key not in off

        return changed

    hold.replace(Repository, "flag", remembering)


@fault("TROUBLE-06", "A58")
def a_reached_quota_looks_like_a_missing_file(hold: Hold) -> None:
    """While the storage quota is reached, new files are not found, without a word about the quota."""

    def hiding(require_room: Method) -> Method:
        def changed(self: Quota) -> None:
            try:
                require_room(self)
            except RequestRefused as refusal:
                raise RequestRefused(404, "Not Found") from refusal

        return changed

    hold.replace(Quota, "require_room", hiding)


@fault("TROUBLE-12", "A17")
def a_full_store_goes_unnoticed(hold: Hold) -> None:
    """Files count as cached although the store had no room for them."""
    hold.replace(Quota, "require_write", lambda _: lambda *_: None)
