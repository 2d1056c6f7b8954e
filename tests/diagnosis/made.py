"""Runs to diagnose, as data of results.json."""

from __future__ import annotations

from typing import Any

CATALOG = "https://repository.activestate.com"
ORGANIZATION = "01234567-89ab-cdef-0123-456789abcdef"
URL = f"{CATALOG}/{ORGANIZATION}/pypi"
KNOWN = {
    "base": "https://artifactory.example.com/artifactory",
    "remote": "activestate-platform",
    "virtual": "activestate-virtual",
    "local": "internal-pypi",
    "organization": ORGANIZATION,
    "catalog_addresses": [CATALOG],
    "public_addresses": [],
}
REMOTE = {
    "found": True,
    "key": "activestate-platform",
    "rclass": "remote",
    "packageType": "pypi",
    "url": URL,
    "pyPIRegistryUrl": URL,
    "pyPIRepositorySuffix": "simple",
    "username": ORGANIZATION,
    "has_password": True,
    "storeArtifactsLocally": True,
    "offline": False,
    "blackedOut": False,
    "includesPattern": "**/*",
    "excludesPattern": "",
    "retrievalCachePeriodSecs": 7200,
    "missedRetrievalCachePeriodSecs": 1800,
    "unusedArtifactsCleanupPeriodHours": 0,
    "xrayIndex": False,
    "priorityResolution": False,
    "description": "ActiveState Curated Catalog; not to be mixed with public PyPI",
}
LOCAL = {"found": True, "key": "internal-pypi", "rclass": "local", "packageType": "pypi"}
VIRTUAL = {
    "found": True,
    "key": "activestate-virtual",
    "rclass": "virtual",
    "packageType": "pypi",
    "repositories": ["activestate-platform", "internal-pypi"],
    "defaultDeploymentRepo": "internal-pypi",
}
GRANT = {
    "name": "activestate-platform-read",
    "repositories": ["activestate-platform"],
    "include": ["**"],
    "exclude": [],
    "account": ["read", "write"],
    "groups": {},
    "other_users": 0,
}


def administrator(**changed: Any) -> dict[str, Any]:
    """Give what an administrator reads where everything is as the guide has it, with some sections changed."""
    members = [{"path": ["activestate-virtual", one["key"]], **one} for one in (REMOTE, LOCAL)]
    return {
        "remote": REMOTE,
        "local": LOCAL,
        "virtual": VIRTUAL,
        "members": members,
        "account": {"found": True, "groups": ["developers"], "admin": False},
        "grants": [GRANT],
        "instance": {"urlBase": "", "offlineMode": "false"},
        "quota": {"enabled": "false"},
        "percent_used": 20.0,
        **changed,
    }


def probes(*, known: dict[str, Any] | None = None, **sections: Any) -> dict[str, Any]:
    return {"known": KNOWN | (known or {}), **sections, "failed": {}}


def check(name: str, verdict: str = "nonconformant", *clauses: str, level: str = "pull", **more: Any) -> dict[str, Any]:
    return {"id": name, "verdict": verdict, "clauses": list(clauses), "level": level, "builds_on": [], **more}


def results(*checks: dict[str, Any], level: str = "pull", **more: Any) -> dict[str, Any]:
    return {"level": level, "target": {"kind": "instance"}, "checks": list(checks), **more}
