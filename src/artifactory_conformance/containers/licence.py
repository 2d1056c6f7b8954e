"""Installing a licence over REST (admin 1.4). Its text is a secret, and no message has it."""

from __future__ import annotations

import json

from artifactory_conformance.artifactory import System, SystemVersion
from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.evidence import RecordedSession

EXISTS = "License already exists."

OF_NO_USE = "cannot install license"
"""What a free edition answers (admin 1.4), whatever the text."""


class LicenceRefused(Exception):
    """The instance does not take the licence, or lacks a valid one. The message is one line and says what to do."""


def install(session: RecordedSession, licence: str = "") -> SystemVersion:
    """Install a licence, if there is one, on an instance that has none, and give the version that it then tells.

    session: an administrator's, at level mutate. Raises LicenceRefused, ArtifactoryRefused or TargetUnreachable.
    """
    found = System(session).detect()
    if licence and not found.serves_pypi:
        answer = session.request("POST", "api/system/licenses", json={"licenseKey": licence})
        told = _message(answer.body) or message_of(answer)
        if answer.status != 200 and EXISTS not in told:
            said = f"the licence was refused: {told.replace(licence, '***')}"
            if OF_NO_USE in told.lower():
                raise LicenceRefused(f"{said}; a free edition takes none: start an image of Pro, or give no licence")
            raise LicenceRefused(f"{said}; take one for this edition, as JFrog sent it")
        found = System(session).detect()
    _refuse_without(session)
    if licence and not found.serves_pypi:
        raise LicenceRefused("the licence was taken, and no add-on came with it: it is of a free edition")
    return found


def _refuse_without(session: RecordedSession) -> None:
    if told := System(session).lack_of_licence():
        raise LicenceRefused(
            f"the Artifactory says {told!r}: give a licence that is valid today by ARTIFACTORY_LICENSE, "
            "or its file by --artifactory-license"
        )


def _message(body: bytes) -> str:
    """The text beside the licence's key; keys are licences and never told."""
    try:
        return "; ".join(str(text) for text in json.loads(body)["messages"].values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
