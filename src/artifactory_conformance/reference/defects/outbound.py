"""Requests to the catalog that go wrong: credentials, redirects, time and messages that break off."""

import gzip
import time
from collections.abc import Callable, Mapping
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import HTTPBasicAuth

from artifactory_conformance.reference import links
from artifactory_conformance.reference.defects.cache import with_settings
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.outbound import Outbound, UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.remote import RemoteGate
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository

PATIENCE = 0.7
"""Seconds that a file may take where pauses are not borne."""

SILENCE = 3.0
"""Seconds that a page may take where silence is not borne."""

Sent = Callable[[Outbound, Repository, str, str, requests.Response], requests.Response]


def _credentials(remote: Repository) -> HTTPBasicAuth | None:
    name = remote.text("username")
    return HTTPBasicAuth(name.encode(), remote.password.encode()) if name else None


def _each_response(hold: Hold, method: str, change: Sent) -> None:
    """Change what a catalog has answered. method: of the outbound client, with the remote, the method and the URL."""

    def changing(original: Method) -> Method:
        def changed(self: Outbound, remote: Repository, verb: str, url: str, *more: object) -> requests.Response:
            return change(self, remote, verb, url, original(self, remote, verb, url, *more))

        return changed

    hold.replace(Outbound, method, changing)


def _leads_elsewhere(url: str, response: requests.Response) -> bool:
    target = response.headers.get("Location", "")
    return response.is_redirect and urlsplit(urljoin(url, target)).netloc != urlsplit(url).netloc


@fault("M-15", "M-11", "T33", "client C4", "client C21", "open 19")
def credentials_follow_redirects(hold: Hold) -> None:
    """The catalog's credentials go to every host that a redirect leads to."""
    hold.replace(Outbound, "_credentials_for", lambda _: lambda _, remote, __: _credentials(remote))


@fault("row 41", "M-15", "TROUBLE-03")
def the_sealed_password_is_sent_first(hold: Hold) -> None:
    """A remote's first request carries the password as the configuration shows it, and only the next one the right."""
    known: set[str] = set()

    def stumbling(ask_once: Method) -> Method:
        def changed(self: Outbound, remote: Repository, verb: str, url: str, headers: Mapping[str, str]) -> object:
            if remote.key and remote.password and remote.key not in known:
                known.add(remote.key)
                sealed = HTTPBasicAuth(remote.text("username").encode(), remote.sealed_password.encode())
                self._logged(remote, verb, url, headers, sealed)
            return ask_once(self, remote, verb, url, headers)

        return changed

    hold.replace(Outbound, "_ask_once", stumbling)


@fault("TROUBLE-04", "B-44")
def saved_passwords_are_not_used(hold: Hold) -> None:
    """A remote goes on sending the password that it had when it was first used, whatever was saved since."""
    first: dict[str, HTTPBasicAuth | None] = {}

    def remembering(credentials_for: Method) -> Method:
        def changed(self: Outbound, remote: Repository, url: str) -> HTTPBasicAuth | None:
            due: HTTPBasicAuth | None = credentials_for(self, remote, url)
            return due if due is None or not remote.key else first.setdefault(remote.key, due)

        return changed

    hold.replace(Outbound, "_credentials_for", remembering)


@fault("B-06", "R-11", "release 1", "A32")
def redirects_of_the_catalog_end_in_404(hold: Hold) -> None:
    """Redirects of the catalog are not followed, and what they lead to is not found."""

    def stay(_: Outbound, __: Repository, ___: str, ____: str, response: requests.Response) -> requests.Response:
        if response.is_redirect:
            del response.headers["Location"]
        return response

    _each_response(hold, "_ask_once", stay)


@fault("T13", "F-08", "M-11", "T33")
def redirects_of_files_reach_the_client(hold: Hold) -> None:
    """Where the catalog redirects a file to another host, the client is sent there."""

    def pass_on(_: Outbound, __: Repository, ___: str, url: str, response: requests.Response) -> requests.Response:
        if _leads_elsewhere(url, response) and "/simple/" not in url:
            raise RequestRefused(302, "Found", {"Location": response.headers["Location"]})
        return response

    _each_response(hold, "_ask_once", pass_on)


@fault("B-46", "M-11", "T33", "T22")
def pages_of_redirects_are_kept_as_files(hold: Hold) -> None:
    """Where the catalog redirects to another host, the redirect's own page is kept as what was asked for."""

    def keep(_: Outbound, __: Repository, ___: str, url: str, response: requests.Response) -> requests.Response:
        if _leads_elsewhere(url, response):
            response.status_code = 200
            del response.headers["Location"]
        return response

    _each_response(hold, "_ask_once", keep)


@fault("A32", "M-04")
def redirects_without_end_are_empty_files(hold: Hold) -> None:
    """What is redirected for ever is an empty file."""

    def giving_up(ask: Method) -> Method:
        def changed(self: Outbound, remote: Repository, verb: str, url: str, *more: object) -> UpstreamAnswer:
            try:
                answer: UpstreamAnswer = ask(self, remote, verb, url, *more)
            except UpstreamUnreachable as failure:
                if "Too many redirects" not in str(failure):
                    raise
                return UpstreamAnswer(url, 200, "OK", {}, b"")
            return answer

        return changed

    hold.replace(Outbound, "ask", giving_up)


@fault("M-07", "A57")
def half_a_message_is_taken_for_a_whole(hold: Hold) -> None:
    """What came of a page or a file before the connection broke off counts as all of it."""

    def content_with(send: Method) -> Method:
        def changed(
            self: Outbound,
            remote: Repository,
            verb: str,
            url: str,
            headers: Mapping[str, str],
            given: HTTPBasicAuth | None,
        ) -> requests.Response:
            try:
                response: requests.Response = send(self, remote, verb, url, headers, given)
            except UpstreamUnreachable as failure:
                if "Premature end" not in str(failure):
                    raise
                return _as_far_as_it_comes(verb, url, headers, given)
            return response

        return changed

    hold.replace(Outbound, "_send", content_with)


def _as_far_as_it_comes(
    verb: str, url: str, headers: Mapping[str, str], given: HTTPBasicAuth | None
) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        response = session.request(
            verb, url, headers=dict(headers), auth=given, timeout=10, allow_redirects=False, stream=True
        )
        response.raw.enforce_content_length = False
        response._content = b"".join(iter(lambda: response.raw.read(4096), b""))
        return response


@fault("M-04", "A17", "A57")
def socket_timeouts_do_not_count(hold: Hold) -> None:
    """The catalog is waited for, whatever Socket Timeout the remote has."""

    def patient(send: Method) -> Method:
        def changed(self: Outbound, remote: Repository, *more: object) -> object:
            return send(self, with_settings(remote, socketTimeoutMillis=60_000), *more)

        return changed

    hold.replace(Outbound, "_send", patient)


@fault("A57", "M-04")
def silent_catalogs_give_empty_pages(hold: Hold) -> None:
    """A catalog that says nothing for seconds is waited for, and in place of its page an empty one is given."""

    def hurried(links: Method) -> Method:
        def changed(self: RemoteIndex, *more: object) -> list[FileLink]:
            started = time.monotonic()
            found: list[FileLink] = links(self, *more)
            return found if time.monotonic() - started < SILENCE else []

        return changed

    hold.replace(RemoteIndex, "links", hurried)


@fault("B-17", "A88")
def files_that_pause_are_given_up(hold: Hold) -> None:
    """A file that pauses is given up long before the remote's Socket Timeout, if that is a long one."""

    def hurried(send: Method) -> Method:
        def changed(self: Outbound, remote: Repository, verb: str, url: str, *more: object) -> object:
            started = time.monotonic()
            response = send(self, remote, verb, url, *more)
            late = time.monotonic() - started > PATIENCE
            if late and "/simple/" not in url and remote.number("socketTimeoutMillis") > 15_000:
                raise UpstreamUnreachable(url, "Read timed out")
            return response

        return changed

    hold.replace(Outbound, "_send", hurried)


@fault("users 1.3", "C-10")
def compressed_answers_stay_compressed(hold: Hold) -> None:
    """What the catalog sends in gzip is kept as it came."""

    def keep(_: Outbound, __: Repository, ___: str, ____: str, response: requests.Response) -> requests.Response:
        if response.headers.get("Content-Encoding") == "gzip":
            response._content = gzip.compress(response.content)
        return response

    _each_response(hold, "_send", keep)


@fault("users 1.3")
def answers_without_a_length_are_lost(hold: Hold) -> None:
    """What the catalog sends without a length, as in HTTP/1.0, has no content."""

    def lose(_: Outbound, __: Repository, ___: str, ____: str, response: requests.Response) -> requests.Response:
        if "Content-Length" not in response.headers and "Transfer-Encoding" not in response.headers:
            response._content = b""
        return response

    _each_response(hold, "_send", lose)


@fault("M-18", "U17", "T29", "H-10")
def accept_of_clients_goes_to_the_catalog(hold: Hold) -> None:
    """A client's Accept goes to the catalog, and a page in JSON that comes of it is cached for those who want HTML."""

    def forwarding(ask: Method) -> Method:
        def changed(
            self: RemoteGate,
            remote: Repository,
            verb: str,
            url: str,
            call: Call,
            headers: Mapping[str, str] | None = None,
        ) -> object:
            accept = {"Accept": call.header("accept")} if call.header("accept") else {}
            return ask(self, remote, verb, url, call, {**(headers or {}), **accept})

        return changed

    def html_alone(files: Method) -> Method:
        return lambda text: [] if text.lstrip().startswith("{") else files(text)

    hold.replace(RemoteGate, "ask", forwarding)
    hold.replace(links, "_files", html_alone)
