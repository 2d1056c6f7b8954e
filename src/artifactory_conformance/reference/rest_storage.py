"""Item and folder information, and zap (D3, D4, D9, C-05, C-06, admin 6)."""

from typing import Any
from urllib.parse import quote

from artifactory_conformance.reference.clock import iso
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.security import DELETE, MANAGE, READ
from artifactory_conformance.reference.store import Item

_ZAP = {"delete_or_manage": (DELETE, MANAGE), "delete": (DELETE,), "read": (READ,)}
_TYPE = "application/vnd.org.jfrog.artifactory.storage."


class StorageRest:
    """`/api/storage` and `/api/zap`."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def info(self, call: Call, path: str, base: str) -> Answer:
        """Information on `/<key>/<path>` or one of its variants. Raises RequestRefused."""
        key, _, inner = path.partition("/")
        inner = inner.strip("/")
        store_key = self._located(call, key, inner)
        item = self._instance.store.get(store_key, inner)
        if "list" in call.query:
            return self._file_list(call, key, store_key, inner, base)
        if "properties" in call.query:
            return self._properties(item, key, inner, base)
        if "stats" in call.query:
            return self._statistics(key, store_key, inner, base)
        if item is not None:
            return as_json(self._file(item, key, base), media_type=f"{_TYPE}FileInfo+json")
        return as_json(self._folder(key, store_key, inner, base), media_type=f"{_TYPE}FolderInfo+json")

    def _located(self, call: Call, key: str, path: str) -> str:
        """The store that has the item. A remote's own key is no place: 404 (D3). Read comes before existence."""
        security, store = self._instance.security, self._instance.store
        repository = self._instance.repositories.get(key)
        if repository is not None and repository.kind is RepositoryClass.VIRTUAL:
            places = [member.store_key for member in self._instance.repositories.real_members(repository, path)]
        else:
            stores = self._instance.repositories.stored_under(key) is not None
            if repository is not None and self._instance.switches.on("storage_api_remote_key", "cache"):
                stores, key = True, repository.store_key
            places = [key] if stores else []
        denied = 0
        for place in places:
            if not security.allowed(call.caller, place, path, READ, folder=store.is_folder(place, path)):
                denied += 1
            elif store.get(place, path) is not None or store.is_folder(place, path):
                return place
        if denied and not security.hide_unauthorized:
            raise RequestRefused(403, f"User '{call.caller.name}' is not permitted to read '{key}:{path}'.")  # C40
        raise RequestRefused(404, "Unable to find item")

    def _file(self, item: Item, key: str, base: str) -> dict[str, Any]:
        sums = {"sha1": item.sha1, "md5": item.md5, "sha256": item.sha256}
        where = quote(item.path)
        return {
            "repo": key,
            "path": f"/{item.path}",
            "created": iso(item.created),
            "createdBy": item.created_by,
            "lastModified": iso(item.modified),
            "modifiedBy": item.created_by,
            "lastUpdated": iso(item.updated),
            "downloadUri": f"{base}/{key}/{where}",
            **({"remoteUrl": item.origin} if item.origin else {}),
            "mimeType": item.media_type,
            "size": str(len(item.content)),
            "checksums": sums,
            "originalChecksums": {"sha256": item.sha256},
            "uri": f"{base}/api/storage/{key}/{where}",
        }

    def _folder(self, key: str, store_key: str, path: str, base: str) -> dict[str, Any]:
        items = self._instance.store.below(store_key, path)
        now = self._instance.clock.now()
        created, updated = (
            min((item.created for item in items), default=now),
            max((item.updated for item in items), default=now),
        )
        children = self._instance.store.children(store_key, path)
        return {
            "repo": key,
            "path": f"/{path}",
            "created": iso(created),
            "lastModified": iso(updated),
            "lastUpdated": iso(updated),
            "children": [{"uri": f"/{name}", "folder": folder} for name, folder in children],
            "uri": f"{base}/api/storage/{key}/{quote(path)}".rstrip("/"),
        }

    def _properties(self, item: Item | None, key: str, path: str, base: str) -> Answer:
        if item is None or not item.properties:
            raise RequestRefused(404, "No properties could be found.")
        listed = {name: [value] for name, value in item.properties.items()}
        return as_json({"properties": listed, "uri": f"{base}/api/storage/{key}/{quote(path)}"})

    def _statistics(self, key: str, store_key: str, path: str, base: str) -> Answer:
        """`?stats`: zeros for what nobody has downloaded (D3).

        The names and the unit, milliseconds, are those of JFrog's own documentation. The two counts of downloads at
        other sites, always there and always 0 here, are what pyartifactory 2.x expects.
        """
        known = self._instance.store.downloads(store_key, path)
        body = {
            "uri": f"{base}/api/storage/{key}/{quote(path)}".rstrip("/"),
            "downloadCount": known.count,
            "lastDownloaded": int(known.last * 1000),
            **({"lastDownloadedBy": known.by} if known.count else {}),
            "remoteDownloadCount": 0,
            "remoteLastDownloaded": 0,
        }
        return as_json(body, media_type="application/vnd.org.jfrog.storage.StatsInfo+json")

    def _file_list(self, call: Call, key: str, store_key: str, path: str, base: str) -> Answer:
        """`?list&deep=1&listFolders=1&depth=n`; not for anonymous (D2)."""
        if call.caller.anonymous:
            raise RequestRefused(403, "This request is not permitted for anonymous users.")
        deep = call.query.get("deep") == "1"
        depth = int(call.query["depth"]) if call.query.get("depth", "").isdigit() else (10_000 if deep else 1)
        start = len(path) + 1 if path else 0
        files: list[dict[str, Any]] = []
        folders: dict[str, str] = {}
        for item in self._instance.store.below(store_key, path):
            inner = item.path[start:]
            parts = inner.split("/")
            for level in range(1, min(len(parts), depth + 1)):
                folders.setdefault("/".join(parts[:level]), iso(item.modified))
            if len(parts) <= depth and inner:
                entry = {"uri": f"/{inner}", "size": len(item.content), "lastModified": iso(item.modified)}
                files.append({**entry, "folder": False, "sha1": item.sha1, "sha2": item.sha256})
        if call.query.get("listFolders") == "1":
            files += [
                {"uri": f"/{name}", "size": -1, "lastModified": when, "folder": True} for name, when in folders.items()
            ]
        uri = f"{base}/api/storage/{key}/{quote(path)}".rstrip("/")
        body = {"uri": uri, "created": iso(self._instance.clock.now()), "files": files}
        return as_json(body, media_type=f"{_TYPE}FileList+json")

    def zap(self, call: Call, path: str) -> Answer:
        """Expire the index pages at or below a path of a cache (C-05, D9). Raises RequestRefused."""
        key, _, inner = path.partition("/")
        inner = inner.strip("/")
        remote = self._cache_of(key)
        if call.method != "POST":
            raise RequestRefused(405, "Method Not Allowed", {"Allow": "POST"})
        security, store = self._instance.security, self._instance.store
        needed = _ZAP[self._instance.switches.value("zap_permission")]
        if not any(security.allowed(call.caller, key, inner, action) for action in needed):
            raise RequestRefused(403, f"User '{call.caller.name}' is not permitted to zap '{key}:{inner}'.")
        stored = store.get(key, inner) is not None or store.is_folder(key, inner)
        lifts = self._instance.switches.value("zap_lifts_miss")
        store.expire(key, inner)
        if lifts == "always" or (lifts == "if_stored" and stored):  # A40
            self._instance.missed.forget_below(remote, inner)
        return as_text(f"Completed zapping cache in path {key}/{inner}")

    def _cache_of(self, key: str) -> Repository:
        repository = self._instance.repositories.stored_under(key)
        if repository is None or repository.kind is not RepositoryClass.REMOTE:
            raise RequestRefused(400, f"'{key}' is not the cache of a remote repository")
        return repository
