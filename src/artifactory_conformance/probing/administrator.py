"""What an administrator reads: configurations, grants and settings of the instance. Passwords are never among it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from artifactory_conformance.artifactory import (
    ANONYMOUS_ACCESS,
    HIDE_EXISTENCE,
    ConnectionTest,
    InstanceSettings,
    PermissionTarget,
    Repositories,
    Security,
    Usage,
)
from artifactory_conformance.artifactory.instance_settings import QUOTA
from artifactory_conformance.catalog_url import CatalogUrl
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.sites import Site

FIELDS = (
    *("key", "rclass", "packageType", "description", "notes", "includesPattern", "excludesPattern"),
    *("priorityResolution", "xrayIndex", "blackedOut"),
)
"""Fields that every class of repository has."""

OF_A_REMOTE = (
    *("url", "pyPIRegistryUrl", "pyPIRepositorySuffix", "username", "storeArtifactsLocally", "offline", "hardFail"),
    *("retrievalCachePeriodSecs", "missedRetrievalCachePeriodSecs", "assumedOfflinePeriodSecs", "proxy"),
    *("unusedArtifactsCleanupPeriodHours", "socketTimeoutMillis", "blockMismatchingMimeTypes", "bypassHeadRequests"),
    *("allowAnyHostAuth", "disableUrlNormalization", "remoteRepoChecksumPolicyType", "downloadRedirect"),
)
OF_A_VIRTUAL = ("repositories", "defaultDeploymentRepo", "artifactoryRequestsCanRetrieveRemoteArtifacts")

MOST_MEMBERS = 20
"""Repositories behind a virtual whose configuration is read."""

Ask = Callable[[], Any]


def questions(session: RecordedSession, site: Site, account: str, *, pulls: bool) -> Iterator[tuple[str, Ask]]:
    """Give what is asked, by name. account: who installs; empty if nobody is known by name."""
    for name, key in (("remote", site.remote), ("virtual", site.virtual), ("local", site.local)):
        if key:
            yield name, partial(configuration, session, key)
    if site.virtual:
        yield "members", lambda: members(session, site.virtual)
    if account:
        yield "account", lambda: user(session, account)
        yield "grants", lambda: grants(session, account)
    yield "instance", lambda: instance(session)
    yield "quota", lambda: InstanceSettings(session).section(QUOTA)
    yield "percent_used", lambda: Usage.read(session).percent_used
    if pulls:
        yield "button", lambda: button(session, site.remote)


def configuration(session: RecordedSession, key: str) -> dict[str, Any]:
    """Give the fields of a repository that matter; whether a password is stored, and never the password."""
    stored = Repositories(session).configuration(key)
    if stored is None:
        return {"found": False}
    wanted = (*FIELDS, *OF_A_REMOTE, *OF_A_VIRTUAL)
    given = {name: stored[name] for name in wanted if name in stored}
    for name in ("url", "pyPIRegistryUrl"):
        if given.get(name):
            given[name] = str(CatalogUrl.read(str(given[name])))  # without a user and password in it
    if "password" in stored:
        given["has_password"] = bool(stored["password"])
    return {"found": True, **given}


def members(session: RecordedSession, virtual: str) -> list[dict[str, Any]]:
    """Walk over all that stands behind a virtual, each with the way to it; what cannot be read is told as unread."""
    found: list[dict[str, Any]] = []
    open_: list[tuple[str, ...]] = [(virtual,)]
    seen = set()
    while open_ and len(found) < MOST_MEMBERS:
        path = open_.pop(0)
        if path[-1] in seen:
            continue
        seen.add(path[-1])
        one = configuration(session, path[-1])
        found.append({"path": list(path), **one})
        if one.get("rclass") == "virtual":
            open_ += [(*path, str(key)) for key in one.get("repositories") or ()]
    return found[1:]


def user(session: RecordedSession, name: str) -> dict[str, Any]:
    """Give what the instance knows of an account: whether it is an administrator, its groups, whether it is locked."""
    found = Security(session).user(name)
    if found is None:
        return {"found": False}
    told: dict[str, Any] = {
        key: found[key] for key in ("admin", "status", "offlineMode", "disableUIAccess") if key in found
    }
    return {"found": True, "groups": list(found.get("groups") or ()), **told}


def grants(session: RecordedSession, account: str) -> list[dict[str, Any]]:
    """Give every permission target: its repositories, its patterns, and what it gives to the account and to groups."""
    return [_grant(target, account) for target in Security(session).permission_targets()]


def _grant(target: PermissionTarget, account: str) -> dict[str, Any]:
    return {
        "name": target.name,
        "repositories": list(target.repositories),
        "include": list(target.include),
        "exclude": list(target.exclude),
        "account": sorted(target.users.get(account, ())),
        "groups": {group: sorted(actions) for group, actions in sorted(target.groups.items())},
        "other_users": sum(user != account for user in target.users),
    }


def instance(session: RecordedSession) -> dict[str, Any]:
    """Give settings of the whole instance that change what users see."""
    settings = InstanceSettings(session)
    names = ("urlBase", "offlineMode", ANONYMOUS_ACCESS, HIDE_EXISTENCE)
    return {name: value for name in names if (value := settings.value(name)) is not None}


def button(session: RecordedSession, key: str) -> dict[str, Any]:
    """Press Test on what is stored."""
    shown = ConnectionTest(session).press(key)
    return {"green": shown.green, "says": shown.says}
