"""Content that comes in from where it must not, and patterns that do not keep it out."""

import hashlib
import re
from dataclasses import replace
from urllib.parse import unquote

from artifactory_conformance.reference.defects.answers import with_text
from artifactory_conformance.reference.defects.cache import with_settings
from artifactory_conformance.reference.defects.calls import is_file, is_page, key_of
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import FileLink, MalformedPage, links_of_catalog_page
from artifactory_conformance.reference.outbound import UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.remote import RemoteGate
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository, RepositoryClass

_HREF = re.compile(r'href="\.\./\.\./packages/([^"#]+)')


def _public_page(hold: Hold, remote: Repository, name: str) -> UpstreamAnswer | None:
    try:
        answer = hold.model.outbound.ask(with_settings(remote, username=""), "GET", f"https://pypi.org/simple/{name}/")
    except UpstreamUnreachable:
        return None
    return answer if answer.status == 200 else None


@fault("VIRTUAL-03", "REMOTE-04", "T02", "ladder E4")
def what_the_catalog_lacks_is_asked_for_in_public(hold: Hold) -> None:
    """A project that the catalog does not have is looked for at public PyPI."""

    def falling_back(ask: Method) -> Method:
        def changed(self: RemoteGate, remote: Repository, verb: str, url: str, *more: object) -> UpstreamAnswer:
            answer: UpstreamAnswer = ask(self, remote, verb, url, *more)
            if answer.status != 404 or not url.startswith(f"{remote.index_url}/"):
                return answer
            return _public_page(hold, remote, url.rstrip("/").rpartition("/")[2]) or answer

        return changed

    hold.replace(RemoteGate, "ask", falling_back)


@fault("VIRTUAL-03", "REMOTE-04", "T02", "V-03")
def pages_list_what_is_public_too(hold: Hold) -> None:
    """Pages of a remote list what public PyPI has under the name beside what the catalog has."""

    def adding(links: Method) -> Method:
        def changed(self: RemoteIndex, remote: Repository, name: str, call: Call) -> list[FileLink]:
            found: list[FileLink] = links(self, remote, name, call)
            page = _public_page(hold, remote, name)
            if page is None:
                return found
            public = with_settings(remote, url="https://files.pythonhosted.org")
            try:
                text = page.body.decode("utf-8", "replace")
                return [*found, *links_of_catalog_page(text, page.url, public, hold.model.switches)]
            except MalformedPage:
                return found

        return changed

    hold.replace(RemoteIndex, "links", adding)


@fault("V-05", "VIRTUAL-08", "row 50", "V-03")
def patterns_do_not_count_for_pages(hold: Hold) -> None:
    """Include and exclude patterns of a remote keep files out, but no pages."""

    def letting_in(check: Method) -> Method:
        def changed(self: RemoteGate, remote: Repository, path: str, call: Call) -> None:
            without = with_settings(remote, includesPattern="**/*", excludesPattern="")
            check(self, without if path.startswith(".pypi/") else remote, path, call)

        return changed

    hold.replace(RemoteGate, "check_before_cache", letting_in)


def _in_public_layout(path: str) -> str:
    digest = hashlib.sha256(path.encode()).hexdigest()
    return f"{digest[:2]}/{digest[2:4]}/{digest[4:]}/{path.rpartition('/')[2]}"


@fault("ladder E3", "U-11", "T16")
def files_are_stored_under_hashes(hold: Hold) -> None:
    """A remote stores files under a hash of the catalog's path, as public PyPI lays them out."""

    def hashing(stored_at: Method) -> Method:
        def changed(self: Repository, upstream_path: str) -> str:
            path = str(stored_at(self, upstream_path))
            return _in_public_layout(path) if self.kind is RepositoryClass.REMOTE else path

        return changed

    hold.replace(Repository, "stored_at", hashing)


@fault("ladder E3", "T16", "ladder E1")
def links_are_laid_out_as_in_public(hold: Hold) -> None:
    """Links to files of remotes have a hash of the catalog's path in place of that, as public PyPI lays them out."""
    known: dict[tuple[str, str], str] = {}

    def is_of_remote(call: Call) -> bool:
        repository = hold.model.repositories.get(key_of(call))
        return repository is not None and repository.kind is RepositoryClass.REMOTE

    def lay_out(call: Call, answer: Answer) -> Answer:
        def moved(found: re.Match[str]) -> str:
            path = _in_public_layout(found[1])
            known[key_of(call), unquote(path)] = unquote(found[1])
            return f'href="../../packages/{path}'

        return with_text(answer, lambda text: _HREF.sub(moved, text))

    def find(call: Call) -> Call:
        root, packages, path = call.path.partition("/packages/")
        return replace(call, path=f"{root}{packages}{known.get((key_of(call), path), path)}")

    hold.after(lambda call: is_page(call) and is_of_remote(call), lay_out)
    hold.before(lambda call: is_file(call) and is_of_remote(call), find)
