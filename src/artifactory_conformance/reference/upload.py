"""Uploads: twine's form (T-01 to T-07) and plain PUT."""

from packaging.utils import canonicalize_name

from artifactory_conformance.reference.checksums import check_clients
from artifactory_conformance.reference.clock import iso
from artifactory_conformance.reference.errors import RequestRefused, pretty
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.metadata import properties_of
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.store import Item

QUIET_PERIOD = 60.0
"""Seconds until a file that was put by hand is indexed (T-04)."""

API_LAG = 0.2
"""Seconds until a page shows an upload. 2 to 3 were seen (T-04); that there is a lag matters, and runs are short."""

_CREATED = "application/vnd.org.jfrog.artifactory.storage.ItemCreated+json;charset=UTF-8"


class Uploads:
    """What stores into local repositories."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def receive(self, repository: Repository, call: Call, base: str) -> Answer:
        """`POST /api/pypi/<repository>` as twine sends it, to <name>/<version>/<file> (T-02).

        Raises RequestRefused (T-03, T-06, V-08, V-06).
        """
        local = self._target(repository, by_form=True)
        form = call.upload
        fields = form.fields if form else {}
        name, version = fields.get("name", "").strip(), fields.get("version", "").strip()
        if not name or not version:
            raise RequestRefused(400, "Metadata is not complete, missing name or version")
        action = fields.get(":action", "")
        if action != "file_upload":
            raise RequestRefused(400, f"unknown action '{action.upper()}'")
        if form is None or not form.file_name:
            raise RequestRefused(400, "Metadata is not complete, missing content")
        path = f"{name}/{version}/{form.file_name.replace(chr(92), '/').rpartition('/')[2]}"
        lag = API_LAG if self._instance.switches.on("upload_index_lag", "some") else 0.0
        item = self._store(local, path, form.content, call, lag, fields.get("requires_python", ""))
        root = base.removesuffix("/artifactory")  # the capture's Location lacks the context (T-01)
        location = f"{root}/{local.key}/{path}"
        return Answer(200, b"", {"Content-Type": _CREATED, "Location": location, "X-Checksum-Sha256": item.sha256})

    def put(self, repository: Repository, path: str, call: Call, base: str) -> Answer:
        """`PUT /<repository>/<path>`: 201 with the item's description (A98). Raises RequestRefused.

        With `X-Checksum-Deploy: true` the content is what is stored already and has one of the checksums that the
        request states, else 404: so pyartifactory 2.x and dohq-artifactory 1.x expect it.
        """
        local = self._target(repository, by_form=False)
        if not path or path.endswith("/"):
            raise RequestRefused(409, f"'{path}' is not a file")
        content = self._stored_content(call, path) if call.header("x-checksum-deploy") == "true" else call.body
        item = self._store(local, path, content, call, QUIET_PERIOD, "")
        uri = f"{base}/{local.key}/{path}"
        body = {
            "repo": local.key,
            "path": f"/{path}",
            "created": iso(item.created),
            "createdBy": item.created_by,
            "downloadUri": uri,
            "mimeType": item.media_type,
            "size": str(len(item.content)),
            "checksums": {"sha1": item.sha1, "md5": item.md5, "sha256": item.sha256},
            "uri": uri,
        }
        return Answer(201, pretty(body).encode(), {"Content-Type": _CREATED, "Location": uri})

    def _stored_content(self, call: Call, path: str) -> bytes:
        stated = {call.header(name) for name in ("x-checksum-sha1", "x-checksum-sha256", "x-checksum")} - {""}
        known = self._instance.store.with_checksum(*stated)
        if known is None:
            raise RequestRefused(404, f"No content is stored with the checksums given for '{path}'.")
        return known.content

    def _target(self, repository: Repository, *, by_form: bool) -> Repository:
        """The local that an upload to `repository` lands in. Raises RequestRefused (pypi 2.5, V-08)."""
        if repository.kind is RepositoryClass.LOCAL:
            return repository
        switches = self._instance.switches
        if repository.kind is RepositoryClass.REMOTE:
            status = switches.status("remote_upload") if by_form else 404
            raise RequestRefused(status, f"Could not find a local repository named {repository.key} to deploy to.")
        target = self._instance.repositories.get(repository.text("defaultDeploymentRepo"))
        if target is None or target.kind is not RepositoryClass.LOCAL:
            status = switches.status("virtual_upload_without_default") if by_form else 405
            raise RequestRefused(
                status,
                "No local repository was configured as local deployment repository for the "
                f"({repository.key}) virtual repository.",
                {"Allow": "GET"} if status == 405 else {},
            )
        return target

    def _store(
        self, local: Repository, path: str, content: bytes, call: Call, lag: float, requires_python: str
    ) -> Item:
        instance = self._instance
        if local.flag("blackedOut"):
            raise RequestRefused(404, f"The repository '{local.key}' is blacked out and cannot accept '{path}'.")
        present = instance.store.get(local.key, path)
        again = present is not None and present.content == content and instance.switches.on("same_bytes_upload", "200")
        instance.access.require_deploy(local, path, call.caller, replaces=present is not None and not again)
        instance.quota.require_room()
        instance.quota.require_write()
        properties = properties_of(path, content) if local.package_type == "pypi" else {}
        if properties and requires_python:  # H-08
            properties["pypi.requires.python"] = requires_python
        now, who = instance.clock.now(), call.caller.name
        item = Item(local.key, path, content, now, now, now, who, properties=properties, listed_at=now + lag)
        check_clients(item, call.headers)
        instance.logs.accepted("DEPLOY", local.key, path, who)
        return instance.store.put(item)


def is_normalised(name: str) -> bool:
    """Whether a project name is in the form of PEP 503."""
    return str(canonicalize_name(name)) == name
