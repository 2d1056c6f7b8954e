"""Asks each question once, in turn; one that cannot be asked or is not answered says why, and the others go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from artifactory_conformance.artifactory import Repositories
from artifactory_conformance.catalog import CatalogAccount, Organization
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.evidence.redaction import cut
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.probing import account, administrator, upstream
from artifactory_conformance.sites import Site
from artifactory_conformance.verdicts import Level

_LONGEST_REASON = 200


@dataclass(frozen=True)
class View:
    """What a run can ask from.

    user, administrator, nobody: sessions at the run's level; None where there is no such account.
    catalog: the organization's own access to its catalog. organization: the same at a catalog that the suite controls.
    public_addresses: of indexes that are not the catalog's. project: one that the catalog has, if one is known.
    """

    level: Level
    base: str
    site: Site
    user: RecordedSession | None = None
    administrator: RecordedSession | None = None
    nobody: RecordedSession | None = None
    catalog: CatalogAccount | None = None
    organization: Organization | None = None
    public_addresses: tuple[str, ...] = ()
    project: str = ""
    catalog_password: str = field(default="", repr=False)

    @property
    def pulls(self) -> bool:
        """Whether what fills a cache may be asked for."""
        return self.level.allows(Level.PULL)

    def known(self) -> dict[str, Any]:
        """Give what the run was told of the site."""
        site = self.site
        return {
            "base": self.base,
            "remote": site.remote,
            "virtual": site.virtual,
            "local": site.local,
            "organization": site.organization,
            "catalog_addresses": list(site.catalog_addresses),
            "public_addresses": list(self.public_addresses),
        }


Question = tuple[str, str, Callable[[], Any]]
"""A fact's section and name, and what asks for it."""


def gather(view: View) -> dict[str, Any]:
    """Ask everything that the view allows, and give the answers as builtins. Never raises for what a target does.

    It ends after `LIMITS.probes` seconds: what was not asked then is absent.
    """
    facts: dict[str, Any] = {"known": view.known()}
    failed: dict[str, str] = {}
    end = time.monotonic() + LIMITS.probes
    for section, name, ask in _questions(view):
        if time.monotonic() > end:
            failed[f"{section}.{name}"] = "not asked: the time for all questions was over"
            continue
        try:
            answer = ask()
        except Exception as error:  # whatever a target answers, it is no reason for a run to end
            failed[f"{section}.{name}"] = cut(f"{type(error).__name__}: {error}", _LONGEST_REASON)
        else:
            if answer is not None:
                facts.setdefault(section, {})[name] = answer
    return {**facts, "failed": failed}


def _questions(view: View) -> Iterator[Question]:
    new = upstream.NewProject(view.organization) if view.pulls and view.organization is not None else None
    yield from (("administrator", *question) for question in _of_the_administrator(view))
    if view.user is not None:
        asked = account.questions(view.user, view.site, view.project, new, pulls=view.pulls)
        yield from (("account", *question) for question in asked)
    if view.nobody is not None and view.pulls and view.project:
        yield "nobody", "page", partial(account.page, view.nobody, view.site.remote, view.project)
    if new is not None:
        if (who := view.administrator) is not None:
            yield "administrator", "new_page", lambda: account.page(who, view.site.remote, new.another())
        yield "upstream", "asked_with", new.asked_with
    if view.catalog is not None:
        yield from (("catalog", *question) for question in upstream.questions(view.catalog, view.project))


def _of_the_administrator(view: View) -> Iterator[tuple[str, Callable[[], Any]]]:
    if view.administrator is None:
        return
    name = view.user.credentials.user if view.user else ""
    yield from administrator.questions(view.administrator, view.site, name, pulls=view.pulls)
    if view.catalog_password:
        yield "user_name_is_the_password", lambda: _is_swapped(view)


def _is_swapped(view: View) -> bool:
    assert view.administrator is not None
    stored = Repositories(view.administrator).configuration(view.site.remote) or {}
    return bool(stored.get("username") == view.catalog_password)
