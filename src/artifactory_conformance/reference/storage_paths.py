"""Direct paths `/artifactory/<repository>/<path>`: read, list, put and delete stored items (U-11, U-12, A5 to A101)."""

from html import escape
from urllib.parse import quote

from artifactory_conformance.reference.access import for_caller
from artifactory_conformance.reference.clock import http_date
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.files import CHECKSUM_SUFFIXES
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.pypi import PackageFront
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.resolution_trace import resolution_trace
from artifactory_conformance.reference.security import DELETE, READ
from artifactory_conformance.reference.store import Item


class StoragePaths:
    """The generic face of every repository, cache keys included."""

    def __init__(self, instance: Instance, packages: PackageFront) -> None:
        self._instance = instance
        self._packages = packages

    def handle(self, call: Call, path: str, base: str) -> Answer:
        """The answer for `/<key>/<path>`. Raises RequestRefused."""
        key, _, inner = path.partition("/")
        inner = inner.partition(";")[0]  # A9: what follows are properties
        repository, is_cache = self._find(key)
        if call.method in ("GET", "HEAD") and "trace" in call.query:
            return resolution_trace(
                call,
                f"{key}:{inner}",
                lambda: self._read(call, repository, is_cache, inner, "/" in path, base),
            )
        if call.method in ("GET", "HEAD"):
            return self._read(call, repository, is_cache, inner, "/" in path, base)
        if call.method == "PUT":
            if is_cache:
                raise RequestRefused(404, f"Could not find a local repository named {key} to deploy to.")  # A98
            return self._packages.uploads.put(repository, inner, call, base)
        if call.method == "DELETE":
            return self._delete(call, repository, is_cache, inner.strip("/"))
        raise RequestRefused(405, "Method Not Allowed", {"Allow": "GET"})  # A7, B-30

    def _find(self, key: str) -> tuple[Repository, bool]:
        repository = self._instance.repositories.get(key)
        if repository is not None:
            return repository, False
        repository = self._instance.repositories.stored_under(key)
        if repository is None or not repository.flag("storeArtifactsLocally"):
            raise RequestRefused(404, "Not Found")  # A5
        return repository, True

    def _read(self, call: Call, repository: Repository, is_cache: bool, path: str, slash: bool, base: str) -> Answer:
        key = repository.cache_key if is_cache else repository.key
        stores = self._stores(repository, path.strip("/"))
        folder = any(self._instance.store.is_folder(store, path.strip("/")) for store in stores)
        if not path or path.endswith("/") or folder:
            if slash and (not path or path.endswith("/")):
                return self._listing(call, key, stores, path.strip("/"))
            return Answer(302, b"", {"Location": f"{base}/{key}/{quote(path)}{'/' if path else ''}"})  # A10
        if path.endswith(CHECKSUM_SUFFIXES):
            return self._packages.checksum(repository, path, call)
        item = self._item(call, repository, is_cache, path)
        return self._packages.serve(call, item, ranges=True)  # F-06: storage paths serve slices

    def _stores(self, repository: Repository, path: str) -> list[str]:
        if repository.kind is not RepositoryClass.VIRTUAL:
            return [repository.store_key]
        return [member.store_key for member in self._instance.repositories.real_members(repository, path)]

    def _item(self, call: Call, repository: Repository, is_cache: bool, path: str) -> Item:
        if is_cache or (
            repository.kind is RepositoryClass.REMOTE and self._instance.switches.on("direct_path_download", "no")
        ):  # A101: a cache serves what it has and asks nobody
            item = self._packages.files.cached(repository, path, call)
            if item is None:
                raise RequestRefused(404, f"File not found.; Path: '{repository.cache_key}:{path}'")
            return item
        return self._packages.item(repository, path, call)

    def _listing(self, call: Call, key: str, stores: list[str], path: str) -> Answer:
        """HTML `Index of …` for a path with a final slash (A6, A90); without Read 404, anonymous 401 (C23)."""
        security = self._instance.security
        readable = [one for one in stores if security.allowed(call.caller, one, path, READ, folder=True)]
        if not readable:
            if call.caller.anonymous:
                raise for_caller(RequestRefused(403, "Forbidden"), call.caller)
            raise RequestRefused(404, "Not Found")
        store = self._instance.store
        if not any(store.is_folder(one, path) for one in readable):
            raise RequestRefused(404, f"File not found.; Path: '{key}:{path}'")
        names = {name: folder for one in readable for name, folder in store.children(one, path)}
        title = escape(f"Index of {key}/{path}")
        rows = "".join(
            f'<a href="{quote(name)}{"/" if folder else ""}">{escape(name)}{"/" if folder else ""}</a>\n'
            for name, folder in sorted(names.items())
        )
        up = '<a href="../">../</a>\n' if path else ""
        page = (
            f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>\n<h1>{title}</h1>\n<pre>{up}{rows}</pre>"
            "\n</body></html>"
        )
        headers = {"Content-Type": "text/html", "Last-Modified": http_date(self._instance.clock.now())}
        return Answer(200, page.encode(), headers, chunked=True)

    def _delete(self, call: Call, repository: Repository, is_cache: bool, path: str) -> Answer:
        """Remove a stored item or folder: 204 (D7). Remote and virtual keys have nothing to delete (pypi 2.5, D8)."""
        key = repository.cache_key if is_cache else repository.key
        refusal = RequestRefused(404, f"Could not locate artifact '{key}:{path}' (Nothing to delete).")
        security, store, switches = self._instance.security, self._instance.store, self._instance.switches
        if repository.kind is not RepositoryClass.LOCAL and not is_cache:
            cached = repository.kind is RepositoryClass.REMOTE and store.below(repository.cache_key, path)
            raise RequestRefused(switches.status("delete_through_remote"), "Bad key") if cached else refusal
        if is_cache and switches.on("delete_lifts_miss", "yes") and security.allowed(call.caller, key, path, DELETE):
            self._instance.missed.forget_below(repository, path)  # A41 says no
        if path and not store.below(key, path):
            raise refusal  # D7: the missing item wins over the missing permission
        if not (security.allowed(call.caller, key, path, DELETE) if path else call.caller.admin):
            self._instance.logs.denied("DELETE", key, path, call.caller.name, anonymous=call.caller.anonymous)
            if security.hide_unauthorized:
                raise refusal
            raise RequestRefused(403, f"Not enough permissions to delete artifact '{key}:{path}'.")
        store.remove(key, path)
        self._instance.logs.accepted("DELETE", key, path, call.caller.name)
        return Answer(204)
