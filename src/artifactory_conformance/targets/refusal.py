"""Which kind of no an answer is, in words that say what to do."""

from __future__ import annotations

from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.evidence import Answer, Credentials


def in_words(answer: Answer, credentials: Credentials) -> str:
    """Say what the target did, as the rest of a sentence that begins with it."""
    if answer.status in {401, 403}:
        if credentials.name == "anonymous":
            return f"asks for credentials and none were given (set ARTIFACTORY_USER and ARTIFACTORY_PASS): {answer}"
        return f"refuses the credentials of {credentials.name}: {answer.status} {message_of(answer)}"
    if answer.status >= 500:
        return f"answers {answer.status}: {message_of(answer)}"
    return f"is no Artifactory: {answer}"
