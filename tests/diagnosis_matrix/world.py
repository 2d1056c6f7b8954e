"""An instance that was set up as the guide says, was used, and was then made wrong: somebody's, not the suite's own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.catalog import CatalogService, Organization
from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder, Redactor
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.misconfigurations import MISCONFIGURATIONS, Administrator
from artifactory_conformance.settings import Settings, resolve
from artifactory_conformance.sites import Site, SiteBuilder
from artifactory_conformance.targets.base import Connections
from artifactory_conformance.targets.model_control import ModelControl
from artifactory_conformance.targets.service import Service
from artifactory_conformance.verdicts import Level

MODEL, UPSTREAM = "artifactory_conformance.reference", "artifactory_conformance.upstream"
OWNER = Credentials("admin", "password")
"""A fresh model's administrator."""

MORE = (("wheel", "0.8"), ("wheel", "0.9"), ("sdist", "0.8"), ("sdist", "0.9"))
"""What else the catalog has of each project: nobody has asked for it yet."""

INSTALLED = {
    "curated-example": "curated_example-1.2.0-py3-none-any.whl",
    "curated-part": "curated_part-1.0-py3-none-any.whl",
}
"""What somebody has installed, a wheel of each project."""

A_DAY = 24 * 3600

Write = tuple[str, str, Any]
"""Method, path and body of a request that changes something."""


@dataclass(frozen=True)
class World:
    """What somebody who looks at the instance can be told of it. writes: what the mistakes wrote, one list each."""

    model: str
    catalog: str
    site: Site
    user: Credentials
    catalog_account: Credentials
    writes: tuple[tuple[Write, ...], ...] = ()


@contextmanager
def started(module: str, *arguments: str, scratch: Path) -> Iterator[str]:
    """Start a server and give its URL. Raises ServiceFailed."""
    service = Service(module, *arguments, cwd=scratch)
    try:
        yield service.url
    finally:
        service.stop()


@contextmanager
def catalog(scratch: Path) -> Iterator[str]:
    """Start a catalog for many worlds: each has an organization of its own there. Raises ServiceFailed."""
    with started(UPSTREAM, scratch=scratch) as url:
        yield url


@contextmanager
def world(mistakes: Sequence[str], catalog: str, scratch: Path) -> Iterator[World]:
    """Start a model and have a site there that was used a day ago and then made wrong.

    The public index is one of its own: mistakes put projects there. mistakes: names of misconfigurations, made in this
    order. catalog: the URL of one. Raises ArtifactoryRefused or NotSettled where one cannot
    be made after the others, and ServiceFailed.
    """
    connections = Connections(Recorder(), Redactor([]), "a customer")
    with (
        closing(connections),
        started(UPSTREAM, "--layout", "pypi", scratch=scratch) as public,
        started(MODEL, "--public-index", public, scratch=scratch) as model,
    ):
        yield _made(model, catalog, public, mistakes, connections, scratch)


def _made(
    model: str, catalog: str, public: str, mistakes: Sequence[str], connections: Connections, scratch: Path
) -> World:
    numbers = itertools.count(1)
    upstream, public_index = (_service(connections, url) for url in (catalog, public))
    session = connections.to_target(f"{model}/artifactory", OWNER, Level.MUTATE)
    settings = _settings(model, catalog, scratch)
    ledger = Ledger(scratch / "ledger.jsonl", "customer", "")
    builder = SiteBuilder(settings, session, upstream, ledger, lambda: f"Secret-{next(numbers)}-of-the-customer")
    user = builder.build()
    as_user = connections.to_target(session.base, user, Level.MUTATE)
    builder.wait_for_user(as_user)
    _publish_more(Organization(upstream, password=builder.catalog_account.password, known=builder.site.organization))
    _use(builder.site, as_user)
    ModelControl(connections.to_catalog(model)).elapse(A_DAY)
    mistaken = Administrator(builder.site, session, as_user, upstream, builder.catalog_account, public_index)
    written = [_writes(session, upstream, MISCONFIGURATIONS[name].make, mistaken) for name in mistakes]
    return World(model, catalog, mistaken.site, user, builder.catalog_account, tuple(written))


def _service(connections: Connections, url: str) -> CatalogService:
    return CatalogService(connections.to_catalog(url), url, connections.to_catalog)


def _settings(model: str, catalog: str, scratch: Path) -> Settings:
    """Give the settings of whoever sets the site up."""
    options = {
        "target": "instance",
        "artifactory_url": model,
        "level": "mutate",
        "set_up_site": True,
        "catalog_control": catalog,
        "reports": str(scratch),
    }
    return resolve(options, {"ARTIFACTORY_ADMIN_USER": OWNER.user, "ARTIFACTORY_ADMIN_PASS": OWNER.password})


def _publish_more(organization: Organization) -> None:
    for project in organization.offers():
        for kind, version in MORE:
            organization.publish(project, version, kind=kind)


def _use(site: Site, user: RecordedSession) -> None:
    """Have an example installed once, with what it requires: pages and newest wheels are cached, no other file."""
    remote, installer = RemoteRepository(site.remote, user), Identity(user)
    for project, wheel in INSTALLED.items():
        installer.fetch_ok(installer.page(remote, project).link_to(wheel))


def _writes(
    session: RecordedSession,
    upstream: CatalogService,
    make: Callable[[Administrator], None],
    administrator: Administrator,
) -> tuple[Write, ...]:
    """Make a mistake and give what it wrote at the instance and at the catalog."""
    written: list[Write] = []
    ask, call = session.request, upstream.call

    def noted_ask(method: str, path: str, **more: Any) -> Any:
        if method not in {"GET", "HEAD"}:
            written.append((method, path, more.get("json", more.get("data"))))
        return ask(method, path, **more)

    def noted_call(method: str, path: str, body: Any = None) -> Any:
        if method != "GET":
            written.append((method, f"catalog/{path}", body))
        return call(method, path, body)

    session.request, upstream.call = noted_ask, noted_call  # type: ignore[method-assign]
    try:
        make(administrator)
    finally:
        session.request, upstream.call = ask, call  # type: ignore[method-assign]
    return tuple(written)
