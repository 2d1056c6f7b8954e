"""What a run asks for at an instance of somebody's, and the catalog behind it, asked directly."""

from __future__ import annotations

from dataclasses import replace

from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.artifactory.project_choice import Listing, ProjectChoice
from artifactory_conformance.catalog import CatalogAccount
from artifactory_conformance.evidence import Answer
from artifactory_conformance.plugin.offer import offer_of
from artifactory_conformance.plugin.run import RunState
from artifactory_conformance.sites import Site
from artifactory_conformance.targets import Connections
from artifactory_conformance.verdicts import Level


def account_at_catalog(state: RunState, connections: Connections) -> CatalogAccount | None:
    """Give the organization's own access to the catalog behind the site; None where the run has no credentials."""
    target, account = state.target, state.target.catalog_account
    if account is None or not offer_of(state.settings, state.can).catalog_credentials:
        return None
    ours = target.catalog is not None
    address = target.catalog.own_address if target.catalog is not None else target.site.catalog_address
    url = f"{address}/{target.site.organization or account.user}/pypi"
    customer = connections.to_catalog(url, account.user, account.password, ours=ours)
    return CatalogAccount(customer, connections.to_catalog(url, ours=ours))


def choice_of_project(state: RunState, connections: Connections) -> ProjectChoice:
    """Give who chooses a project at an instance whose site somebody else has set up. Nothing is asked for yet."""
    settings, target = state.settings, state.target
    assert target.user is not None, "gated: needs a user"
    user, key, base = target.user, target.site.remote, target.base
    pulls = settings.level.allows(Level.PULL)
    short = replace(connections, limits=replace(connections.limits, body_bytes=connections.limits.root_bytes))

    def reader() -> Identity:
        return Identity(connections.to_target(base, user, Level.OBSERVE))

    def remote(through: Connections) -> tuple[Identity, RemoteRepository]:
        session = through.to_target(base, user, Level.PULL)
        return Identity(session), RemoteRepository(key, session)

    def page(project: str) -> Answer:
        identity, repository = remote(connections)
        return identity.get_page(repository, project)

    def root() -> Answer:
        identity, repository = remote(short)
        return identity.get_root(repository)

    lists = [Listing(f"the index of all projects of {key}", root)]
    directly = account_at_catalog(state, connections)
    if (account := account_at_catalog(state, short)) is not None:
        lists.append(Listing("the catalog's own index of all projects", account.get_root))
    return ProjectChoice(
        key,
        settings.packages,
        cached=lambda: reader().storage(f"{key}-cache").cached_projects(),
        page=page if pulls else None,
        lists=lists,
        at_catalog=directly.get_page if directly is not None else None,
    )


def projects_of(state: RunState) -> ProjectChoice:
    """Give the choice of this process, the same each time."""
    if state.projects is None:
        state.projects = choice_of_project(state, state.connections)
    return state.projects


def internal_projects(site: Site, user: Identity) -> list[str]:
    """Give the internal projects that are known of the site; none where there is no local repository."""
    if site.internal_package or not site.local:
        return [site.internal_package] if site.internal_package else []
    return user.storage(site.local).projects()
