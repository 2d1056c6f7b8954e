"""Requests to catalogs. The model never leaves the machine: other hosts are as unreachable as a host that is down.

A stand-in in a container reaches named neighbours on its network as well.
"""

import ipaddress
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from requests.auth import HTTPBasicAuth

from artifactory_conformance.reference.logs import Logs, Served, bare_url
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.switches import SwitchSet
from artifactory_conformance.reference.tracing import current

PUBLIC_HOSTS = frozenset({"pypi.org", "files.pythonhosted.org"})
MOST_REDIRECTS = 20  # A32
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class UpstreamUnreachable(Exception):
    """No answer: refused, not routed, timed out or broken off. `url` is without credentials."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"Failed retrieving resource from {url}: {reason}")  # M-04
        self.url = url


@dataclass(frozen=True)
class UpstreamAnswer:
    """What a catalog said. `url` is the final one after redirects, without credentials."""

    url: str
    status: int
    reason: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    redirected: bool = False


class Outbound:
    """The HTTP client of all remotes.

    `trusted` holds the authorities of certificates; none: the usual ones. `neighbours` are names of hosts that are
    reached beside this machine.
    """

    def __init__(
        self,
        *,
        agent: str,
        identity: str,
        switches: SwitchSet,
        public_index: str,
        logs: Logs,
        trusted: Path | None = None,
        neighbours: Collection[str] = (),
    ) -> None:
        self._neighbours = frozenset(neighbours)
        self._trusted = str(trusted) if trusted else True
        self._agent = agent
        self._logs = logs
        self._identity = identity
        self._switches = switches
        self._public_index = public_index.rstrip("/")

    def ask(
        self,
        remote: Repository,
        method: str,
        url: str,
        originators: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> UpstreamAnswer:
        """Send `method` for `url` with the remote's credentials and timeout, and follow redirects (M-11).

        `originators` are the ids of Artifactories that the client's request came through (A13), `headers` go with the
        request beside those that all have. Raises UpstreamUnreachable.
        """
        sent = {**(headers or {}), **self._own_headers(originators)}
        asked = url
        for _ in range(MOST_REDIRECTS + 1):
            response = self._ask_once(remote, method, asked, sent)
            target = response.headers.get("Location", "")
            if response.status_code not in _REDIRECTS or not target:
                return UpstreamAnswer(
                    without_credentials(asked),
                    response.status_code,
                    response.reason or "",
                    response.headers,
                    self._as_public(asked, response.content),
                    redirected=asked != url,
                )
            asked = _redirected(asked, target)
            if urlsplit(asked).netloc != urlsplit(url).netloc and self._switches.on("foreign_redirect", "refused"):
                raise UpstreamUnreachable(without_credentials(url), "Redirect to another host")  # M-11, open 19
        raise UpstreamUnreachable(without_credentials(url), "Too many redirects")

    def _own_headers(self, originators: Sequence[str]) -> dict[str, str]:
        """None of the client's are among them (A31)."""
        return {
            "User-Agent": self._agent,
            "X-Artifactory-Originated": ", ".join([*originators, self._identity]),  # C-10, A13
            "Origin-Artifactory": self._identity,
        }

    def _ask_once(self, remote: Repository, method: str, url: str, headers: Mapping[str, str]) -> requests.Response:
        credentials = self._credentials_for(remote, url)
        first = credentials if self._switches.on("preemptive_auth", "yes") else None
        response = self._logged(remote, method, url, headers, first)
        if first is None and credentials is not None and _asks_for_basic(response):
            response = self._logged(remote, method, url, headers, credentials)
        return response

    def _logged(
        self, remote: Repository, method: str, url: str, headers: Mapping[str, str], credentials: HTTPBasicAuth | None
    ) -> requests.Response:
        started, status, length = time.monotonic(), 0, 0
        current().asked.append(bare_url(url))
        try:
            response = self._send(remote, method, url, headers, credentials)
            status, length = response.status_code, len(response.content)
            if status >= 400 and status != 404:
                self._logs.complain("HttpRepo", f"Failed retrieving resource from {bare_url(url)}: {status}")
        except UpstreamUnreachable as failure:
            self._logs.complain("HttpRepo", str(failure))
            raise
        finally:
            if status or self._switches.on("request_out_failures", "line"):
                seconds = time.monotonic() - started
                self._logs.outbound(remote.key, Served(method, bare_url(url), status, 0, length, seconds))
        return response

    def _credentials_for(self, remote: Repository, url: str) -> HTTPBasicAuth | None:
        """Credentials belong to the host of URL, any port, unless lenient host authentication is on (M-15)."""
        if not remote.text("username"):
            return None
        if urlsplit(url).hostname != urlsplit(remote.url).hostname and not remote.flag("allowAnyHostAuth"):
            return None
        return HTTPBasicAuth(remote.text("username").encode(), remote.password.encode())

    def _send(
        self,
        remote: Repository,
        method: str,
        url: str,
        headers: Mapping[str, str],
        credentials: HTTPBasicAuth | None,
    ) -> requests.Response:
        timeout = max(0.001, remote.number("socketTimeoutMillis") / 1000)
        shown = without_credentials(url)
        routed = self._routed(url)
        try:
            with requests.Session() as session:
                session.trust_env = False
                session.verify = self._trusted
                return session.request(
                    method, routed, headers=dict(headers), auth=credentials, timeout=timeout, allow_redirects=False
                )
        except requests.ConnectTimeout as error:
            raise UpstreamUnreachable(shown, "Connect timed out") from error
        except requests.Timeout as error:
            raise UpstreamUnreachable(shown, "Read timed out") from error
        except requests.exceptions.SSLError as error:
            raise UpstreamUnreachable(shown, "TLS handshake failed") from error
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
            raise UpstreamUnreachable(shown, "Premature end of the message body") from error
        except (requests.RequestException, ValueError) as error:
            timed_out = "timed out" in str(error)  # requests hides a timeout during the body in a ConnectionError
            raise UpstreamUnreachable(shown, "Read timed out" if timed_out else "Connection refused") from error

    def _as_public(self, url: str, body: bytes) -> bytes:
        """Pages of the stand-in name its own address; those of pypi.org name the host of its files (U-07)."""
        if urlsplit(url).hostname != "pypi.org":
            return body
        return body.replace(self._public_index.encode(), b"https://files.pythonhosted.org")

    def _routed(self, url: str) -> str:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if is_loopback(host) or host in self._neighbours:
            return url
        if host in PUBLIC_HOSTS and self._public_index:
            return self._public_index + urlunsplit(("", "", parts.path, parts.query, ""))
        raise UpstreamUnreachable(without_credentials(url), f"{host}: no route to host")


def _redirected(url: str, target: str) -> str:
    try:
        followed = urljoin(url, target)
        urlsplit(followed)
    except ValueError as error:
        raise UpstreamUnreachable(without_credentials(url), "Malformed redirect") from error
    return followed


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very name."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def without_credentials(url: str) -> str:
    """`url` without user name and password: it goes into messages that clients see (E-03)."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, parts.fragment))


def _asks_for_basic(response: requests.Response) -> bool:
    return response.status_code == 401 and "basic" in response.headers.get("WWW-Authenticate", "").lower()
