"""E4, the canary protocol: what the answers to three kinds of names, in one session, say together."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from artifactory_conformance.artifactory.errors import PageUnavailable
from artifactory_conformance.artifactory.pages import read_page
from artifactory_conformance.evidence import Answer
from artifactory_conformance.isolation.ladder import Finding, Rung, Sight

REFUSALS = (403, 404)
"""How a name that nobody has is refused: the catalog says either (U16); anything else may refuse for another reason."""


def unheard_of(kind: str = "unknown") -> str:
    """Make up a project name that no index has and no cache has met."""
    return f"{kind}-{uuid4().hex}"


def answers_to_names(cold: Answer, unknown: Answer, canaries: Mapping[str, Answer], index_url: str) -> Sight:
    """Judge one round of the protocol.

    cold: something of the catalog that nobody had cached: it shows that what is unknown would be fetched. unknown: the
    page of a name that nobody has. canaries: the pages of names that only the public index has. index_url: where the
    pages were asked for; an answer from elsewhere is one of another index.
    """

    foreign = _served(canaries, unknown, index_url)
    if foreign:
        return Sight(Rung.CANARIES, Finding.FOREIGN, foreign)
    without_control = _without_control(cold, unknown)
    if without_control or not canaries:
        return Sight(Rung.CANARIES, Finding.UNCLEAR, without_control or "no canary was asked for")
    return _compared(unknown, canaries)


def _served(canaries: Mapping[str, Answer], unknown: Answer, index_url: str) -> str:
    for name, answer in canaries.items():
        if files := _files(name, answer):
            return f"{name} is served: {', '.join(files[:3])}: {answer}"
        if not answer.url.startswith(index_url):
            return f"the request for {name} was led to {answer.url}"
        if answer.status == 200 and unknown.status in REFUSALS:  # its links may have been left out of it
            return f"{name} has a page, though without files: {answer}"
    return ""


def _without_control(cold: Answer, unknown: Answer) -> str:
    if cold.status != 200 or not cold.body:
        return f"catalog content that nobody has cached does not come: {cold}"
    if unknown.status not in REFUSALS:
        return f"a name that nobody has is not refused as such: {unknown}"
    return ""


def _compared(unknown: Answer, canaries: Mapping[str, Answer]) -> Sight:
    for name, answer in canaries.items():
        if answer.status != unknown.status:
            seen = f"{name} is refused with {answer.status}, a name that nobody has with {unknown.status}"
            return Sight(Rung.CANARIES, Finding.UNCLEAR, seen)
    seen = f"{', '.join(canaries)}: {unknown.status}, as for a name that nobody has"
    return Sight(Rung.CANARIES, Finding.CLEAN, seen)


def _files(name: str, answer: Answer) -> list[str]:
    try:
        return sorted(read_page(name, answer).filenames())
    except PageUnavailable:
        return []
