"""Why somebody is turned away, as far as the answer's own words tell: a 403 has many causes (PERM-10)."""

from __future__ import annotations

import re
from enum import Enum

from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.evidence import Answer


class Cause(Enum):
    """What an answer names as its cause."""

    NONE = "not refused"
    DEPLOY_CACHE = "missing Deploy/Cache"  # P-04
    READ = "missing Read"  # P-05
    SUSPENDED = "log-in suspended for a while"  # P-11
    LOCKED = "user locked"  # P-13
    XRAY = "blocked by Xray"  # P-14
    CURATION = "blocked by Curation"  # P-14
    CATALOG = "refused by the catalog"  # M-03
    CREDENTIALS = "no credentials, or wrong ones"  # E-02
    UNNAMED = "not named"


_WORDS: tuple[tuple[Cause, re.Pattern[str]], ...] = (
    (Cause.XRAY, re.compile(r"\bxray\b", re.IGNORECASE)),
    (Cause.CURATION, re.compile(r"\bcuration\b", re.IGNORECASE)),
    (Cause.LOCKED, re.compile(r"\buser is locked\b|'[^']*' is locked\b", re.IGNORECASE)),
    (Cause.SUSPENDED, re.compile(r"blocked due to recurrent (login|request) failures", re.IGNORECASE)),
    (Cause.DEPLOY_CACHE, re.compile(r"not permitted to deploy\b", re.IGNORECASE)),
    (Cause.READ, re.compile(r"is forbidden for user\b", re.IGNORECASE)),
    (Cause.CATALOG, re.compile(r"remote response|failed retrieving resource from", re.IGNORECASE)),
)
"""Wordings of 6.x to 7.161; the first that is found names the cause. Blocks come first: they name users as well."""


def cause_of(answer: Answer) -> Cause:
    """Tell why an answer turns somebody away. A wording that is not known is `UNNAMED`, never guessed."""
    if answer.status < 400:
        return Cause.NONE
    message = message_of(answer)
    for cause, words in _WORDS:
        if words.search(message):
            return cause
    return Cause.CREDENTIALS if answer.status == 401 else Cause.UNNAMED
