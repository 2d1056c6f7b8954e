"""What a run at an index takes of the settings: a URL, a project or a catalog of its own, and little else."""

from __future__ import annotations

from artifactory_conformance.settings.given import Given
from artifactory_conformance.settings.values import Settings
from artifactory_conformance.verdicts import Level

EMBEDDED_ONLY = (
    *("model_profile", "model_switch", "defect", "misconfiguration", "variation", "catalog_dir"),
    "standpoint",
)

LONGEST_PAGE_PERIOD = 60
"""Seconds that a check waits at most until an index asks its catalog for a page again."""

_OF_AN_ARTIFACTORY = ("artifactory_url", "virtual", "local", "admin_user", "admin_token")
_FLAGS_OF_AN_ARTIFACTORY = ("set_up_site", "exclusive", "this_machine")


def page_period(given: Given) -> int:
    """Give the seconds for which an index keeps a page; 0 if nobody says."""
    seconds = given.number("page_period") if given.text("page_period") else 0
    if seconds > LONGEST_PAGE_PERIOD:
        raise given["page_period"].refuse(f"no check waits for longer than {LONGEST_PAGE_PERIOD}; give less, or none")
    return seconds


def contradictions_of_index(given: Given, settings: Settings) -> None:
    """Refuse what cannot be meant of an index that is known by its URL alone. Raises MalformedSettings."""
    if not settings.index_url:
        raise given["target"].refuse("needs --index-url (or CONFORMANCE_INDEX_URL, or index_url in conformance.toml)")
    for name in EMBEDDED_ONLY:
        if given.text(name):
            raise given[name].refuse("is for the embedded target only")
    if settings.tls:
        raise given["tls"].refuse("is for the embedded target only; an index says by its URL how it is reached")
    for name in (*_OF_AN_ARTIFACTORY, *_FLAGS_OF_AN_ARTIFACTORY):
        if given.switch(name) if name in _FLAGS_OF_AN_ARTIFACTORY else given.text(name):
            raise given[name].refuse("is for an Artifactory; an index has its URL alone")
    if settings.packages:
        raise given["packages"].refuse("is for an Artifactory; a project of an index is named by --project")
    if settings.level is not Level.PULL:
        raise given["level"].refuse("an index is asked at level pull: its pages may fill a cache, and nothing is made")
    _contradictions_of_catalog(given, settings)


def _contradictions_of_catalog(given: Given, settings: Settings) -> None:
    if not settings.catalog_control:
        for name in ("organization", "page_period"):
            if given.text(name):
                raise given[name].refuse("is for a catalog that the suite controls: give --catalog-control, too")
        if not settings.project:
            raise given["target"].refuse("needs --project, or --catalog-control with --organization")
        return
    if settings.project:
        raise given["project"].refuse("contradicts --catalog-control, where the suite makes its own")
    if not settings.organization:
        raise given["catalog_control"].refuse("needs --organization, which the index stands in front of")
    if not settings.catalog_password:
        raise given["catalog_control"].refuse(
            "needs CATALOG_USER and CATALOG_PASS, what the index has for its catalog: they must never come out of it"
        )
