"""What an instance has stored, seen by an administrator or a reader through the storage API."""

from __future__ import annotations

from typing import Any

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.pages import project_of
from artifactory_conformance.artifactory.rest import Rest
from artifactory_conformance.evidence import Answer, RecordedSession


class Storage:
    """One repository's stored content: a local's own, or a remote's cache under `<key>-cache`."""

    def __init__(self, session: RecordedSession, key: str) -> None:
        self.key = key
        self._session = session
        self._rest = Rest(session)

    def item(self, path: str) -> dict[str, Any] | None:
        """Read an item's info (size, checksums, children); None if it is not stored (C-06).

        Raises ArtifactoryRefused, also for an answer that is no such info.
        """
        where = f"api/storage/{self.key}/{path}".rstrip("/")
        what = f"look for {path or '/'} in {self.key}"
        return self._rest.get_object(where, what, absent=(404,), is_one=_is_an_item)

    def paths(self) -> list[str]:
        """List the paths of all stored files, without a leading slash; of a repository that is absent, none."""
        return [entry["uri"].lstrip("/") for entry in self._files()]

    def cached_projects(self) -> list[str]:
        """Give the projects whose pages the cache of a remote PyPI repository holds."""
        pages = [path for path in self.paths() if path.startswith(".pypi/")]
        return sorted(
            path.removeprefix(".pypi/").removesuffix(".html") for path in pages if path != ".pypi/simple.html"
        )

    def projects(self) -> list[str]:
        """Give the (normalized) projects of which it holds a distribution."""
        return sorted({name for path in self.paths() if (name := project_of(path))})

    def sizes(self) -> dict[str, int]:
        """Give the sizes of all stored files by their names, whatever their paths."""
        return {entry["uri"].rpartition("/")[2]: int(entry["size"]) for entry in self._files()}

    def _files(self) -> list[dict[str, Any]]:
        where, what = f"api/storage/{self.key}?list&deep=1", f"list {self.key}"
        found = self._rest.get_object(where, what, absent=(404,), is_one=_is_a_list_of_files)
        entries = (found or {"files": ()})["files"]
        # JFrog's pages print it as text.
        return [entry for entry in entries if str(entry.get("folder")).lower() != "true"]

    def holds_file(self, filename: str) -> bool:
        """Tell whether a file of this name is stored, wherever: paths follow the upstream's (U-11)."""
        return self.path_of(filename) is not None

    def path_of(self, filename: str) -> str | None:
        """Give the path at which a file of this name is stored."""
        return next((path for path in self.paths() if path.rpartition("/")[2] == filename), None)

    def holds_page(self, project: str) -> bool:
        """Tell whether the page of a (normalized) project name is stored."""
        return self.item(self.page_path(project)) is not None

    @staticmethod
    def page_path(project: str) -> str:
        """Give the path at which the page of a (normalized) project name is stored (U-13)."""
        return f".pypi/{project.lower()}.html"

    def sha256(self, path: str) -> str:
        """Give the checksum that the instance keeps for a stored file. Raises KeyError if it is not stored."""
        item = self.item(path)
        if item is None:
            raise KeyError(f"{path} is not stored in {self.key}")
        return str(item["checksums"]["sha256"])

    def delete(self, path: str) -> None:
        """Delete a stored item. Raises ArtifactoryRefused if that is not allowed or it is not there."""
        answer = self.try_to_delete(path)
        if answer.status not in {200, 204}:
            raise ArtifactoryRefused(f"delete {path} from {self.key}", answer)

    def try_to_delete(self, path: str) -> Answer:
        """Ask for the deletion of an item or a folder; whatever the answer is."""
        return self._session.request("DELETE", f"{self.key}/{path}")

    def delete_all(self) -> None:
        """Delete everything: each folder and file directly below the root. Raises ArtifactoryRefused."""
        for child in (self.item("") or {}).get("children", ()):
            self.delete(child["uri"].lstrip("/"))

    def zap(self, path: str = "") -> Answer:
        """Expire what is stored below a path (C-05); needs Manage or Delete."""
        return self._session.request("POST", f"api/zap/{self.key}/{path}".rstrip("/"))


def _is_an_item(found: dict[str, Any]) -> bool:
    """Tell whether JSON has the form of what is said of a file or of a folder."""
    return isinstance(found.get("path"), str) and _are_entries(found.get("children", []))


def _is_a_list_of_files(found: dict[str, Any]) -> bool:
    """Tell whether JSON lists files, so that nothing else is read as a list of none."""
    return _are_entries(found.get("files"))


def _are_entries(entries: object) -> bool:
    return isinstance(entries, list) and all(
        isinstance(one, dict) and isinstance(one.get("uri"), str) for one in entries
    )
