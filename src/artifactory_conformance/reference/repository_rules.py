"""From the JSON of a repository to the repository: defaults, key rules and validation."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.repositories import CACHE_SUFFIX, MASK, Repositories, Repository, RepositoryClass
from artifactory_conformance.reference.switches import SwitchSet

_SHARED: Mapping[str, Any] = {
    "description": "",
    "notes": "",
    "includesPattern": "**/*",
    "excludesPattern": "",
    "repoLayoutRef": "simple-default",
    "projectKey": "",
    "environments": [],
}
_LOCAL: Mapping[str, Any] = {
    **_SHARED,
    "blackedOut": False,
    "xrayIndex": False,
    "propertySets": [],
    "archiveBrowsingEnabled": False,
    "priorityResolution": False,
}
_VIRTUAL: Mapping[str, Any] = {
    **_SHARED,
    "repositories": [],
    "defaultDeploymentRepo": "",
    "artifactoryRequestsCanRetrieveRemoteArtifacts": False,
    "hideUnauthorizedResources": False,
}
_REMOTE: Mapping[str, Any] = {  # admin 3.2
    **_SHARED,
    "url": "",
    "username": "",
    "password": "",
    "storeArtifactsLocally": True,
    "retrievalCachePeriodSecs": 7200,
    "metadataRetrievalTimeoutSecs": 60,
    "missedRetrievalCachePeriodSecs": 1800,
    "assumedOfflinePeriodSecs": 300,
    "unusedArtifactsCleanupPeriodHours": 0,
    "socketTimeoutMillis": 15000,
    "hardFail": False,
    "offline": False,
    "blackedOut": False,
    "xrayIndex": False,
    "bypassHeadRequests": False,
    "blockMismatchingMimeTypes": True,
    "mismatchingMimeTypesOverrideList": "",
    "remoteRepoChecksumPolicyType": "generate-if-absent",
    "proxy": "",
    "localAddress": "",
    "clientTlsCertificate": "",
    "queryParams": "",
    "disableProxy": False,
    "allowAnyHostAuth": False,
    "enableCookieManagement": False,
    "propagateQueryParams": False,
    "synchronizeProperties": False,
    "priorityResolution": False,
    "downloadRedirect": False,
    "cdnRedirect": False,
    "disableUrlNormalization": False,
    "archiveBrowsingEnabled": False,
    "curated": False,
    "passThrough": False,
    "listRemoteFolderItems": False,
    "shareConfiguration": False,
    "contentSynchronisation": {
        "enabled": False,
        "statistics": {"enabled": False},
        "properties": {"enabled": False},
        "source": {"originAbsenceDetection": False},
    },
    "propertySets": [],
}
_PYPI_REMOTE: Mapping[str, Any] = {"pyPIRegistryUrl": "https://pypi.org", "pyPIRepositorySuffix": "simple"}
_DEFAULTS = {
    RepositoryClass.LOCAL: _LOCAL,
    RepositoryClass.REMOTE: _REMOTE,
    RepositoryClass.VIRTUAL: _VIRTUAL,
}
_CHECKSUM_POLICIES = {"generate-if-absent", "fail", "ignore-and-generate", "pass-thru"}
_RESERVED = {"list", "api", "ui", "webapp", "favicon.ico"}  # E3
_XML_NAME = re.compile(r"[^\W\d][\w.\-]*")


def configured(
    key: str,
    wanted: Mapping[str, Any],
    existing: Repository | None,
    repositories: Repositories,
    switches: SwitchSet,
) -> Repository:
    """The repository that `wanted` describes; fields that it leaves out keep their value or get their default.

    Raises RequestRefused with the texts of admin 3.1 and E1 to E7.
    """
    kind = existing.kind if existing else _class_of(wanted)
    package_type = existing.package_type if existing else str(wanted.get("packageType") or "generic").lower()
    is_remote = kind is RepositoryClass.REMOTE
    if existing is None:
        check_key(key, kind, repositories)
    defaults = {
        **_DEFAULTS[kind],
        **({"listRemoteFolderItems": switches.on("list_remote_folder_items", "true")} if is_remote else {}),
        **(_PYPI_REMOTE if is_remote and package_type == "pypi" else {}),
    }
    given = {name: value for name, value in wanted.items() if name in defaults and value is not None}
    settings = {**defaults, **(existing.settings if existing else {}), **given, "password": ""}
    repository = Repository(key, kind, package_type, settings, _password(wanted, existing))
    if is_remote:
        _check_remote(repository)
    if kind is RepositoryClass.VIRTUAL:
        _check_virtual(repository, repositories, switches)
    return repository


def _class_of(wanted: Mapping[str, Any]) -> RepositoryClass:
    try:
        return RepositoryClass(str(wanted.get("rclass") or wanted.get("type") or "").lower())
    except ValueError as error:
        raise RequestRefused(400, "No valid repository class was given.") from error


def _password(wanted: Mapping[str, Any], existing: Repository | None) -> str:
    given = wanted.get("password")
    if given is None:
        return existing.password if existing else ""
    if existing and given in (
        existing.sealed_password,
        MASK,
    ):  # the shown text sent back keeps the password (admin 3.2)
        return existing.password
    return str(given)


def check_key(key: str, kind: RepositoryClass, repositories: Repositories) -> None:
    """The rules for a new key (E1 to E7, E2, E4, E5). Raises RequestRefused with status 400."""
    longest = 58 if kind is RepositoryClass.REMOTE else 64
    if not key.strip():
        raise RequestRefused(400, "Repository key cannot be empty")
    if len(key) > longest:
        raise RequestRefused(400, f"Repository key exceeds maximum length ({longest}) chars.")
    if key.lower() in _RESERVED:
        raise RequestRefused(400, f"Repository key '{key}' is a reserved name")
    if key in (".", "..", "&"):
        raise RequestRefused(400, "Invalid Repository key")
    if not _XML_NAME.fullmatch(key):
        raise RequestRefused(400, "Repository key contains illegal character")
    if kind is RepositoryClass.LOCAL and key.lower().endswith(CACHE_SUFFIX):
        raise RequestRefused(400, f"Illegal Repository key : '{CACHE_SUFFIX}' is not allowed at the end")
    taken = repositories.taken(key)
    if taken is not None:
        prefix = "" if taken == key else "Case insensitive "
        raise RequestRefused(400, f"{prefix}{'Repository' if taken == key else 'repository'} key already exists")


def _check_remote(remote: Repository) -> None:
    url = remote.text("url")
    if not url:
        raise RequestRefused(400, "URL cannot be empty")  # E10
    for given in filter(None, (url, remote.text("pyPIRegistryUrl"))):
        try:
            parts = urlsplit(given)
            valid = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        except ValueError:
            valid = False
        if not valid:
            raise RequestRefused(400, f"Invalid URL: {given}")
    policy = remote.text("remoteRepoChecksumPolicyType")
    if policy not in _CHECKSUM_POLICIES:
        raise RequestRefused(400, f"No checksum policy type found for: {policy}")  # pypi 3.1
    for name, default in _REMOTE.items():
        value = remote.settings[name]
        if isinstance(default, int) and not isinstance(default, bool) and not _is_number(value):
            raise RequestRefused(400, f"{name} must be a number")


def _is_number(value: Any) -> bool:
    try:
        int(value)
    except (TypeError, ValueError):
        return False
    return True


def _check_virtual(virtual: Repository, repositories: Repositories, switches: SwitchSet) -> None:
    """Members exist and are of the virtual's type (B14)."""
    for key in virtual.members:
        member = repositories.get(key)
        if member is None and key != virtual.key:
            raise RequestRefused(switches.status("virtual_unknown_member"), f"Repository '{key}' does not exist")
        if member is not None and member.package_type != virtual.package_type != "generic":
            raise RequestRefused(
                switches.status("virtual_wrong_member_type"), f"Repository '{key}' has another package type"
            )
    target = virtual.text("defaultDeploymentRepo")
    if target and target not in virtual.members:
        raise RequestRefused(400, f"Default deployment repository '{target}' is not a member")
