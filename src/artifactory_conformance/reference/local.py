"""Pages and files of local repositories: found by the properties of what was uploaded (N-01, V-01)."""

from dataclasses import replace
from urllib.parse import quote

from artifactory_conformance.reference.clock import iso
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.metadata import metadata_of
from artifactory_conformance.reference.remote_index import ROOT_PATH
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.store import Item


class LocalPackages:
    """The projects of local repositories."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def items(self, local: Repository) -> list[Item]:
        """The files that are in the index by now: uploads enter it with a lag (T-04, T-05)."""
        now = self._instance.clock.now()
        found = self._instance.store.below(local.key, "")
        return [item for item in found if item.properties.get("pypi.normalized.name") and item.listed_at <= now]

    def project(self, local: Repository, name: str, call: Call) -> list[Item]:
        """The files of a project. Raises RequestRefused with 404 if there is none (U-05)."""
        self._check(local, f".pypi/{name}/{name}.html", call)  # U-14
        found = [item for item in self.items(local) if item.properties["pypi.normalized.name"] == name]
        if not found:
            raise RequestRefused(404, "Not Found")
        return found

    def links(self, local: Repository, name: str, call: Call) -> list[FileLink]:
        """The links of a project's page. Raises RequestRefused."""
        return [self._link(item) for item in self.project(local, name, call)]

    def _link(self, item: Item) -> FileLink:
        return FileLink(
            filename=item.name,
            path=quote(item.path, safe="/!+~@-._"),
            prefixed=self._instance.switches.on("local_href", "packages"),
            hashes={"sha256": item.sha256},
            requires_python=item.properties.get("pypi.requires.python", ""),
            upload_time=iso(item.created),
            metadata=self._metadata_hash(item),
            size=len(item.content),
        )

    def _metadata_hash(self, item: Item) -> str:
        metadata = self._metadata(item)
        return f"sha256={metadata.sha256}" if metadata else ""

    def _metadata(self, wheel: Item | None) -> Item | None:
        """The PEP 658 file of a wheel, if such files are served (H-10)."""
        if (
            wheel is None
            or not wheel.name.endswith(".whl")
            or not self._instance.switches.on("core_metadata", "served")
        ):
            return None
        content = metadata_of(wheel.name, wheel.content)
        return replace(wheel, path=f"{wheel.path}.metadata", content=content) if content else None

    def names(self, local: Repository, call: Call) -> dict[str, str]:
        """All projects, each with the requires-python of its newest file, as the root page shows it (H-05)."""
        self._check(local, ROOT_PATH, call)
        ordered = sorted(self.items(local), key=lambda item: item.created)
        return {
            item.properties["pypi.normalized.name"]: item.properties.get("pypi.requires.python", "") for item in ordered
        }

    def file(self, local: Repository, path: str, call: Call) -> Item:
        """The file at a storage path. Raises RequestRefused (E-03)."""
        self._check(local, path, call)
        store = self._instance.store
        item = store.get(local.key, path) or self._metadata(store.get(local.key, path.removesuffix(".metadata")))
        if item is None or item.path != path:
            raise RequestRefused(404, f"File not found.; Path: '{local.key}:{path}'")
        return item

    def _check(self, local: Repository, path: str, call: Call) -> None:
        if local.flag("blackedOut"):
            raise RequestRefused(404, f"The repository '{local.key}' is blacked out and cannot serve '{path}'.")
        self._instance.access.require_read(local.key, path, call.caller)
        if not local.accepts(path):
            status = self._instance.switches.status("pattern_rejected_download")
            raise RequestRefused(status, f"The repository '{local.key}' rejected the resolution of '{path}'.")
