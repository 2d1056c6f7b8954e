"""The one way to talk HTTP: recorded, bounded, without the machine's environment, redirects followed by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from artifactory_conformance.evidence.answers import (
    ANONYMOUS,
    Answer,
    AnswerBrokeOff,
    Credentials,
    TargetUnreachable,
    asked_patience,
    is_text,
    origin,
)
from artifactory_conformance.evidence.deadline import Deadline, DeadlineAdapter
from artifactory_conformance.evidence.excerpt import exchange_of
from artifactory_conformance.evidence.failures import before_an_answer, broke_off, in_words
from artifactory_conformance.evidence.levels import AboveLevel, reach_of
from artifactory_conformance.evidence.pace import BudgetUsedUp, NoTurn, Pace
from artifactory_conformance.evidence.record import Party, Recorder
from artifactory_conformance.evidence.redaction import SECRET_HEADERS
from artifactory_conformance.limits import Limits
from artifactory_conformance.verdicts import Level

_ABSOLUTE = re.compile(r"(?i)[a-z][a-z0-9+.-]*://")

_ASKED_AGAIN = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that a client sends again when it finds a connection closed that it has kept (RFC 9110 9.2.2)."""

_ASKS_FOR_PATIENCE = (429, 503)
"""Too many requests, and a server that cannot at the moment: both may say when it can (RFC 9110 10.2.3, RFC 6585 4)."""


class _ClosedMeanwhile(Exception):
    """A kept connection was closed before an answer began: any server may do so at any time (RFC 9112 9.5)."""


class _Credentials(requests.auth.AuthBase):
    """Sets the header itself, so that requests never takes another identity from a URL or a netrc."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        given = self._credentials
        if given.token:
            request.headers["Authorization"] = f"Bearer {given.token}"
        elif given.user or given.password:
            requests.auth.HTTPBasicAuth(given.user.encode(), given.password.encode())(request)
        return request


class RecordedSession:
    """Sends requests below one base URL as one identity, at most at one level, and records every one.

    base: URL with the context, without a final slash. level: None for services of our own, which have no level.
    ca_bundle: certificates to trust instead of those that requests brings; the environment has no say in it.
    address: how another server reaches what is at the base, where that is not the same.
    pace: how somebody's server is asked; None for those of our own. proxy: a forward proxy, with its credentials.
    """

    def __init__(
        self,
        base: str,
        *,
        recorder: Recorder,
        limits: Limits,
        level: Level | None,
        credentials: Credentials = ANONYMOUS,
        party: Party = Party.TARGET,
        user_agent: str = "artifactory-conformance",
        ca_bundle: Path | None = None,
        address: str = "",
        pace: Pace | None = None,
        proxy: str = "",
    ) -> None:
        self.base = base.rstrip("/")
        self.address = address.rstrip("/") or self.base
        self.credentials = credentials
        self._recorder = recorder
        self._limits = limits
        self._level = level
        self._party = party
        self._pace = pace
        self._keeps = False
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))  # a cookie is an identity, too
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, DeadlineAdapter())
        self._session.headers["User-Agent"] = user_agent
        if ca_bundle is not None:
            self._session.verify = str(ca_bundle)
        if proxy:
            self._session.proxies = {"http": proxy, "https": proxy}

    def __repr__(self) -> str:
        return f"RecordedSession({self.base!r} as {self.credentials.name})"

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Let requests follow each other on one connection where somebody's server is asked, too, as long as it lasts.

        Raises TargetUnreachable if there is none to be had.
        """
        if self._pace is None:
            yield
            return
        with ExitStack() as kept:
            try:
                kept.enter_context(self._pace.keep(self._session.close))
            except NoTurn as error:
                raise TargetUnreachable(f"{self.base}: nothing was asked; {error}") from error
            self._keeps = True
            kept.callback(setattr, self, "_keeps", False)
            yield

    def request(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str | None] | None = None,
        follow: bool = False,
        **body: Any,
    ) -> Answer:
        """Send one request and read the whole answer.

        path: below the base, or an absolute URL. headers: None instead of a value leaves out a header that is usual.
        follow: follow redirects; credentials stay with their origin.
        body: what requests.Session.request takes as data, json, files or params.
        An answer of somebody's server that asks for patience is waited out, as far as the limits allow.
        Raises TargetUnreachable when no complete answer comes, AboveLevel when the run's level does not allow it,
        BudgetUsedUp when the run has asked for as much as it may.
        """
        url = path if _ABSOLUTE.match(path) else f"{self.base}/{path.lstrip('/')}"
        redirects: list[tuple[int, str]] = []
        answer = self._once(method, url, headers or {}, body)
        while follow and answer.status in {301, 302, 303, 307, 308} and "Location" in answer.headers:
            if len(redirects) == self._limits.redirects:
                raise TargetUnreachable(f"{method} {url}: more than {self._limits.redirects} redirects")
            location = answer.headers["Location"]
            redirects.append((answer.status, location))
            if answer.status == 303 or (answer.status in {301, 302} and method.upper() == "POST"):
                method, body = ("HEAD" if method.upper() == "HEAD" else "GET"), {}
            body.pop("params", None)  # they were part of the first URL only
            answer = self._once(method, _resolved(answer.url, location), headers or {}, body)
        return Answer(**{**answer.__dict__, "redirects": tuple(redirects)})

    def _once(self, method: str, url: str, headers: Mapping[str, str | None], body: dict[str, Any]) -> Answer:
        answer = self._attempt(method, url, headers, body)
        waited, pause = 0.0, self._limits.back_off
        while answer.status in _ASKS_FOR_PATIENCE and method.upper() in _ASKED_AGAIN:
            seconds = max(pause, asked_patience(answer))
            waited, pause = waited + seconds, 2 * pause
            if self._pace is None or not self._pace.patient or waited > self._limits.patient:
                break
            self._pace.hold(seconds)
            answer = self._attempt(method, url, headers, body)
        return answer

    def _attempt(self, method: str, url: str, headers: Mapping[str, str | None], body: dict[str, Any]) -> Answer:
        started = time.monotonic()
        try:
            own = origin(url) == origin(self.base)
            needed = reach_of(method, url, urlsplit(self.base).path if own else "")
        except ValueError as error:
            problem = f"{method} {url}: not a usable URL ({error})"
            self._record(method, url, headers, ANONYMOUS, started, error=problem)
            raise TargetUnreachable(problem) from error
        if self._level is not None and not self._level.allows(needed):
            raise AboveLevel(f"{method} {url} needs level {needed.value}; this run is at {self._level.value}")
        credentials = self.credentials if own else ANONYMOUS
        if not own:  # nothing that was meant for our side: another origin gets the question only
            body = {}
            headers = {name: value for name, value in headers.items() if name.lower() not in SECRET_HEADERS}
        try:
            with self._turn():
                started = time.monotonic()
                answer = self._send(method, url, headers, body, credentials, counted=needed is not Level.OBSERVE)
        except _ClosedMeanwhile as closed:
            self._record(method, url, headers, credentials, started, error=f"{closed}; asked again")
            return self._attempt(method, url, headers, body)
        except BudgetUsedUp as error:
            self._record(method, url, headers, credentials, started, error=f"{method} {url}: {error}")
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError, OSError) as error:
            problem = f"{method} {url}: {in_words(error)}"
            self._record(method, url, headers, credentials, started, error=problem)
            raise (AnswerBrokeOff if broke_off(error) else TargetUnreachable)(problem) from error
        except TargetUnreachable as error:
            self._record(method, url, headers, credentials, started, error=str(error))
            raise
        self._record(method, url, headers, credentials, started, answer=answer)
        return answer

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Have a turn at somebody's server; no connection is kept after it, for it would be one more than are used."""
        if self._pace is None:
            yield
            return
        try:
            with self._pace.turn(on_the_kept=self._keeps):
                try:
                    yield
                finally:
                    if not self._keeps:
                        self._session.close()
        except NoTurn as error:
            raise TargetUnreachable(f"{self.base}: nothing was asked; {error}") from error

    def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str | None],
        body: dict[str, Any],
        who: Credentials,
        *,
        counted: bool,
    ) -> Answer:
        with Deadline(self._limits.exchange) as deadline:
            try:
                answer = self._read(method, url, headers, body, who, counted=counted)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                if deadline.passed:
                    raise self._too_slow(method, url) from error
                if deadline.kept and method.upper() in _ASKED_AGAIN and before_an_answer(error):
                    raise _ClosedMeanwhile(f"{method} {url}: the kept connection was closed") from error
                raise
        if deadline.passed:  # an answer that ends with its connection was ended by us
            raise self._too_slow(method, url)
        return answer

    def _too_slow(self, method: str, url: str) -> TargetUnreachable:
        return TargetUnreachable(f"{method} {url}: no end of the answer after {self._limits.exchange:g} s")

    def _read(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str | None],
        body: dict[str, Any],
        who: Credentials,
        *,
        counted: bool,
    ) -> Answer:
        with self._session.request(
            method,
            url,
            headers=headers,
            auth=_Credentials(who),
            allow_redirects=False,
            stream=True,
            timeout=(self._limits.connect, self._limits.read),
            **body,
        ) as response:
            content = bytearray()
            most = self._limits.body_bytes
            if is_text(response.headers):
                most = min(most, self._limits.text_bytes)
            for piece in response.iter_content(65536):
                content += piece
                if counted and self._pace is not None:
                    self._pace.received(len(piece))
                if len(content) > most:
                    raise TargetUnreachable(f"{method} {url}: an answer of more than {most} bytes")
            return Answer(response.status_code, response.headers, bytes(content), url, method, who.name)

    def _record(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str | None],
        credentials: Credentials,
        started: float,
        *,
        answer: Answer | None = None,
        error: str = "",
    ) -> None:
        kept = exchange_of(self._party, method, url, headers, credentials.name, started, answer=answer, error=error)
        self._recorder.exchange(kept)


def _resolved(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location  # it is no URL, which the request will say
