"""What can go wrong in talking to an Artifactory, with its own message."""

from __future__ import annotations

import json

from artifactory_conformance.evidence import Answer, BrokenOff


def message_of(answer: Answer) -> str:
    """Give Artifactory's own message: out of the error envelope (E-01), or the text as it is."""
    try:
        envelope = json.loads(answer.body)
    except (ValueError, RecursionError):
        return " ".join(answer.text.split())[:300]
    if isinstance(envelope, dict) and isinstance(errors := envelope.get("errors"), list):
        return "; ".join(str(error.get("message", "")) for error in errors if isinstance(error, dict))
    return " ".join(answer.text.split())[:300]


def in_short(answer: Answer | BrokenOff) -> str:
    """Give status and message of an answer, for values that are only observed."""
    if isinstance(answer, BrokenOff):
        return "it breaks off"
    return f"{answer.status}: {message_of(answer)}" if answer.status >= 400 else str(answer.status)


class ArtifactoryRefused(Exception):
    """Artifactory answered a REST call with something else than success."""

    def __init__(self, what: str, answer: Answer) -> None:
        self.answer = answer
        super().__init__(f"{what}: {answer.method} {answer.url} answered {answer.status}: {message_of(answer)}")


class PageUnavailable(Exception):
    """A project page was asked for and something else than a simple page came."""


class NotListed(Exception):
    """A repository is not in the list that an identity is shown."""


class NotSettled(Exception):
    """A condition did not come true in time. The message holds what was seen last."""


class NoSuchRepository(Exception):
    """There is no repository of this key, or the identity may not know of it."""
