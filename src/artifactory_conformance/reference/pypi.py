"""The PyPI protocol below `/api/pypi/<repository>/` (U-01 to U-18)."""

from urllib.parse import quote

from packaging.utils import canonicalize_name

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.files import CHECKSUM_SUFFIXES, checksum_answer, file_answer
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.legacy_json import LegacyJson
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.local import LocalPackages
from artifactory_conformance.reference.page_answers import PAGE_HEADERS, project_answer, root_answer
from artifactory_conformance.reference.remote import RemoteGate
from artifactory_conformance.reference.remote_files import RemoteFiles
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import CACHE_SUFFIX, Repository, RepositoryClass, is_pypi
from artifactory_conformance.reference.store import Item
from artifactory_conformance.reference.upload import Uploads, is_normalised
from artifactory_conformance.reference.virtual import VirtualPackages


class PackageFront:
    """Pages, files and uploads of repositories of every class."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        gate = RemoteGate(instance)
        self.local = LocalPackages(instance)
        self.index = RemoteIndex(instance, gate)
        self.files = RemoteFiles(instance, gate, self.index)
        self.virtual = VirtualPackages(instance, self.local, self.index, self.files)
        self.uploads = Uploads(instance)
        self._legacy = LegacyJson(instance, self.local)

    def handle(self, call: Call, key: str, rest: str | None, base: str) -> Answer:
        """The answer for `/api/pypi/<key>/<rest>`; `rest` is None without the slash. Raises RequestRefused."""
        repository = self._instance.repositories.get(key)
        if repository is None or not is_pypi(repository):
            raise RequestRefused(404, f"Failed to find the repository '{key}' specified in the request.")
        if call.method == "POST":
            return self._post(repository, call, rest, base)
        if call.method not in ("GET", "HEAD"):
            raise RequestRefused(405, "Method Not Allowed", {"Allow": "GET,HEAD,POST"})
        if not rest:
            raise RequestRefused(406, "Not Acceptable")  # U-16
        if rest == "simple" or rest.startswith("simple/"):
            return self._simple(repository, call, rest.removeprefix("simple"), base)
        if rest.startswith("pypi/") and rest.endswith("/json"):
            return self._legacy.answer(repository, call, rest)
        return self._file(repository, call, rest)

    def _post(self, repository: Repository, call: Call, rest: str | None, base: str) -> Answer:
        if rest:  # U-15: an upload goes to the repository itself
            raise RequestRefused(415 if rest.startswith("simple") else 405, "Unsupported Media Type")
        return self.uploads.receive(repository, call, base)

    def _simple(self, repository: Repository, call: Call, rest: str, base: str) -> Answer:
        switches = self._instance.switches
        base = f"{call.origin}/artifactory" if switches.on("location_base", "request") else base
        root = f"{base}/api/pypi/{repository.key}/simple"
        if call.method == "HEAD" and switches.on("index_head", "405"):  # I-06
            raise RequestRefused(405, "Method Not Allowed", {"Allow": "GET"})
        if rest == "":
            return _redirect(f"{root}/")
        name, slash, more = rest[1:].partition("/")
        if not name:
            return root_answer(call, self._names(repository, call), switches)
        if more:
            raise RequestRefused(404, "Not Found")  # U-04
        if not slash:
            return _redirect(f"{root}/{quote(name)}/")  # U-02
        if not is_normalised(name) and switches.on("normalise", "redirect"):
            return _redirect(f"{root}/{canonicalize_name(name)}/")
        name = self._project(name)
        links = self._links(repository, name, call)
        page = self.index.cached(repository, name) if repository.kind is RepositoryClass.REMOTE else None
        local = repository.kind is RepositoryClass.LOCAL
        return project_answer(call, name, links, switches, local=local, modified=page.modified if page else None)

    def _project(self, name: str) -> str:
        """The name that a page is kept under: case never matters (N-02), the rest is an open question (N-03)."""
        switches = self._instance.switches
        if not is_normalised(name.lower()) and switches.on("normalise", "404"):
            raise RequestRefused(404, "Not Found")
        return name.lower() if switches.on("normalise", "unfolded") else str(canonicalize_name(name))

    def _names(self, repository: Repository, call: Call) -> dict[str, str]:
        if repository.kind is RepositoryClass.LOCAL:
            return self.local.names(repository, call)
        if repository.kind is RepositoryClass.REMOTE:
            return self.index.names(repository, call)
        return self.virtual.names(repository, call)

    def _links(self, repository: Repository, name: str, call: Call) -> list[FileLink]:
        if repository.kind is RepositoryClass.LOCAL:
            return self.local.links(repository, name, call)
        if repository.kind is RepositoryClass.REMOTE:
            return self.index.links(repository, name, call)
        return self.virtual.links(repository, name, call)

    def _file(self, repository: Repository, call: Call, rest: str) -> Answer:
        switches, proxied = self._instance.switches, repository.kind is not RepositoryClass.LOCAL
        single = proxied and switches.on("remote_href", "single")
        path = rest if single else rest.removeprefix("packages/")  # U-10: both forms of a link lead to the file
        if path.endswith(".metadata") and switches.on("core_metadata", "absent"):
            raise RequestRefused(404, "Not Found")
        if path.endswith(CHECKSUM_SUFFIXES):
            return self.checksum(repository, path, call)
        item = self.item(repository, path, call)
        # A78: what a Range asks for is stored whole by now.
        return self.serve(call, item, ranges=self._instance.switches.on("range", "206"))

    def serve(self, call: Call, item: Item, *, ranges: bool) -> Answer:
        """The answer that carries a file. The access log tells of it, but not of HEAD and 304 (F6).

        What it tells of is counted: nobody knows whether anything else is.
        """
        instance = self._instance
        instance.store.use(item, instance.clock.now())
        answer = file_answer(call, item, instance.switches, ranges=ranges)
        if call.method == "GET" and answer.status != 304:
            first = item.just_fetched and instance.switches.on("access_log_first_fetch", "remote")
            key = item.repository.removesuffix(CACHE_SUFFIX) if first else item.repository
            instance.logs.accepted("DOWNLOAD", key, item.path, call.caller.name)
            instance.store.count_download(item, instance.clock.now(), call.caller.name)
        return answer

    def item(self, repository: Repository, path: str, call: Call) -> Item:
        """The file at a path below the base of its links. Raises RequestRefused."""
        if repository.kind is RepositoryClass.LOCAL:
            return self.local.file(repository, path, call)
        if repository.kind is RepositoryClass.REMOTE:
            return self.files.content(self.files.info(repository, path, call), call)
        return self.virtual.file(repository, path, call)

    def checksum(self, repository: Repository, path: str, call: Call) -> Answer:
        """A checksum of a stored file (U-20): for Read, without a fetch (A73); it has none itself (A72)."""
        wanted = repository.stored_at(path.rpartition(".")[0])
        members = [repository]
        if repository.kind is RepositoryClass.VIRTUAL:
            members = self._instance.repositories.real_members(repository, wanted)
        found = None
        for member in members:
            self._instance.access.require_read(member.store_key, wanted, call.caller)
            found = found or self._instance.store.get(member.store_key, wanted)
        if found is None and repository.kind is RepositoryClass.REMOTE:
            theirs = self.files.checksum_at_catalog(repository, path, call)
            if theirs is not None:
                return Answer(200, theirs, {"Content-Type": "application/x-checksum"})
        return checksum_answer(found, path, all_kinds=bool(found and found.origin))


def _redirect(location: str) -> Answer:
    """302 with an absolute address and no body (U-02)."""
    return Answer(302, b"", {**PAGE_HEADERS, "Location": location})
