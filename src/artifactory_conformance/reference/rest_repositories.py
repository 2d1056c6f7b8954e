"""`/api/repositories` and `/api/v2/repositories` (admin 3.1)."""

import json
from typing import Any

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.repositories import MASK, Repository, RepositoryClass
from artifactory_conformance.reference.repository_rules import configured
from artifactory_conformance.reference.security import READ

_VENDOR = "application/vnd.org.jfrog.artifactory.repositories."


class RepositoriesRest:
    """Configuration of repositories."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def listing(self, call: Call, base: str) -> Answer:
        """All repositories that the caller has something to do with, filtered (D2)."""
        kind, package_type = call.query.get("type", "").lower(), call.query.get("packageType", "").lower()
        found = [
            self._summary(repository, base)
            for repository in self._instance.repositories
            if (not kind or repository.kind.value == kind)
            and (not package_type or repository.package_type == package_type)
            and self._is_visible(repository, call)
        ]
        return as_json(found)

    def _is_visible(self, repository: Repository, call: Call) -> bool:
        if repository.kind is RepositoryClass.VIRTUAL:
            members = self._instance.repositories.real_members(repository, "")
            return call.caller.admin or any(self._is_visible(member, call) for member in members)
        return self._instance.security.any_grant_on(call.caller, repository.store_key)

    def _summary(self, repository: Repository, base: str) -> dict[str, Any]:
        remote = repository.kind is RepositoryClass.REMOTE
        return {
            "key": repository.key,
            "description": repository.text("description"),
            "type": repository.kind.name,
            "url": repository.text("url") if remote else f"{base}/{repository.key}",
            "packageType": {"pypi": "Pypi"}.get(repository.package_type, repository.package_type.capitalize()),
        }

    def handle(self, call: Call, key: str, base: str) -> Answer:
        """One repository. Raises RequestRefused."""
        if call.method in ("GET", "HEAD"):
            return self._get(call, key, base, RequestRefused(*self._unknown()))
        if call.method == "PUT":
            return self._create(call, key)
        if call.method == "POST":
            return self._update(call, key)
        if call.method == "DELETE":
            return self._remove(call, key)
        raise RequestRefused(405, "Method Not Allowed")

    def get_v2(self, call: Call, key: str, base: str) -> Answer:
        """The same with an honest 404 for an unknown key."""
        return self._get(call, key, base, RequestRefused(404, f"The repository {key} was not found"))

    def _unknown(self) -> tuple[int, str]:
        status = self._instance.switches.status("unknown_repository")
        return status, "Bad Request" if status == 400 else "Not Found"  # B-57

    def _get(self, call: Call, key: str, base: str, unknown: RequestRefused) -> Answer:
        repository = self._instance.repositories.get(key)
        if repository is None:
            raise unknown
        if not call.caller.admin:
            return as_json(self._for_reader(repository, call, base))
        own = {"key": key, "rclass": repository.kind.value, "packageType": repository.package_type}
        body = {**own, **repository.settings}
        if repository.kind is RepositoryClass.REMOTE:
            masked = repository.password and self._instance.switches.on("remote_password_shown", "masked")
            body["password"] = MASK if masked else repository.sealed_password
        return as_json(body)

    def _for_reader(self, repository: Repository, call: Call, base: str) -> dict[str, Any]:
        """A non-admin who may read sees a few fields."""
        keys = [repository.store_key]
        if repository.kind is RepositoryClass.VIRTUAL:
            keys = [member.store_key for member in self._instance.repositories.real_members(repository, "")]
        security = self._instance.security
        if not any(security.allowed(call.caller, key, "", READ, folder=True) for key in keys):
            self._instance.access.require_admin(call.caller)
        shown = self._summary(repository, base)
        return {
            "key": repository.key,
            "rclass": repository.kind.value,
            "packageType": repository.package_type,
            "description": shown["description"],
            "url": shown["url"],
        }

    def _create(self, call: Call, key: str) -> Answer:
        self._instance.access.require_admin(call.caller)
        body = _body(call, charset_status=415)
        if body.get("key", key) != key:
            raise RequestRefused(400, "Repository key in the body does not match the key in the path")
        repository = configured(key, body, None, self._instance.repositories, self._instance.switches)
        self._instance.repositories.save(repository)
        return as_text(f"Successfully created repository '{key}' \n")

    def _update(self, call: Call, key: str) -> Answer:
        self._instance.access.require_admin(call.caller)
        existing = self._instance.repositories.get(key)
        body = _body(call, charset_status=404)
        if existing is None:
            raise RequestRefused(
                self._instance.switches.status("update_unknown_repository"), f"Repository '{key}' does not exist"
            )
        if body.get("key", key) != key:
            raise RequestRefused(409, "Repository key in the body does not match the key in the path")
        repositories = self._instance.repositories
        repositories.save(configured(key, body, existing, repositories, self._instance.switches))
        return as_text(f"Repository {key} update successfully.\n")

    def _remove(self, call: Call, key: str) -> Answer:
        self._instance.access.require_admin(call.caller)
        repository = self._instance.repositories.get(key)
        if repository is None:
            gone = f"Cannot delete repository: '{key}', repository config does not exist"
            return self._deletion(key, gone, 0, done=False)
        count = self._instance.store.remove(repository.store_key, "")
        self._instance.repositories.remove(key)
        content = "" if repository.kind is RepositoryClass.VIRTUAL else " and all its content"
        verb = "has" if repository.kind is RepositoryClass.VIRTUAL else "have"
        return self._deletion(key, f"Repository '{key}'{content} {verb} been removed successfully.", count, done=True)

    def _deletion(self, key: str, text: str, count: int, *, done: bool) -> Answer:
        status = 200 if done else 404
        if self._instance.switches.on("delete_repository_body", "text"):
            return as_text(text + "\n", status)
        return as_json({"repoKey": key, "statusMsg": text, "deletedArtifactsCount": count, "success": done}, status)


def _body(call: Call, *, charset_status: int) -> dict[str, Any]:
    """The JSON object of a request; only bare JSON types are taken (B-56). Raises RequestRefused."""
    kind, _, parameters = call.header("content-type").partition(";")
    if kind.strip() != "application/json" and not kind.strip().startswith(_VENDOR):
        raise RequestRefused(415, "Unsupported Media Type")
    if parameters.strip():
        raise RequestRefused(charset_status, "Not Found" if charset_status == 404 else "Unsupported Media Type")
    return json_object(call)


def json_object(call: Call) -> dict[str, Any]:
    """The JSON object in a body. Raises RequestRefused with status 400."""
    try:
        value = json.loads(call.body or b"{}")
    except ValueError as error:
        raise RequestRefused(400, "Failed to parse the request body as JSON") from error
    if not isinstance(value, dict):
        raise RequestRefused(400, "Failed to parse the request body as a JSON object")
    return value
