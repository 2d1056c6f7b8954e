"""Users, groups and permission targets, and the question whether somebody may do something (C1 to C5)."""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.exchange import Principal
from artifactory_conformance.reference.patterns import accepted
from artifactory_conformance.reference.repositories import Repositories, RepositoryClass
from artifactory_conformance.reference.switches import SwitchSet

READ, WRITE, DELETE, MANAGE = "read", "write", "delete", "manage"
ANONYMOUS = "anonymous"
ACTIONS = frozenset({READ, WRITE, "annotate", DELETE, MANAGE, "managedXrayMeta", "distribute"})

GRANT_LAG = 0.2
"""Seconds until a saved target is in force, if there is a lag (admin 2.9): how long is unknown, and runs are short."""


@dataclass(frozen=True)
class User:
    """Somebody with a name; the password is kept as a salted hash. The last three are kept and shown, no more."""

    name: str
    email: str = ""
    admin: bool = False
    groups: frozenset[str] = frozenset()
    password_hash: str = field(default="", repr=False)
    profile_updatable: bool = True
    ui_disabled: bool = False
    internal_password_disabled: bool = False


@dataclass(frozen=True)
class Group:
    """Users by a common name. New users join a group with `auto_join`."""

    name: str
    description: str = ""
    auto_join: bool = False
    admin: bool = False


@dataclass(frozen=True)
class PermissionTarget:
    """Grants on repositories and path patterns: nothing is ever denied, only not granted (C1)."""

    name: str
    repositories: tuple[str, ...]
    includes: tuple[str, ...] = ("**",)
    excludes: tuple[str, ...] = ()
    users: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    resolved: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LockPolicy:
    """Whether users are locked, and after how many failed log-ins in a row (P-13: off, 5 by default)."""

    enabled: bool = False
    attempts: int = 5


class Security:
    """All users, groups and permission targets of the instance, and its switches for strangers."""

    def __init__(self, repositories: Repositories, clock: Clock, switches: SwitchSet) -> None:
        self._repositories = repositories
        self._clock = clock
        self._switches = switches
        self._lock = threading.RLock()
        self._salt = secrets.token_hex(8)
        self.anonymous_access = False  # admin 5.5: off by default in 7.x
        self.hide_unauthorized = False
        self.lock_policy = LockPolicy()
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.targets: dict[str, PermissionTarget] = {}
        self._past: list[tuple[float, list[PermissionTarget]]] = []
        self._first_start()

    def _first_start(self) -> None:
        """What a fresh instance has (C10); what of it current versions still have is open (admin 11.10)."""
        joins, reads = (self._switches.on(name, "yes") for name in ("readers_auto_join", "readers_read"))
        self.groups["readers"] = Group("readers", "A group for read-only users", auto_join=joins)
        self.users["admin"] = User("admin", admin=True, password_hash=self.hashed("password"))
        self.users[ANONYMOUS] = User(ANONYMOUS)
        self.save_target(
            PermissionTarget(
                "Anything",
                ("ANY",),
                users={ANONYMOUS: frozenset({READ})},
                groups={"readers": frozenset({READ})} if reads else {},
            )
        )
        if self._switches.on(
            "default_any_remote", "yes"
        ):  # C10: anonymous only, so that plain users cannot fill caches (C11)
            anonymous = {ANONYMOUS: frozenset({READ, WRITE})}
            self.save_target(PermissionTarget("Any Remote", ("ANY REMOTE",), users=anonymous))

    def hashed(self, password: str) -> str:
        """What is kept of a password."""
        return hashlib.sha256(f"{self._salt}{password}".encode()).hexdigest()

    def password_is_right(self, user: User, password: str) -> bool:
        """Whether `password` is the user's. A user without a password has no right one."""
        return bool(user.password_hash) and hmac.compare_digest(user.password_hash, self.hashed(password))

    def principal(self, user: User) -> Principal:
        """Who a user is at this moment: membership in an administrators' group makes an administrator."""
        admin = user.admin or any(self.groups[name].admin for name in user.groups if name in self.groups)
        return Principal(user.name, admin, user.groups, anonymous=user.name == ANONYMOUS)

    def save_user(self, user: User) -> None:
        """Create or replace a user."""
        with self._lock:
            self.users[user.name] = user

    def save_group(self, group: Group) -> None:
        """Create or replace a group."""
        with self._lock:
            self.groups[group.name] = group

    def remove_group(self, name: str) -> None:
        """Delete a group, also out of its members."""
        with self._lock:
            del self.groups[name]
            for user in list(self.users.values()):
                if name in user.groups:
                    self.users[user.name] = replace(user, groups=user.groups - {name})

    def save_target(self, target: PermissionTarget) -> None:
        """Create or replace a target; keys of remotes that exist now stand for their caches (C3, P-08)."""
        remotes = {one.key: one.cache_key for one in self._repositories if one.kind is RepositoryClass.REMOTE}
        keys = set(target.repositories)
        if self._switches.on("cache_key_in_target", "ignored"):
            keys -= set(remotes.values())
        resolved = frozenset(remotes.get(key, key) for key in keys)
        with self._lock:
            self._remember()
            self.targets[target.name] = PermissionTarget(
                target.name,
                target.repositories,
                target.includes,
                target.excludes,
                target.users,
                target.groups,
                resolved,
            )

    def remove_target(self, name: str) -> None:
        """Delete a target."""
        with self._lock:
            self._remember()
            del self.targets[name]

    def remove_user(self, name: str) -> None:
        """Delete a user and the grants that name it."""
        with self._lock:
            del self.users[name]

    def _remember(self) -> None:
        now, lag = self._clock.now(), self._lag
        self._past = [
            *((since, kept) for since, kept in self._past if since > now - lag),
            (now, list(self.targets.values())),
        ]

    @property
    def _lag(self) -> float:
        return 0.0 if self._switches.on("permission_lag", "none") else GRANT_LAG

    def _in_force(self) -> list[PermissionTarget]:
        """The targets as they are (C7), or as they were a moment ago: changes may apply with a lag (admin 2.9)."""
        with self._lock:
            recent = [kept for since, kept in self._past if since > self._clock.now() - self._lag]
            return recent[0] if recent else list(self.targets.values())

    def allowed_somewhere(self, who: Principal, store_key: str, action: str) -> bool:
        """Whether `who` may do `action` on any path of a repository."""
        return who.admin or any(
            self._applies(target, store_key) and action in self._granted(target, who)
            for target in (() if who.anonymous and not self.anonymous_access else self._in_force())
        )

    def allowed(self, who: Principal, store_key: str, path: str, action: str, *, folder: bool = False) -> bool:
        """Whether `who` may do `action` on `store_key:path`; remotes are judged under their cache's key (C3)."""
        if who.admin:
            return True
        if who.anonymous and not self.anonymous_access:
            return False
        return any(
            self._applies(target, store_key)
            and action in self._granted(target, who)
            and accepted(target.includes, target.excludes, path, folder=folder)
            for target in self._in_force()
        )

    def _granted(self, target: PermissionTarget, who: Principal) -> frozenset[str]:
        own = target.users.get(who.name, frozenset())
        return own.union(*(target.groups.get(group, frozenset()) for group in who.groups))

    def _applies(self, target: PermissionTarget, store_key: str) -> bool:
        """By ANY, by the very key, by ANY LOCAL or ANY REMOTE (C2)."""
        if "ANY" in target.repositories or store_key in target.resolved:
            return True
        repository = self._repositories.stored_under(store_key)
        kind = repository.kind if repository else None
        if (
            repository
            and repository.key in target.repositories
            and self._switches.on("target_before_remote", "matches")
        ):
            return True
        return (kind is RepositoryClass.LOCAL and "ANY LOCAL" in target.repositories) or (
            kind is RepositoryClass.REMOTE and "ANY REMOTE" in target.repositories
        )

    def any_grant_on(self, who: Principal, store_key: str) -> bool:
        """Whether `who` may do anything at all in a repository (list of repositories, D2)."""
        return who.admin or any(
            self._applies(target, store_key) and self._granted(target, who) for target in list(self.targets.values())
        )
