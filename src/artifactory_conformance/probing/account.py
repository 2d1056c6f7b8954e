"""What the account that installs is answered: pages and files, classed by status and by what the answer names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol
from urllib.parse import urlsplit

from artifactory_conformance.artifactory import Identity, Repository, Storage, cause_of
from artifactory_conformance.artifactory.errors import PageUnavailable, message_of
from artifactory_conformance.artifactory.file_choice import MODERATE, guess, small_first
from artifactory_conformance.artifactory.pages import read_either_page
from artifactory_conformance.artifactory.repositories import Repositories
from artifactory_conformance.evidence import Answer, RecordedSession
from artifactory_conformance.evidence.redaction import cut
from artifactory_conformance.isolation import unheard_of
from artifactory_conformance.isolation.walk import origin_of, shown
from artifactory_conformance.sites import Site

_LONGEST_MESSAGE = 300
_ADDRESS = re.compile(r"https?://[^\s\"'<>|,;)\]]+")
_PUBLIC_PATH = re.compile(r"(^|/)[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{60}/[^/]+$")

A_DIGEST = "0" * 64
"""The folder of a file that nobody has, in the catalog's own layout (U7)."""

Ask = Callable[[], Any]


class New(Protocol):
    """Projects that nobody can have cached."""

    def one(self) -> str:
        """Give the name of one, the same each time."""


def questions(
    session: RecordedSession, site: Site, project: str, new: New | None, *, pulls: bool
) -> Iterator[tuple[str, Ask]]:
    """Give what is asked, by name. project: one that the catalog has; empty if none is known."""
    who = Identity(session)
    yield "listed", lambda: listed(who, [site.remote, site.virtual, site.local])
    yield "cache", lambda: cache(who, site.remote)
    if not pulls:
        return
    if new is not None:
        yield "new_page", lambda: page(session, site.remote, new.one())
        yield "new_file", lambda: file(session, site.remote, new.one())
    if project:
        yield "page", lambda: page(session, site.remote, project)
        yield "file", lambda: file(session, site.remote, project)
        yield "cold_file", lambda: cold_file(session, site.remote, project)
    if project and site.virtual:
        yield "page_of_the_virtual", lambda: page(session, site.virtual, project)
        yield "stored_page_of_the_virtual", lambda: stored(who, f"{site.virtual}/{Storage.page_path(project)}")
    if site.internal_package and site.local:
        yield "internal_page", lambda: page(session, site.local, site.internal_package)
        if site.virtual:
            yield "internal_page_of_the_virtual", lambda: page(session, site.virtual, site.internal_package)
            yield "internal_page_of_the_remote", lambda: page(session, site.remote, site.internal_package)
    if site.local:
        yield "odd_page_of_the_local", lambda: page(session, site.local, unheard_of())
    yield "odd_page", lambda: page(session, site.remote, unheard_of())
    yield "index", lambda: index(who, site.remote)
    yield "odd_stored_page", lambda: stored(who, f"{site.remote}/.pypi/{unheard_of()}.html")
    yield "odd_stored_file", lambda: stored(who, f"{site.remote}/{A_DIGEST}/{unheard_of()}-1.0-py3-none-any.whl")
    yield "trace", lambda: trace(who, site.remote)


def listed(who: Identity, keys: list[str]) -> dict[str, Any]:
    """Give what the list of repositories shows of the site's; None for one that it does not show."""
    shown_ = {str(one.get("key")): one for one in Repositories(who.session).listed()}
    found: dict[str, Any] = {}
    for key in filter(None, keys):
        entry = shown_.get(key)
        found[key] = entry and {
            "type": str(entry.get("type", "")).lower(),
            "packageType": str(entry.get("packageType", "")).lower(),
            "url": shown(str(entry.get("url") or "")),
        }
    return found


def cache(who: Identity, remote: str) -> dict[str, Any]:
    """Give how much the remote's cache holds, and how much of it lies where only the public index puts files."""
    paths = who.storage(f"{remote}-cache").paths()
    pages = sum(path.startswith(".pypi/") for path in paths)
    public = sum(bool(_PUBLIC_PATH.search(path)) for path in paths)
    return {"pages": pages, "files": len(paths) - pages, "in_public_layout": public}


def page(session: RecordedSession, key: str, project: str) -> dict[str, Any]:
    """Ask for a project's page, and give what came."""
    who = Identity(session)
    answer = who.get_page(Repository(key, session), project)
    told = answered(answer)
    if answer.status == 200:
        try:
            links = read_either_page(project, answer).links
        except PageUnavailable:
            return {**told, "is_a_page": False}
        home = origin_of(session.base)
        hosts = {urlsplit(link.url).netloc for link in links if origin_of(link.url) != home}
        public = sum(bool(_PUBLIC_PATH.search(urlsplit(link.url).path)) for link in links)
        told |= {"is_a_page": True, "links": len(links), "other_hosts": sorted(hosts), "in_public_layout": public}
    redirects = {origin_of(location) for _, location in answer.redirects if _ADDRESS.match(location)}
    return {**told, "redirected_elsewhere": bool(redirects - {origin_of(session.base)})}


def file(session: RecordedSession, key: str, project: str) -> dict[str, Any] | None:
    """Download the smallest-looking file of a project's page, and give what came; nothing where no page came."""
    who = Identity(session)
    links = who.links(Repository(key, session), project)
    if not links:
        return None
    answer = who.fetch(links[0])
    return {**answered(answer), "bytes": len(answer.body)}


def index(who: Identity, remote: str) -> dict[str, Any]:
    """Ask for the index without its final slash, and tell whether that leads to another host (U-02)."""
    answer = who.get(f"api/pypi/{remote}/simple")
    location = answer.headers.get("Location", "")
    elsewhere = bool(_ADDRESS.match(location)) and origin_of(location) != origin_of(answer.url)
    hosts = [urlsplit(location).netloc] if elsewhere else []
    return {"status": answer.status, "redirected_elsewhere": elsewhere, "other_hosts": hosts}


def cold_file(session: RecordedSession, key: str, project: str) -> dict[str, Any]:
    """Download a small file of a project's page that the cache does not hold; say so where there is none."""
    who = Identity(session)
    held = who.storage(f"{key}-cache").sizes()
    links = [link for link in who.links(Repository(key, session), project) if link.filename not in held]
    small = small_first((link for link in links if guess(link) <= MODERATE), {})
    if not small:
        return {"none_left": True}
    answer = who.fetch(small[0])
    return {**answered(answer), "bytes": len(answer.body)}


def stored(who: Identity, path: str) -> dict[str, Any]:
    """Ask for what nobody has by its storage path, where an answer says why it comes to nothing (M-02, M-04, M-06)."""
    return answered(who.get(path))


def trace(who: Identity, remote: str) -> dict[str, Any]:
    """Have the resolution of a page that nobody has traced, and give the addresses that this names (ladder E5)."""
    answer = who.get(f"{remote}/.pypi/{unheard_of()}.html?trace")
    named = dict.fromkeys(_ADDRESS.findall(answer.text)) if answer.status == 200 else {}
    own = origin_of(answer.url)
    return {"status": answer.status, "addresses": [shown(one) for one in named if origin_of(one) != own]}


def answered(answer: Answer) -> dict[str, Any]:
    """Give an answer's status, type and, of a refusal, what it names as its cause."""
    told: dict[str, Any] = {"status": answer.status, "media_type": answer.media_type}
    if answer.status >= 400:
        told["refused_for"] = cause_of(answer).name.lower()
        told["message"] = cut(message_of(answer), _LONGEST_MESSAGE)
        told["challenges"] = "WWW-Authenticate" in answer.headers
    return told
