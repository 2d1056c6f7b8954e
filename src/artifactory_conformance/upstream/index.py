"""The side that clients see: the index and the files of each organization."""

import asyncio
import hashlib
from dataclasses import replace
from email.utils import formatdate
from http import HTTPStatus
from urllib.parse import quote

from packaging.utils import canonicalize_name
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from artifactory_conformance.upstream.conditions import as_asked
from artifactory_conformance.upstream.effects import Asked
from artifactory_conformance.upstream.forms import Json, Metadata, Place, lines
from artifactory_conformance.upstream.layouts import Layout
from artifactory_conformance.upstream.organizations import Organization, Organizations
from artifactory_conformance.upstream.pages import JSON_TYPE, project_json, project_page, root_page
from artifactory_conformance.upstream.replies import Reply, deliver, plain

_METADATA = ".metadata"


class Index:
    """The ASGI application for every path that does not belong to the control interface.

    The order is: journal, credentials, faults, answer. A fault is therefore used up by admitted requests only, unless
    it is unguarded; a client that waits for the challenge (U4) does not spend it on its first try.
    """

    def __init__(self, organizations: Organizations) -> None:
        self._organizations = organizations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        organization = self._organizations.at(scope["path"])
        if organization is None:
            await deliver(plain(HTTPStatus.NOT_FOUND), None, scope, receive, send)
            return
        headers = Headers(scope=scope)
        presented = organization.judge(headers.get("authorization"))
        entry = organization.journal.record(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            user=presented.user,
            credentials=presented.seen,
            headers=headers.items(),
        )
        reply = await self._reply(organization, scope, headers, admitted=organization.admits(presented))
        await deliver(reply, entry, scope, receive, send)

    async def _reply(self, organization: Organization, scope: Scope, headers: Headers, *, admitted: bool) -> Reply:
        method, below = scope["method"], _below(organization.base_path, scope["path"])
        asked = Asked(method, below or "", scope["query_string"].decode("latin-1"), dict(headers), scope["scheme"])
        fault = organization.faults.take(asked, admitted=admitted) if below is not None else None
        if fault is None and not admitted:
            # The realm is our own choice: what the real catalog says is unknown (U4).
            return plain(HTTPStatus.UNAUTHORIZED, www_authenticate='Basic realm="ActiveState"')
        if below is None:
            return plain(HTTPStatus.NOT_FOUND)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if method not in ("GET", "HEAD"):
            reply = plain(HTTPStatus.METHOD_NOT_ALLOWED, allow="GET, HEAD")
        else:
            reply = as_asked(_found(organization, self._organizations.layout, asked), asked.headers)
        return reply if fault is None else replace(fault.effect.apply(reply, asked), is_http_1_0=fault.is_http_1_0)


def _below(base_path: str, path: str) -> str | None:
    return path.removeprefix(base_path) if f"{path}/".startswith(f"{base_path}/") else None


def _found(organization: Organization, layout: Layout, asked: Asked) -> Reply:
    """The whole answer to a GET."""
    if asked.path == "/simple":
        return _moved(f"{organization.base_path}/simple/")
    if asked.path == "/simple/":
        return _page(root_page(organization.shelf.projects(), layout))
    if asked.path.startswith("/simple/"):
        return _project(organization, layout, asked)
    return _file_at(organization, layout, asked.path)


def _project(organization: Organization, layout: Layout, asked: Asked) -> Reply:
    project, slash, further = asked.path.removeprefix("/simple/").partition("/")
    normalized = canonicalize_name(project)
    if further or not project:
        return plain(HTTPStatus.NOT_FOUND)
    if not slash or project != normalized:
        return _moved(f"{organization.base_path}/simple/{normalized}/")
    files, form = organization.shelf.files(project), organization.form
    if not files:  # U16: the guide says 404 for a package outside the catalog; a fault makes it the 403 of U9
        return plain(HTTPStatus.NOT_FOUND)
    place = Place(layout, organization.base_path, asked.origin)
    links = lines(form, files, place)
    wants_json = form.json is Json.NEGOTIATED and JSON_TYPE in asked.headers.get("accept", "")
    if form.json is Json.ALWAYS or wants_json:
        return _page(project_json(project, links), JSON_TYPE)
    return _page(project_page(project, links, form))


def _file_at(organization: Organization, layout: Layout, path: str) -> Reply:
    wants_metadata = path.endswith(_METADATA) and organization.form.metadata is Metadata.SERVED
    place = layout.file_of(path.removesuffix(_METADATA) if wants_metadata else path)
    file = organization.shelf.find(*place) if place else None
    if file is None:
        return plain(HTTPStatus.NOT_FOUND)
    if not wants_metadata:
        return _content(file.distribution.content, file.distribution.sha256, file.published)
    if file.metadata is None:
        return plain(HTTPStatus.NOT_FOUND)
    return _content(file.metadata, hashlib.sha256(file.metadata).hexdigest(), file.published)


def _moved(path: str) -> Reply:
    return plain(HTTPStatus.MOVED_PERMANENTLY, location=quote(path))


def _page(page: str, media_type: str = "text/html; charset=utf-8") -> Reply:
    content = page.encode()
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    return Reply(HTTPStatus.OK, content, {"content-type": media_type, "etag": etag})


def _content(content: bytes, sha256: str, published: int) -> Reply:
    return Reply(
        HTTPStatus.OK,
        content,
        {
            "content-type": "application/octet-stream",
            "etag": f'"{sha256}"',
            "last-modified": formatdate(published, usegmt=True),
            "accept-ranges": "bytes",
        },
    )
