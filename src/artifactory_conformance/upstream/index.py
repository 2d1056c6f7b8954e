"""The side that clients see: the index and the files of each organization."""

import asyncio
import hashlib
from email.utils import formatdate
from http import HTTPStatus
from urllib.parse import quote

from packaging.utils import canonicalize_name
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from artifactory_conformance.upstream.conditions import as_asked
from artifactory_conformance.upstream.layouts import Layout
from artifactory_conformance.upstream.organizations import Organization, Organizations
from artifactory_conformance.upstream.pages import project_page, root_page
from artifactory_conformance.upstream.replies import Reply, deliver, plain
from artifactory_conformance.upstream.shelf import PublishedFile


class Index:
    """The ASGI application for every path that does not belong to the control interface.

    The order is: journal, credentials, faults, answer. A fault is therefore used up by admitted requests only; a
    client that waits for the challenge (U4) does not spend it on its first try.
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
        if organization.admits(presented):
            reply = await self._admitted(organization, scope["method"], scope["path"], headers)
        else:
            # The realm is our own choice: what the real catalog says is unknown (U4).
            reply = plain(HTTPStatus.UNAUTHORIZED, www_authenticate='Basic realm="ActiveState"')
        await deliver(reply, entry, scope, receive, send)

    async def _admitted(self, organization: Organization, method: str, path: str, headers: Headers) -> Reply:
        below = _below(organization.base_path, path)
        fault = organization.faults.take(method, below) if below is not None else None
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if method not in ("GET", "HEAD"):
            reply = plain(HTTPStatus.METHOD_NOT_ALLOWED, allow="GET, HEAD")
        elif below is None:
            reply = plain(HTTPStatus.NOT_FOUND)
        else:
            reply = as_asked(_found(organization, self._organizations.layout, below, headers), headers)
        return reply if fault is None else fault.effect.apply(reply)


def _below(base_path: str, path: str) -> str | None:
    return path.removeprefix(base_path) if path.startswith(f"{base_path}/") else None


def _found(organization: Organization, layout: Layout, below: str, headers: Headers) -> Reply:
    """The whole answer to a GET of the path `below` the base path."""
    if below == "/simple":
        return _moved(f"{organization.base_path}/simple/")
    if below == "/simple/":
        return _html(root_page(organization.shelf.projects(), layout))
    if below.startswith("/simple/"):
        return _project(organization, layout, below.removeprefix("/simple/"), headers.get("host", "localhost"))
    asked = layout.file_of(below)
    file = organization.shelf.find(*asked) if asked else None
    return plain(HTTPStatus.NOT_FOUND) if file is None else _file(file)


def _project(organization: Organization, layout: Layout, rest: str, host: str) -> Reply:
    project, slash, further = rest.partition("/")
    normalized = canonicalize_name(project)
    if further or not project:
        return plain(HTTPStatus.NOT_FOUND)
    if not slash or project != normalized:
        return _moved(f"{organization.base_path}/simple/{normalized}/")
    files = organization.shelf.files(project)
    # U16: the guide says 404 for a package outside the catalog; a fault makes it the 403 that was seen as well (U9).
    return _html(project_page(project, files, layout, host)) if files else plain(HTTPStatus.NOT_FOUND)


def _moved(path: str) -> Reply:
    return plain(HTTPStatus.MOVED_PERMANENTLY, location=quote(path))


def _html(page: str) -> Reply:
    content = page.encode()
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    return Reply(HTTPStatus.OK, content, {"content-type": "text/html; charset=utf-8", "etag": etag})


def _file(file: PublishedFile) -> Reply:
    return Reply(
        HTTPStatus.OK,
        file.distribution.content,
        {
            "content-type": "application/octet-stream",
            "etag": f'"{file.distribution.sha256}"',
            "last-modified": formatdate(file.published, usegmt=True),
            "accept-ranges": "bytes",
        },
    )
