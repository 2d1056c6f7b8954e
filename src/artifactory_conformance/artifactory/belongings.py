"""What of each kind belongs to a run at an Artifactory: looked at, told by prefix and owner, removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from artifactory_conformance.artifactory.instance_settings import InstanceSettings
from artifactory_conformance.artifactory.patched import PatchedRepositories
from artifactory_conformance.artifactory.repositories import Repositories
from artifactory_conformance.artifactory.security import Security
from artifactory_conformance.artifactory.tokens import AccessTokens
from artifactory_conformance.artifactory.user_locks import POLICY_SETTING, UserLocks
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.ledger import Entry, Owner, carries, mark_of

_MISLEADING = frozenset("/\\?#%")
"""Characters that make another address of a name; no name of a run has one."""


class NotOurs(Exception):
    """Something has the name, or the place, and is not the run's; the message says why. It was left as it is."""


@dataclass(frozen=True)
class _Kind:
    """How one kind of thing is read by its name (None: there is none), and removed for good."""

    read: Callable[[str], Mapping[str, Any] | None]
    remove: Callable[[str], None]


class Belongings:
    """Everything that a run may have made at an Artifactory, as an administrator with a session at level mutate."""

    def __init__(self, session: RecordedSession) -> None:
        repositories, security = Repositories(session), Security(session)
        patched, tokens = PatchedRepositories(session), AccessTokens(session)
        self._kinds = {
            "repository": _Kind(repositories.configuration, repositories.delete),
            "repository by patch": _Kind(patched.listed, patched.remove),
            "user": _Kind(security.user, security.delete_user),
            "group": _Kind(security.group, security.delete_group),
            "permission target": _Kind(security.permission, security.revoke),
            "access token": _Kind(tokens.described, tokens.revoke_described),
        }
        self._settings = InstanceSettings(session)
        self._locks = UserLocks(session)

    def remove(self, entry: Entry) -> bool:
        """Remove what a ledger has, or put a setting back, and make sure of it; False if there was nothing to do.

        Raises NotOurs, ArtifactoryRefused, NotSettled or TargetUnreachable.
        """
        if entry.kind == "setting":
            return self._put_back(entry)
        kind = self._kinds.get(entry.kind)
        if kind is None:
            raise NotOurs(f"this version knows no {entry.kind!r}")
        if _MISLEADING & set(entry.name) or not entry.name.isprintable() or entry.name.strip(".") == "":
            raise NotOurs("no run gives such a name")
        found = kind.read(entry.name)
        if found is None:
            return False
        if problem := _whose(entry, found):
            raise NotOurs(problem)
        kind.remove(entry.name)
        return True

    def _put_back(self, entry: Entry) -> bool:
        """Put a setting back as long as it is what the run has made of it."""
        try:
            now = self._read(entry.name)
        except KeyError:
            raise NotOurs(f"this version knows no setting {entry.name!r}") from None
        if _agrees(now, entry.before):
            return False
        if not _agrees(now, entry.during):
            raise NotOurs(f"it is {now!r} now, which is neither what it was nor what the run has made of it")
        if entry.name == POLICY_SETTING:
            self._locks.write(entry.before)
        else:
            self._settings.write(entry.name, entry.before)
        if not _agrees(now := self._read(entry.name), entry.before):
            raise NotOurs(f"it was {entry.before!r}, and is {now!r} although that was written")
        return True

    def _read(self, setting: str) -> Any:
        return self._locks.policy() if setting == POLICY_SETTING else self._settings.read(setting)


def _agrees(now: Any, wanted: Any) -> bool:
    """Compare as far as a setting was told: a section may show more than it was given."""
    if isinstance(now, Mapping) and isinstance(wanted, Mapping):
        return all(now.get(name) == value for name, value in wanted.items())
    return bool(now == wanted)


def _whose(entry: Entry, found: Mapping[str, Any]) -> str:
    """Say why something that has the name in the ledger is not known to be the run's; nothing if it is."""
    if entry.owner is Owner.NAME:
        ours = entry.name.startswith(f"{mark_of(entry.run)}-")
        return "" if ours else f"its name does not begin with {mark_of(entry.run)}-, and it says nothing else"
    if entry.owner is Owner.USERS:
        return _whose_grants(entry, found)
    if carries(str(found.get(entry.owner.value) or ""), entry.run):
        return ""
    return f"no {mark_of(entry.run)} in its {entry.owner.value}: it is somebody else's, or was changed since"


def _whose_grants(entry: Entry, found: Mapping[str, Any]) -> str:
    try:
        actions = found["repo"]["actions"]
        names = [*actions.get("users", {}), *(f"group {name}" for name in actions.get("groups", {}))]
    except (KeyError, TypeError, AttributeError):
        names = []
    others = [name for name in names if not name.startswith(f"{mark_of(entry.run)}-")]
    if names and not others:
        return ""
    return f"it gives rights to {', '.join(others) or 'nobody'}, and not to users of the run alone"
