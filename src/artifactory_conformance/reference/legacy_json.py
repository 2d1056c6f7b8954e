"""Legacy JSON of projects: `/pypi/<name>/json` and `/pypi/<name>/<version>/json` (U-17, U-18)."""

import json
from datetime import datetime, timezone
from typing import Any
from urllib.parse import quote

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.local import LocalPackages
from artifactory_conformance.reference.outbound import UpstreamUnreachable
from artifactory_conformance.reference.remote_index import index_path
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.store import Item

_UNKNOWN = (
    "author",
    "author_email",
    "classifiers",
    "description",
    "description_content_type",
    "docs_url",
    "download_url",
    "dynamic",
    "home_page",
    "license",
    "license_expression",
    "license_files",
    "maintainer",
    "maintainer_email",
    "package_url",
    "project_url",
    "project_urls",
    "provides_extra",
    "release_url",
    "requires_dist",
)


class LegacyJson:
    """Locals describe themselves, remotes pass on what the catalog says."""

    def __init__(self, instance: Instance, local: LocalPackages) -> None:
        self._instance = instance
        self._local = local

    def answer(self, repository: Repository, call: Call, rest: str) -> Answer:
        """The answer for `pypi/…/json`. Raises RequestRefused with 404 where the version does not have it."""
        switches = self._instance.switches
        parts = rest.split("/")[1:-1]
        if repository.kind is RepositoryClass.LOCAL and switches.on("legacy_json_local", "on") and parts:
            return self._of_local(repository, call, parts)
        if repository.kind is RepositoryClass.REMOTE and switches.on("legacy_json_remote", "proxied"):
            return self._of_remote(repository, call, rest, parts)
        raise RequestRefused(404, "Not Found")

    def _of_remote(self, remote: Repository, call: Call, rest: str, parts: list[str]) -> Answer:
        self._instance.access.require_read(remote.cache_key, index_path(parts[0].lower() if parts else ""), call.caller)
        url = f"{remote.text('pyPIRegistryUrl').rstrip('/')}/{quote(rest)}"
        try:
            answer = self._instance.outbound.ask(remote, "GET", url, call.originators)
        except UpstreamUnreachable as failure:
            raise RequestRefused(404, str(failure)) from failure
        if answer.status != 200:
            raise RequestRefused(404, answer.reason or "Not Found")
        return Answer(200, answer.body, {"Content-Type": "application/json"}, chunked=True)

    def _of_local(self, local: Repository, call: Call, parts: list[str]) -> Answer:
        items = self._local.project(local, str(canonicalize_name(parts[0])), call)
        version = parts[1] if len(parts) > 1 else max((_version_of(item) for item in items), key=_age)
        wanted = [item for item in items if _version_of(item) == version]
        if not wanted:
            raise RequestRefused(404, "Not Found")
        body = {
            "info": _info(wanted[0]),
            "urls": [_file(item) for item in wanted],
            "vulnerabilities": [],
            "last_serial": 0,
        }
        text = json.dumps(body, separators=(",", ":"))
        return Answer(200, text.encode(), {"Content-Type": "application/json"}, chunked=True)


def _version_of(item: Item) -> str:
    return item.properties.get("pypi.version", "")


def _age(version: str) -> tuple[bool, Version]:
    try:
        return True, Version(version)
    except InvalidVersion:
        return False, Version("0")


def _info(item: Item) -> dict[str, Any]:
    known = {
        "keywords": "",
        "platform": "",
        "name": item.properties["pypi.normalized.name"],
        "requires_python": item.properties.get("pypi.requires.python"),
        "summary": item.properties.get("pypi.summary"),
        "version": _version_of(item),
        "yanked": False,
        "yanked_reason": None,
    }
    return dict(sorted({**dict.fromkeys(_UNKNOWN), **known}.items()))


def _file(item: Item) -> dict[str, Any]:
    uploaded = datetime.fromtimestamp(item.created, timezone.utc).replace(tzinfo=None)
    is_wheel = item.name.endswith(".whl")
    return {
        "comment_text": "",
        "digests": {"sha256": item.sha256, "md5": item.md5},
        "filename": item.name,
        "md5_digest": item.md5,
        "packagetype": "bdist_wheel" if is_wheel else "sdist",
        "python_version": item.name.split("-")[-3] if is_wheel and item.name.count("-") > 3 else "source",
        "requires_python": item.properties.get("pypi.requires.python"),
        "size": len(item.content),
        "upload_time": uploaded.isoformat(timespec="seconds"),
        "upload_time_iso_8601": uploaded.isoformat(timespec="microseconds") + "Z",
        "url": f"../../{item.path}#sha256={item.sha256}",
        "yanked": False,
        "yanked_reason": None,
    }
