"""The one redactor in front of every sink: takes known secrets out, in every encoding that they travel in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from artifactory_conformance.evidence.forms import SHORTEST, forms
from artifactory_conformance.evidence.organizations import Organizations
from artifactory_conformance.evidence.recognized import MASK, without_recognized

WELL_KNOWN = frozenset({"password"})
"""Default passwords that everybody knows and that are words of our own reports."""

SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-jfrog-art-api", "x-api-key"}
)
"""Headers whose values no evidence holds, in lower case."""

# Evidence says the same short things over and over: names of fields and headers, addresses, states. What was given for
# them is kept until another secret is known.
_SHORT = 200
_MOST_GIVEN = 10_000
_BREAKS = re.compile(r"[\s\"'<>,;]")


def cut(text: str, length: int) -> str:
    """Give the beginning of a text, at most `length` characters, never ending inside a word.

    Half a secret is one that the redactor does not know any more. A single word that is too long is left out.
    """
    if len(text) <= length:
        return text
    breaks = [match.start() for match in _BREAKS.finditer(text, 0, length + 1)]
    return text[: breaks[-1]] if breaks else ""


def without_secret_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give headers with the values masked of those that hold credentials or sessions."""
    return {name: MASK if name.lower() in SECRET_HEADERS else value for name, value in headers}


class Redactor:
    """Knows the run's secrets and takes them out of whatever is written or sent.

    A secret given later is known from then on; `secrets` may come from several sources. organizations: how ids of
    organizations are masked, which are no secrets.
    """

    def __init__(self, secrets: Iterable[str] = (), organizations: Organizations | None = None) -> None:
        self._organizations = organizations or Organizations()
        self._patterns: dict[str, list[re.Pattern[str]]] = {}
        self._longer: dict[str, list[re.Pattern[str]]] = {}
        self._known: set[str] = set()
        self._given: dict[str, str] = {}
        for secret in secrets:
            self.add(secret)

    def __repr__(self) -> str:
        return f"Redactor({len(self._known)} secrets)"

    def add(self, secret: str) -> None:
        """Make a secret known; one shorter than SHORTEST, or a well-known default, is left to masked headers."""
        if len(secret) < SHORTEST or secret in WELL_KNOWN or secret in self._known:
            return
        self._known.add(secret)
        first = next((known for known in self._patterns if secret.startswith(known)), None)
        patterns = [re.compile(form) for form in forms(secret)]
        if first is None:
            self._patterns[secret], self._longer[secret] = patterns, []
        else:
            self._longer[first] += patterns
        self._given = {}  # another one: a thread that has not looked for this secret puts its text into the old one

    def text(self, text: str) -> str:
        """Give the text without secrets, known or recognized, and with organizations' ids masked."""
        given = self._given
        if text in given:
            return given[text]
        redacted = self._organizations.masked(self.without_secrets(text))
        if len(text) <= _SHORT and len(given) < _MOST_GIVEN:
            given[text] = redacted
        return redacted

    def without_secrets(self, text: str) -> str:
        """Give the text without secrets, known or recognized: for what checks read, which need whole addresses."""
        text = MASK.join(self._without_known(part) for part in text.split(MASK))
        return without_recognized(text)

    def data(self, value: Any) -> Any:
        """Give the same structure of builtins with every text in it redacted, keys included.

        What is neither text, number, truth value nor None becomes the redacted text of itself.
        """
        if isinstance(value, str):
            return self.text(value)
        if value is None or isinstance(value, (bool, int, float)):
            return value
        if isinstance(value, dict):
            return {self.data(key): self.data(item) for key, item in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.data(item) for item in value]
        return self.text(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))

    def with_masked_organizations(self, text: str) -> str:
        """Give a text that holds no secret any more with organizations' ids masked."""
        return self._organizations.masked(text)

    def found_in(self, text: str) -> bool:
        """Tell whether a known secret occurs in the text, in any encoding."""
        return any(pattern.search(part) for part in text.split(MASK) for pattern in self._patterns_for(part))

    def _patterns_for(self, text: str) -> Iterator[re.Pattern[str]]:
        """Give the patterns worth trying: where a secret's beginning is not, in any form, the whole is not either.

        A run's throw-away passwords all begin with its canary, so that one look spares hundreds.
        """
        for first, patterns in self._patterns.items():
            if any(pattern.search(text) for pattern in patterns):
                yield from patterns
                yield from self._longer[first]

    def _without_known(self, text: str) -> str:
        """Mask all places at once, so that of two secrets which overlap nothing stays."""
        found = sorted(match.span() for pattern in self._patterns_for(text) for match in pattern.finditer(text))
        pieces, end = [], 0
        for start, stop in _merged(found):
            pieces += [text[end:start], MASK]
            end = stop
        return "".join([*pieces, text[end:]])


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, stop = -1, -1
    for first, last in spans:
        if first >= stop:
            if stop > start:
                yield start, stop
            start = first
        stop = max(stop, last)
    if stop > start:
        yield start, stop
