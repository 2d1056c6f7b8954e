"""Replications of repositories (admin 7): configured, never run, since the model has no second site."""

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.outbound import UpstreamUnreachable
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.rest_repositories import json_object


class ReplicationsRest:
    """`/api/replications/<key>`, `/api/replication/<key>` and `/api/system/replications`, for administrators."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._by_key: dict[str, dict[str, object]] = {}

    def handle(self, call: Call, key: str) -> Answer:
        """Show (404 if there is none), set and remove the replication of a repository. Raises RequestRefused."""
        self._instance.access.require_admin(call.caller)
        repository = self._instance.repositories.get(key)
        if repository is None:
            raise RequestRefused(404, f"Could not find repository '{key}'.")
        if call.method in ("PUT", "POST"):
            return self._set(repository, call)
        known = self._by_key.get(key)
        if known is None:
            raise RequestRefused(404, f"Could not find replication for repository '{key}'.")
        if call.method == "GET":
            return as_json(known)
        if call.method != "DELETE":
            raise RequestRefused(405, "Method Not Allowed")
        del self._by_key[key]
        return Answer(200, b"", chunked=True)

    def _set(self, repository: Repository, call: Call) -> Answer:
        if repository.kind is RepositoryClass.REMOTE and not self._has_artifactory_upstream(repository):
            # Pull replication needs an Artifactory upstream; what is said without one is not known.
            raise RequestRefused(400, f"The upstream of '{repository.key}' is no Artifactory.")
        status = 200 if repository.key in self._by_key else 201
        wanted = {"cronExp": "", "enabled": True, "syncDeletes": False, "syncProperties": False, **json_object(call)}
        self._by_key[repository.key] = {**wanted, "repoKey": repository.key}
        return Answer(status, b"", chunked=True)

    def _has_artifactory_upstream(self, remote: Repository) -> bool:
        try:
            answer = self._instance.outbound.ask(remote, "HEAD", f"{remote.url}/")
        except UpstreamUnreachable:
            return False
        return "X-Artifactory-Id" in answer.headers

    def status(self, call: Call, key: str) -> Answer:
        """What became of a replication: nothing ever did."""
        self._instance.access.require_admin(call.caller)
        if key not in self._by_key:
            raise RequestRefused(404, f"Could not find replication for repository '{key}'.")
        return as_json({"status": "never_run"})

    def block(self, call: Call) -> Answer:
        """Whether replications are blocked on the whole instance."""
        self._instance.access.require_admin(call.caller)
        if call.method != "GET":
            return as_text("")
        return as_json({"blockPullReplications": False, "blockPushReplications": False})
