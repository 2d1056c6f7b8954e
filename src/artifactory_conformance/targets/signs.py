"""By what a target is known to be there, and to be the one that it was."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from artifactory_conformance.artifactory import PageUnavailable, System, SystemVersion
from artifactory_conformance.artifactory.handles import PlainIndex
from artifactory_conformance.artifactory.identity import Identity
from artifactory_conformance.artifactory.pages import read_page
from artifactory_conformance.evidence import RecordedSession

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
    """Ask an index for the page of a project: another index lists something else.

    Raises NotRecognized or TargetUnreachable.
    """
    answer = Identity(session).get_page(PlainIndex(session.base), project)
    try:
        listed = sorted(f"{link.filename} {link.sha256}" for link in read_page(project, answer).links)
    except PageUnavailable as error:
        raise NotRecognized(f"is no simple index that has {project}: {error}") from error
    if not listed:
        raise NotRecognized(f"lists no file of {project}: {answer}")
    digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()
    return Signs(f"page of {project}, {digest[:12]}", None, answer.headers.get(MODEL_HEADER, ""))
