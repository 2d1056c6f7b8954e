"""What is stored: items by repository and path, with their checksums."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property


@dataclass(frozen=True)
class Item:
    """One stored file. Times are seconds of the model's clock; `origin` is the URL it came from, empty if uploaded.

    `listed_at` is when an uploaded file enters its project page (T-04). `just_fetched` marks the copy that the request
    gets which made the remote fetch it; the stored one never has it. `validators` are the headers that ask its origin
    whether it has changed. `described` is the size that the catalog gave of
    a file whose content was not fetched, and None for every file that is here.
    """

    repository: str
    path: str
    content: bytes = field(repr=False)
    created: float
    modified: float
    updated: float
    created_by: str
    origin: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    listed_at: float = 0.0
    expired: bool = False
    just_fetched: bool = False
    validators: Mapping[str, str] = field(default_factory=dict)
    described: int | None = None

    @property
    def name(self) -> str:
        """The file name."""
        return self.path.rpartition("/")[2]

    @property
    def is_index(self) -> bool:
        """Whether this is an index page: nothing else ever expires (C-01)."""
        return self.path.startswith(".pypi/")

    @cached_property
    def sha1(self) -> str:
        """SHA-1 in hex, which is also the ETag (F-01)."""
        return hashlib.sha1(self.content, usedforsecurity=False).hexdigest()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 in hex."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def md5(self) -> str:
        """MD5 in hex."""
        return hashlib.md5(self.content, usedforsecurity=False).hexdigest()

    @property
    def media_type(self) -> str:
        """By the extension, as Artifactory does it (A67)."""
        endings = {
            ".html": "text/html",
            ".gz": "application/x-gzip",
            ".tgz": "application/x-gzip",
            ".zip": "application/zip",
            ".json": "application/json",
            ".txt": "text/plain",
        }
        return next((kind for end, kind in endings.items() if self.path.endswith(end)), "application/octet-stream")


@dataclass(frozen=True)
class Downloads:
    """How often an item was downloaded, and when and by whom at last."""

    count: int = 0
    last: float = 0.0
    by: str = ""


class Store:
    """All items of all repositories."""

    def __init__(self) -> None:
        self._items: dict[str, dict[str, Item]] = {}
        self._used: dict[tuple[str, str], float] = {}
        self._downloads: dict[tuple[str, str], Downloads] = {}
        self._lock = threading.RLock()

    def get(self, repository: str, path: str) -> Item | None:
        """The item at a path, or None."""
        with self._lock:
            return self._items.get(repository, {}).get(path)

    def with_checksum(self, *given: str) -> Item | None:
        """An item of any repository whose SHA-1 or SHA-256 is among those given, or None."""
        with self._lock:
            items = [item for those in self._items.values() for item in those.values()]
        return next((item for item in items if item.sha1 in given or item.sha256 in given), None)

    def put(self, item: Item) -> Item:
        """Store or replace an item."""
        with self._lock:
            self._items.setdefault(item.repository, {})[item.path] = item
        return item

    def touch(self, item: Item, now: float) -> Item:
        """Reset the age of an item: it is fresh for another period (A54)."""
        return self.put(replace(item, updated=now, expired=False))

    def size(self) -> int:
        """Bytes of all items."""
        with self._lock:
            return sum(len(item.content) for items in self._items.values() for item in items.values())

    def use(self, item: Item, now: float) -> None:
        """Somebody got the item."""
        self._used[item.repository, item.path] = now

    def last_used(self, item: Item) -> float:
        """When somebody got the item at last, or when it was made."""
        return max(item.created, self._used.get((item.repository, item.path), 0.0))

    def count_download(self, item: Item, now: float, who: str) -> None:
        """Somebody got all or a part of the item's content."""
        with self._lock:
            before = self.downloads(item.repository, item.path)
            self._downloads[item.repository, item.path] = Downloads(before.count + 1, now, who)

    def downloads(self, repository: str, path: str) -> Downloads:
        """The downloads of the item at a path; none of what was never downloaded."""
        return self._downloads.get((repository, path), Downloads())

    def below(self, repository: str, path: str) -> list[Item]:
        """The item at `path` and all below it, sorted by path; an empty path means all."""
        with self._lock:
            items = list(self._items.get(repository, {}).values())
        prefix = f"{path}/"
        return sorted(
            (item for item in items if not path or item.path == path or item.path.startswith(prefix)),
            key=lambda item: item.path,
        )

    def is_folder(self, repository: str, path: str) -> bool:
        """Whether something lies below `path`; the root always is a folder."""
        return not path or any(item.path != path for item in self.below(repository, path))

    def children(self, repository: str, path: str) -> list[tuple[str, bool]]:
        """Names directly below a folder, each with whether it is a folder itself."""
        start = len(path) + 1 if path else 0
        names: dict[str, bool] = {}
        for item in self.below(repository, path):
            name, slash, _ = item.path[start:].partition("/")
            names[name] = names.get(name, False) or bool(slash)
        return sorted(names.items())

    def remove(self, repository: str, path: str) -> int:
        """Delete an item or a folder; gives the number of deleted items."""
        with self._lock:
            gone = [item.path for item in self.below(repository, path)]
            for one in gone:
                del self._items[repository][one]
                self._downloads.pop((repository, one), None)
        return len(gone)

    def expire(self, repository: str, path: str) -> None:
        """Mark the index pages at or below a path as expired; files never expire (C-05, D9)."""
        with self._lock:
            for item in self.below(repository, path):
                if item.is_index:
                    self.put(replace(item, expired=True))
