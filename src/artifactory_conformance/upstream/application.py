"""The whole service as one ASGI application: the control interface beside the index."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from artifactory_conformance.upstream.control import PREFIX, build_control
from artifactory_conformance.upstream.index import Index
from artifactory_conformance.upstream.layouts import Layout
from artifactory_conformance.upstream.organizations import Organizations
from artifactory_conformance.upstream.shelf import PublishedFile


def build_application(layout: Layout, *, offered: Iterable[PublishedFile] = (), canary: str = "") -> ASGIApp:
    """A service with this layout; every organization offers the files `offered`, passwords begin with `canary`."""
    organizations = Organizations(layout, offered, canary)
    control, index = build_control(organizations), Index(organizations)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        side = control if scope["path"].startswith(PREFIX) else index
        await side(scope, receive, send)

    return application
