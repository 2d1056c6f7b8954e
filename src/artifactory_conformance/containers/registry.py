"""The tags of an image at its registry, by the HTTP API that registries have in common (Docker Registry, version 2).

Nothing of it is a matter of Artifactory: `/v2/<name>/tags/list`, pages by `Link`, a challenge in `WWW-Authenticate`.
"""

from __future__ import annotations

import ipaddress
import json
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from requests.utils import parse_dict_header, parse_header_links

from artifactory_conformance.containers.images import repository_of
from artifactory_conformance.evidence import Answer, Credentials, RecordedSession, Recorder, TargetUnreachable
from artifactory_conformance.evidence.answers import origin
from artifactory_conformance.limits import LIMITS, Limits

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,16384}")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")


class RegistryUnusable(Exception):
    """A registry told no tags. The message is one line: what was asked, what came, and what to do."""


def place_of(image: str) -> tuple[str, str]:
    """Give the address of an image's registry and the image's name there.

    image: with its registry, like releases-docker.jfrog.io/jfrog/artifactory-pro; a tag is left out. On this machine a
    registry is asked over http, as Docker does, everywhere else over https. Raises RegistryUnusable.
    """
    host, slash, name = repository_of(image).partition("/")
    named = bool(slash) and bool(name) and ("." in host or ":" in host or host == "localhost")
    try:
        at = urlsplit(f"//{host}")
        scheme = "http" if _here(at.hostname or "") else "https"
        _ = at.port
    except ValueError:
        named = False
    if not named:
        raise RegistryUnusable(
            f"image {image} names no registry, so that nobody can be asked for its versions; "
            "name it like registry.example.com/jfrog/artifactory-{edition}"
        )
    return f"{scheme}://{host}", name


def _here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Registry:
    """One registry, asked as nobody first, and with credentials where it wants some.

    base: its address, without a path. ca_bundle: authorities to trust instead of the usual. Credentials go to the
    registry's own origin alone: one that sends elsewhere for a token is asked there as nobody.
    """

    def __init__(
        self,
        base: str,
        *,
        credentials: Credentials | None = None,
        ca_bundle: Path | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        self._base = base
        self._credentials = credentials or Credentials()
        self._ca_bundle = ca_bundle
        self._limits = limits
        self._as = Credentials()
        self._ends = 0.0

    def tags(self, name: str) -> list[str]:
        """Give all tags of an image. Raises RegistryUnusable."""
        self._as = Credentials()
        self._ends = time.monotonic() + self._limits.registry
        try:
            return self._tags(name)
        except TargetUnreachable as error:
            raise RegistryUnusable(f"the registry cannot be asked for its tags: {error}") from None

    def _tags(self, name: str) -> list[str]:
        start = f"{self._base}/v2/{quote(name)}/tags/list?n={self._limits.registry_tags}"
        found: dict[str, None] = {}
        asked: set[str] = set()
        url = start
        while url:
            if url in asked or len(asked) == self._limits.registry_pages:
                raise RegistryUnusable(f"{start}: a list of tags without end: page {len(asked) + 1} is {_short(url)}")
            asked.add(url)
            answer = self._authorised(url)
            found.update(dict.fromkeys(_tags_of(answer)))
            url = self._next(answer)
        return list(found)

    def _authorised(self, url: str) -> Answer:
        answer = self._ask(url)
        if answer.status == 401 and self._as == Credentials():
            self._as = self._challenged(answer)
            answer = self._ask(url)
        if answer.status in {401, 403}:
            whom = self._credentials.user or "nobody in particular"
            raise RegistryUnusable(
                f"{_short(url)} as {whom}: {answer.status}; see that REGISTRY_USER and REGISTRY_PASS are those of an "
                "account that may pull this image"
            )
        if answer.status == 404:
            raise RegistryUnusable(f"{_short(url)}: 404; the registry has no image of this name, see its spelling")
        if answer.status != 200:
            raise RegistryUnusable(f"{_short(url)}: {answer.status} instead of a list of tags; see the registry's log")
        return answer

    def _ask(self, url: str) -> Answer:
        """Ask as whoever was let in, and follow redirects at the registry itself alone."""
        for _ in range(self._limits.redirects + 1):
            answer = self._get(url, self._as)
            if answer.status not in {301, 302, 303, 307, 308}:
                return answer
            url = self._at_registry(url, answer.headers.get("Location", ""), "redirects")
        raise RegistryUnusable(f"{_short(url)}: more than {self._limits.redirects} redirects")

    def _get(self, url: str, credentials: Credentials, base: str = "", **more: Any) -> Answer:
        if time.monotonic() > self._ends:
            raise RegistryUnusable(f"{_short(url)}: no list of tags within {self._limits.registry:g} s")
        session = RecordedSession(
            base or self._base,
            recorder=Recorder(),
            limits=self._limits,
            level=None,
            credentials=credentials,
            ca_bundle=self._ca_bundle,
        )
        try:
            return session.request("GET", url, headers={"Accept": "application/json"}, **more)
        finally:
            session.close()

    def _next(self, answer: Answer) -> str:
        links = parse_header_links(answer.headers.get("Link", ""))
        following = next((link.get("url", "") for link in links if link.get("rel") == "next"), "")
        return self._at_registry(answer.url, following, "leads on") if following else ""

    def _at_registry(self, url: str, target: str, how: str) -> str:
        """Give an address that the registry has told, if it is its own."""
        try:
            found = urljoin(url, target)
            if target and origin(found) == origin(self._base):
                return found
        except ValueError:
            pass
        raise RegistryUnusable(f"{_short(url)} {how} to {_short(target)!r}, which is not the registry: not followed")

    def _challenged(self, answer: Answer) -> Credentials:
        """Give who to ask as, after a 401: with a token from where the registry says, or with the credentials."""
        scheme, _, rest = answer.headers.get("WWW-Authenticate", "").partition(" ")
        if scheme.lower() == "bearer":
            told = {name.strip().lower(): value or "" for name, value in parse_dict_header(rest).items()}  # type: ignore[no-untyped-call]
            return Credentials(token=self._token(answer.url, told))
        if scheme.lower() == "basic" and self._credentials.user:
            return self._credentials
        return Credentials()

    def _token(self, url: str, told: dict[str, str]) -> str:
        realm = told.get("realm", "")
        try:
            scheme, host, _ = origin(realm)
            own = origin(realm) == origin(self._base)
            # Whoever may listen on the way would have the token: in clear on this machine alone.
            usable = bool(host) and (scheme == "https" or (scheme == "http" and _here(host)))
        except ValueError:
            own = usable = False
        if not usable:
            raise RegistryUnusable(f"{_short(url)}: sends to {_short(realm)!r} for a token, which is no https address")
        if self._credentials.user and not own:
            raise RegistryUnusable(
                f"{_short(url)}: sends to {_short(realm)!r} for a token, and credentials go to the registry alone; "
                "leave REGISTRY_USER out where the image is public"
            )
        params = {name: told[name] for name in ("service", "scope") if told.get(name)}
        base = f"{scheme}://{urlsplit(realm).netloc}"
        answer = self._get(realm, self._credentials if own else Credentials(), base, params=params)
        given = _object(answer) if answer.status == 200 else {}
        token = given.get("token") or given.get("access_token")
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise RegistryUnusable(
                f"{_short(realm)}: {answer.status}, and no token; see that REGISTRY_USER and REGISTRY_PASS are those "
                "of an account that may pull this image"
            )
        return token


def _tags_of(answer: Answer) -> list[str]:
    given = _object(answer)
    tags = given.get("tags", ())
    tags = () if tags is None else tags  # how some say that there is none
    if "tags" not in given or not isinstance(tags, (list, tuple)) or not all(isinstance(tag, str) for tag in tags):
        raise RegistryUnusable(
            f"{_short(answer.url)}: {answer.media_type or 'no media type'} instead of a list of tags in JSON; "
            "see that this is the registry's own address"
        )
    return [tag for tag in tags if _TAG.fullmatch(tag)]


def _object(answer: Answer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _short(url: str) -> str:
    """An address as a message shows it: one line, without a query, which may hold what lets somebody in."""
    return "".join(letter if letter.isprintable() else "?" for letter in url.partition("?")[0])[:200]
