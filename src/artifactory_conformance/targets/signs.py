"""By what a target is known to be there, and to be the one that it was."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from packaging.utils import canonicalize_name

from artifactory_conformance.artifactory import PageUnavailable, System, SystemVersion
from artifactory_conformance.artifactory.handles import PlainIndex
from artifactory_conformance.artifactory.identity import Identity
from artifactory_conformance.artifactory.pages import project_of, read_page
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.targets.refusal import in_words

_WHAT_TO_LOOK_AT = "look at --index-url and at the project that is asked for"

MODEL_HEADER = "X-Reference-Model"
"""By this a reference model says that it is one, and which profile it plays, wherever it is met."""


class NotRecognized(Exception):
    """Something answers, and it is not what the target has to be. The message is the rest of a sentence about it."""


@dataclass(frozen=True)
class Signs:
    """What one answer tells. node: who gave it; of an index, what its page lists. version: of an Artifactory."""

    node: str
    version: SystemVersion | None
    model: str


def of_artifactory(session: RecordedSession) -> Signs:
    """Ask an Artifactory for its version. Raises ArtifactoryRefused or TargetUnreachable."""
    answer = session.request("GET", "api/system/version")
    found = System.read_version(answer)
    return Signs(answer.headers.get("X-Artifactory-Id", ""), found, answer.headers.get(MODEL_HEADER, ""))


def of_index(session: RecordedSession, project: str) -> Signs:
    """Ask an index for the page of a project, known by a file of it: another index lists something else.

    Files of other projects beside it are an index's fault, and no sign of another one. Raises NotRecognized or
    TargetUnreachable.
    """
    answer = Identity(session).get_page(PlainIndex(session.base), project)
    if answer.status == 401 or answer.status >= 500:
        raise NotRecognized(in_words(answer, session.credentials))
    try:
        links = read_page(project, answer).links
    except PageUnavailable as error:
        raise NotRecognized(f"is no simple index that has {project} ({_WHAT_TO_LOOK_AT}): {error}") from error
    if not any(_is_of(project, link.filename) for link in links):
        others = f", but {', '.join(link.filename for link in links[:3])}" if links else ""
        raise NotRecognized(f"lists no file of {project}{others} ({_WHAT_TO_LOOK_AT}): {answer}")
    listed = sorted(f"{link.filename} {link.sha256}" for link in links)
    digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()
    return Signs(f"page of {project}, {digest[:12]}", None, answer.headers.get(MODEL_HEADER, ""))


def _is_of(project: str, filename: str) -> bool:
    """Tell whether a file is a distribution of a project; of a kind without rules for its name the beginning tells."""
    name, wanted = filename.strip(), canonicalize_name(project)
    return project_of(name) == wanted or (not project_of(name) and canonicalize_name(name).startswith(f"{wanted}-"))
