"""Remotes that do not do as they are configured: another address, other credentials, other periods."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from requests.auth import HTTPBasicAuth

from artifactory_conformance.reference import outbound
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.outbound import Outbound, UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository, RepositoryClass


@fault("M-15", "REMOTE-07")
def remotes_introduce_themselves_by_their_key(hold: Hold) -> None:
    """The first request of a remote shows the catalog its key as user name; what follows, the one that is entered."""
    introduced: set[str] = set()

    def made(original: Method) -> Method:
        def logged(part: Outbound, remote: Repository, *request: Any) -> object:
            *asked, given = request
            if given is not None and remote.key and remote.key not in introduced:
                introduced.add(remote.key)
                original(part, remote, *asked, HTTPBasicAuth(remote.key.encode(), given.password))
            return original(part, remote, *asked, given)

        return logged

    hold.replace(Outbound, "_logged", made)


@fault("REMOTE-16")
def a_password_that_worked_is_used_on(hold: Hold) -> None:
    """Where the catalog refuses a remote's password, one that it took for the same URL is tried."""
    worked: dict[str, HTTPBasicAuth] = {}

    def made(original: Method) -> Method:
        def logged(part: Outbound, remote: Repository, *request: Any) -> Any:
            *asked, given = request
            response = original(part, remote, *asked, given)
            if response.status_code == 401 and remote.url in worked and remote.key:
                return original(part, remote, *asked, worked[remote.url])
            if response.status_code == 200 and given is not None:
                worked[remote.url] = given
            return response

        return logged

    hold.replace(Outbound, "_logged", made)


@fault("R-09", "REMOTE-15")
def pages_are_asked_for_without_their_slash(hold: Hold) -> None:
    """The catalog is asked for a project without the final slash, and leads to the page by a redirect."""

    def made(original: Method) -> Method:
        def ask(part: Outbound, remote: Repository, method: str, url: str, *more: object) -> UpstreamAnswer:
            page = remote.key and url.endswith("/") and not url.endswith("/simple/")
            answer: UpstreamAnswer = original(part, remote, method, url.rstrip("/") if page else url, *more)
            return answer

        return ask

    hold.replace(Outbound, "ask", made)


@fault("R-05", "REMOTE-06", "row 38")
def simple_is_taken_off_the_registry_url(hold: Hold) -> None:
    """/simple at the end of Registry URL is taken for the suffix, and left out."""

    def made(original: Method) -> Method:
        def used(index: RemoteIndex, remote: Repository, name: str, *more: object) -> object:
            registry = remote.text("pyPIRegistryUrl").rstrip("/").removesuffix("/simple")
            changed = replace(remote, settings={**remote.settings, "pyPIRegistryUrl": registry})
            return original(index, changed if remote.text("pyPIRepositorySuffix") else remote, name, *more)

        return used

    hold.replace(RemoteIndex, "links", made)


@fault("V-06", "row 51")
def include_patterns_of_remotes_are_passed_over(hold: Hold) -> None:
    """What no include pattern of a remote lets through is fetched and served all the same."""

    def made(original: Method) -> Method:
        def accepts(repository: Repository, path: str) -> bool:
            everything = replace(repository, settings={**repository.settings, "includesPattern": "**/*"})
            return bool(original(everything if repository.kind is RepositoryClass.REMOTE else repository, path))

        return accepts

    hold.replace(Repository, "accepts", made)


@fault("R-11", "B-06", "A32")
def relative_redirects_lead_nowhere(hold: Hold) -> None:
    """A redirect of the catalog to an address without a host is not followed."""

    def made(original: Method) -> Method:
        def redirected(url: str, target: str) -> str:
            if not urlsplit(target).netloc:
                raise UpstreamUnreachable(url, "Redirect without a host")
            return str(original(url, target))

        return redirected

    hold.replace(outbound, "_redirected", made)


@fault("C-10", "A31")
def requests_do_not_say_who_asks(hold: Hold) -> None:
    """Requests to the catalog carry the name of a library in place of Artifactory's."""

    def made(original: Method) -> Method:
        def own(part: Outbound, *more: Any) -> dict[str, str]:
            return {**original(part, *more), "User-Agent": "Apache-HttpClient/4.5"}

        return own

    hold.replace(Outbound, "_own_headers", made)
