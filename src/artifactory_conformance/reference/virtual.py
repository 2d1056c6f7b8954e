"""Virtual repositories: the union of the members' pages, files from the first that has them (B5, B15)."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from artifactory_conformance.reference.access import for_caller
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.local import LocalPackages
from artifactory_conformance.reference.remote_files import RemoteFiles
from artifactory_conformance.reference.remote_index import ROOT_PATH, RemoteIndex, index_path
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.store import Item

T = TypeVar("T")


class VirtualPackages:
    """Aggregation over members. No permission on the virtual itself is ever asked for (B10)."""

    def __init__(self, instance: Instance, local: LocalPackages, index: RemoteIndex, files: RemoteFiles) -> None:
        self._instance = instance
        self._local = local
        self._index = index
        self._files = files

    def _groups(self, virtual: Repository, path: str) -> tuple[list[Repository], list[Repository]]:
        members = self._instance.repositories.real_members(virtual, path)
        if not members:
            raise RequestRefused(404, f"No repository found to serve the request for {virtual.key}:{path}")  # B2
        locals_ = [member for member in members if member.kind is RepositoryClass.LOCAL]
        return locals_, [member for member in members if member.kind is RepositoryClass.REMOTE]

    def _may_ask_remotes(self, virtual: Repository, call: Call) -> bool:
        """C-10, B4: a request that comes from another Artifactory stays away from remotes by default."""
        if self._instance.switches.on("originated_requests", "forwarded"):
            return True
        return not call.originators or virtual.flag("artifactoryRequestsCanRetrieveRemoteArtifacts")

    def links(self, virtual: Repository, name: str, call: Call) -> list[FileLink]:
        """The union of the members' pages (V-01). Raises RequestRefused if no member has one."""
        path = index_path(name)
        locals_, remotes = self._groups(virtual, path)
        if not self._may_ask_remotes(virtual, call):
            remotes = [remote for remote in remotes if self._index.cached(remote, name)]
        members = [*locals_, *remotes]
        if self._instance.switches.on("virtual_duplicates", "listed_first"):
            members.sort(key=self._instance.repositories.real_members(virtual, path).index)
        refusals: list[RequestRefused] = []
        for rank in self._ranks(members):
            pages, more = _each([partial(self._member_links, one, name, call) for one in rank])
            refusals += more
            if pages:
                return self._united(pages)
        raise self._combined(virtual, path, refusals, call)

    def _ranks(self, members: list[Repository]) -> list[list[Repository]]:
        """Members that are asked together: those with priority first, the others only if these have nothing (V-04)."""
        first = [one for one in members if one.flag("priorityResolution")]
        if not first or self._instance.switches.on("priority_resolution", "ignored"):
            return [members]
        return [first, [one for one in members if one not in first]]

    def _member_links(self, member: Repository, name: str, call: Call) -> list[FileLink]:
        source = self._local if member.kind is RepositoryClass.LOCAL else self._index
        return source.links(member, name, call)

    def _united(self, pages: list[list[FileLink]]) -> list[FileLink]:
        links = [link for page in pages for link in page]
        if self._instance.switches.on("virtual_duplicates", "both"):
            return links
        first: dict[str, FileLink] = {}
        for link in links:
            first.setdefault(link.filename, link)
        return list(first.values())

    def names(self, virtual: Repository, call: Call) -> dict[str, str]:
        """The union of the members' root pages (V-10). Raises RequestRefused if no member has one."""
        locals_, remotes = self._groups(virtual, ROOT_PATH)
        if not self._may_ask_remotes(virtual, call) or self._instance.switches.on("virtual_root", "locals"):
            remotes = []
        roots, refusals = _each(
            [
                *(partial(self._local.names, one, call) for one in locals_),
                *(partial(self._index.names, one, call) for one in remotes),
            ]
        )
        if not roots:
            raise self._combined(virtual, ROOT_PATH, refusals, call)
        united: dict[str, str] = {}
        for root in roots:
            united = {**root, **united}
        return united

    def file(self, virtual: Repository, upstream_path: str, call: Call) -> Item:
        """The file from the first of locals, caches and remotes that has it (V-02, B3); then the choice is final (B8).

        Raises RequestRefused.
        """
        path = virtual.stored_at(upstream_path)
        locals_, remotes = self._groups(virtual, path)
        sources: list[Callable[[], Item | None]] = [partial(self._local.file, one, path, call) for one in locals_]
        sources += [partial(self._files.cached, one, path, call) for one in remotes]
        near, refusals = _first(sources)
        if near is not None:
            return near
        far, more = self._from_remotes(virtual, upstream_path, remotes, call)
        if far is None:
            raise self._combined(virtual, path, [*refusals, *more], call)
        return far

    def _from_remotes(
        self, virtual: Repository, upstream_path: str, remotes: list[Repository], call: Call
    ) -> tuple[Item | None, list[RequestRefused]]:
        if not self._may_ask_remotes(virtual, call):
            return None, []
        if self._instance.switches.on("virtual_choice", "next_member"):
            return _first([partial(self._delivered, one, upstream_path, call) for one in remotes])
        found, refusals = _first([partial(self._files.info, one, upstream_path, call) for one in remotes])
        return (self._files.content(found, call) if found is not None else None), refusals

    def _delivered(self, remote: Repository, upstream_path: str, call: Call) -> Item:
        found = self._files.info(remote, upstream_path, call)
        try:
            return self._files.content(found, call)
        except RequestRefused as refusal:  # a 500 of the catalog is no hard fail: the search goes on
            raise RequestRefused(403 if refusal.status in (401, 403) else 404, refusal.message) from refusal

    def _combined(self, virtual: Repository, path: str, refusals: list[RequestRefused], call: Call) -> RequestRefused:
        """One denied member makes the whole answer a refusal; everything else is a 404 (V-07, B7)."""
        hides = self._instance.switches.on("virtual_denied_member", "404")
        denied = None if hides else next((refusal for refusal in refusals if refusal.status in (401, 403)), None)
        if denied is not None:
            return for_caller(RequestRefused(denied.status, denied.message, denied.headers), call.caller)
        return RequestRefused(404, f"Could not find resource; Path: '{virtual.key}:{path}'")


def _each(sources: list[Callable[[], T]]) -> tuple[list[T], list[RequestRefused]]:
    """What every source gives, and the refusals of those that give nothing.

    Hard fail ends the search (A47), a member that does not answer is waited for (B9).
    """
    found: list[T] = []
    refusals: list[RequestRefused] = []
    for source in sources:
        try:
            found.append(source())
        except RequestRefused as refusal:
            if refusal.status == 500:
                raise
            refusals.append(refusal)
    return found, refusals


def _first(sources: list[Callable[[], T | None]]) -> tuple[T | None, list[RequestRefused]]:
    """What the first source that has something gives, and the refusals of those before it."""
    refusals: list[RequestRefused] = []
    for source in sources:
        try:
            found = source()
        except RequestRefused as refusal:
            if refusal.status == 500:
                raise
            refusals.append(refusal)
            continue
        if found is not None:
            return found, refusals
    return None, refusals
