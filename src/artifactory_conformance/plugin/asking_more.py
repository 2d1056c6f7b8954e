"""What a diagnosis needs beside verdicts, asked for with what a run has; these exchanges are no evidence of a check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.catalog import CatalogUnavailable, Organization
from artifactory_conformance.evidence import Credentials, Recorder, TargetUnreachable
from artifactory_conformance.plugin.asking_for import account_at_catalog, choice_of_project, internal_projects
from artifactory_conformance.plugin.run import RunState
from artifactory_conformance.probing import View, gather
from artifactory_conformance.settings import TargetKind
from artifactory_conformance.targets import Connections, Target
from artifactory_conformance.verdicts import Level, OutcomeKind

FINDINGS = frozenset({OutcomeKind.CLAIM_FAILED, OutcomeKind.CONTROL_FAILED, OutcomeKind.BROKE, OutcomeKind.TIMED_OUT})
"""Ends of a check that have a cause."""


def probes_of(state: RunState) -> dict[str, Any]:
    """Gather facts at the level and with the accounts of a run; nothing at an index, which is known by its URL alone.

    Where several processes share a target, the first that asks is the only one.
    """
    shared = state.settings.target is not TargetKind.EMBEDDED and state.process != "main"
    if state.settings.target is TargetKind.INDEX or (shared and not state.claims.claim("probes")):
        return {}
    aside = replace(state.connections, recorder=Recorder(), opened=[])
    try:
        found = gather(_view(state, aside))
    finally:
        aside.close()
    return dict(state.redactor.data(found))


def _view(state: RunState, connections: Connections) -> View:
    target = state.target
    level = min(state.settings.level, Level.PULL, key=list(Level).index)
    given = target.catalog_account
    public = target.public_index if target.public_index is not target.catalog else None
    controlled = target.catalog is not None and bool(target.site.organization)
    return View(
        level=level,
        base=target.base,
        site=replace(target.site, internal_package=_internal_project(target, level, connections)),
        user=connections.to_target(target.base, target.user, level) if target.user else None,
        administrator=connections.to_target(target.base, target.administrator, level) if target.administrator else None,
        nobody=connections.to_target(target.base, Credentials(), level),
        catalog=account_at_catalog(state, connections),
        organization=_organization(state) if controlled else None,
        public_addresses=(public.address,) if public is not None else (),
        project=_project(state, connections),
        catalog_password=given.password if given is not None else "",
    )


def _project(state: RunState, connections: Connections) -> str:
    """Give a project that the catalog has; empty where none is known to the account that installs."""
    if state.target.site.package or state.target.user is None:
        return state.target.site.package
    return _or_nothing(lambda: choice_of_project(state, connections).project())


def _internal_project(target: Target, level: Level, connections: Connections) -> str:
    """Give a project of the company's own; empty where none is known, or nobody would be asked for it."""
    if target.user is None or not level.allows(Level.PULL):
        return target.site.internal_package
    user = Identity(connections.to_target(target.base, target.user, Level.OBSERVE))
    return _or_nothing(lambda: internal_projects(target.site, user)[0])


def _or_nothing(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except Exception:  # whatever an instance answers: what is not known is one fact less, and no end of the run
        return ""


def _organization(state: RunState) -> Organization | None:
    """Give the organization behind the site at a catalog that the suite controls; None if it does not answer."""
    assert state.target.catalog is not None
    try:
        return Organization(state.target.catalog, known=state.target.site.organization)
    except (CatalogUnavailable, TargetUnreachable):
        return None
