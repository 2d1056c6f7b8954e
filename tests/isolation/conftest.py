"""The model, a catalog and a public index as services, and a lab at the model: ways in are built for real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, Repository
from artifactory_conformance.catalog import CatalogService, Organization, PublicIndex
from artifactory_conformance.evidence import Credentials, Recorder, Redactor
from artifactory_conformance.isolation import Survey, unheard_of
from artifactory_conformance.labs import Lab
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.limits import Limits
from artifactory_conformance.targets import Connections
from artifactory_conformance.targets.service import Service
from artifactory_conformance.verdicts import Level

UPSTREAM = "artifactory_conformance.upstream"


@dataclass
class World:
    """One model, the catalog and the public index beside it."""

    base: str
    connections: Connections
    catalog: CatalogService
    public_index: CatalogService


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    connections = Connections(Recorder(), Redactor(), "suite/1", Limits())
    catalog, public = Service(UPSTREAM, cwd=folder), Service(UPSTREAM, "--layout", "pypi", cwd=folder)
    arguments = ("--profile", "7.84-pro", "--public-index", public.url, "--state-dir", str(folder / "state"))
    model = Service("artifactory_conformance.reference", *arguments, cwd=folder)

    def at(url: str) -> CatalogService:
        return CatalogService(connections.to_catalog(url), url, connections.to_catalog)

    yield World(f"{model.url}/artifactory", connections, at(catalog.url), at(public.url))
    connections.close()
    for service in (model, catalog, public):
        service.stop()


@pytest.fixture
def lab(world: World, tmp_path) -> Iterator[Lab]:
    secrets = iter(range(1000))
    made = Lab(
        Credentials("admin", "password"),
        lambda credentials: world.connections.to_target(world.base, credentials, Level.MUTATE),
        Ledger(tmp_path / "ledger.jsonl", unheard_of("run")[:8], ""),
        lambda: f"secret-of-a-test-{next(secrets)}",
    )
    yield made
    assert made.close() == []


@pytest.fixture
def curated(world: World) -> Iterator[Organization]:
    organization = Organization(world.catalog)
    yield organization
    organization.drop()


@pytest.fixture
def public(world: World) -> Iterator[Organization]:
    index = PublicIndex(world.public_index)
    yield index
    index.drop()


@pytest.fixture
def canary(public: Organization) -> str:
    """A name that only the public index has."""
    return public.publish(unheard_of("canary"), "9999").project


@pytest.fixture
def climb(lab: Lab, curated: Organization, canary: str) -> Callable[..., Survey]:
    """Make all looks that the suite makes at a repository, as a user with rights on some repositories."""

    def climb_at(repository: Repository, *rights: Repository, allowed: list[str] | None = None) -> Survey:
        user: Identity = lab.user(*rights, READ, DEPLOY_CACHE)
        cold = curated.publish_new()
        survey = Survey(user, repository, allowed or [curated.url])
        survey.ask_for_canaries(user.get_page(repository, cold.project), [canary])
        survey.look_at_project(cold.project)
        survey.compare(cold.project, {(cold.filename, cold.sha256)})
        survey.trace(canary)
        survey.walk(Repository(repository.key, lab.administrator._session))
        return survey

    return climb_at
