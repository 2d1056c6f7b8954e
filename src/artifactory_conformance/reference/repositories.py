"""Repositories as they are configured, and the register of them."""

import enum
import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from artifactory_conformance.reference.patterns import accepted, split_patterns

CACHE_SUFFIX = "-cache"
MASK = "********"
_SEAL = secrets.token_hex(16)


class RepositoryClass(enum.Enum):
    """What kind of repository a key names."""

    LOCAL = "local"
    REMOTE = "remote"
    VIRTUAL = "virtual"


@dataclass(frozen=True)
class Repository:
    """One configured repository: `settings` are the fields of its REST form, the password is kept apart."""

    key: str
    kind: RepositoryClass
    package_type: str
    settings: Mapping[str, Any] = field(repr=False)
    password: str = field(default="", repr=False)

    def text(self, name: str) -> str:
        """A textual setting."""
        return str(self.settings.get(name) or "")

    def number(self, name: str) -> int:
        """A numeric setting."""
        return int(self.settings.get(name) or 0)

    def flag(self, name: str) -> bool:
        """A yes-or-no setting."""
        return bool(self.settings.get(name))

    @property
    def cache_key(self) -> str:
        """The key under which a remote stores and is judged (C3)."""
        return self.key + CACHE_SUFFIX

    @property
    def store_key(self) -> str:
        """The key under which its content lies: of a remote the cache, of all others its own."""
        return self.cache_key if self.kind is RepositoryClass.REMOTE else self.key

    @property
    def url(self) -> str:
        """The base of the files of a remote, without a final slash (R-01)."""
        return self.text("url").rstrip("/")

    @property
    def index_url(self) -> str:
        """Where a remote's index is: `<Registry URL>/<suffix>`, without a final slash (R-03)."""
        parts = (self.text("pyPIRegistryUrl").rstrip("/"), self.text("pyPIRepositorySuffix").strip("/"))
        return "/".join(part for part in parts if part)

    @property
    def members(self) -> tuple[str, ...]:
        """The keys that a virtual lists."""
        return tuple(self.settings.get("repositories") or ())

    def stored_at(self, upstream_path: str) -> str:
        """Where a PyPI remote stores what it fetched at a path: the prefix `packages/` is stripped (U-11, R-10)."""
        return upstream_path.removeprefix("packages/") if self.package_type == "pypi" else upstream_path

    def accepts(self, path: str) -> bool:
        """Whether the include and exclude patterns let a storage path pass (V-05)."""
        return accepted(
            split_patterns(self.text("includesPattern")), split_patterns(self.text("excludesPattern")), path
        )

    @property
    def sealed_password(self) -> str:
        """What REST shows for the password: not empty and not the password (admin 3.2)."""
        if not self.password:
            return ""
        return "JE" + hashlib.sha256(f"{_SEAL}{self.password}".encode()).hexdigest()[:44]


def is_pypi(repository: Repository | None) -> bool:
    """Whether this is a PyPI repository."""
    return repository is not None and repository.package_type == "pypi"


class Repositories:
    """All repositories by key. Listeners hear of every saved change (A40)."""

    def __init__(self) -> None:
        self._by_key: dict[str, Repository] = {}
        self._listeners: list[Callable[[], None]] = []
        self._lock = threading.RLock()

    def __iter__(self) -> Iterator[Repository]:
        with self._lock:
            return iter(list(self._by_key.values()))

    def get(self, key: str) -> Repository | None:
        """The repository of that key."""
        return self._by_key.get(key)

    def stored_under(self, store_key: str) -> Repository | None:
        """The local of that key, or the remote whose cache has that key."""
        for repository in self:
            if repository.kind is not RepositoryClass.VIRTUAL and repository.store_key == store_key:
                return repository
        return None

    def taken(self, key: str) -> str | None:
        """A key in use that equals `key` but for case (E6)."""
        return next((repository.key for repository in self if repository.key.lower() == key.lower()), None)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every saved change."""
        self._listeners.append(listener)

    def save(self, repository: Repository) -> None:
        """Create or replace."""
        with self._lock:
            self._by_key[repository.key] = repository
        self._changed()

    def remove(self, key: str) -> None:
        """Delete, also out of the virtuals that list it."""
        with self._lock:
            del self._by_key[key]
            for other in list(self._by_key.values()):
                if key in other.members:
                    kept = [member for member in other.members if member != key]
                    self._by_key[other.key] = replace(other, settings={**other.settings, "repositories": kept})
        self._changed()

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()

    def real_members(self, virtual: Repository, path: str) -> list[Repository]:
        """The locals and remotes behind a virtual that may have `path`, depth first, each once, cycles cut (B1)."""
        found: dict[str, Repository] = {}
        self._descend(virtual, path, (), found)
        return list(found.values())

    def _descend(self, virtual: Repository, path: str, above: tuple[str, ...], found: dict[str, Repository]) -> None:
        if virtual.key in above or not virtual.accepts(path):
            return
        for key in virtual.members:
            member = self.get(key)
            if member is None:
                continue
            if member.kind is RepositoryClass.VIRTUAL:
                self._descend(member, path, (*above, virtual.key), found)
            else:
                found.setdefault(member.key, member)
