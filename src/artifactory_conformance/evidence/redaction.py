"""The one redactor in front of every sink: takes known secrets out, in every encoding that they travel in."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "[redacted]"

SHORTEST = 6
"""Shorter secrets cannot be told from ordinary text; headers are masked whatever they hold."""

WELL_KNOWN = frozenset({"password"})
"""Default passwords that everybody knows and that are words of our own reports."""

_USER_AND_PASSWORD_IN_URL = re.compile(
    r"(?P<scheme>\b[a-z][a-z0-9+.-]*://)(?P<user>[^\s/:@'\"<>]*):(?P<password>[^\s/@'\"<>]+)@"
)
_AUTHORIZATION = re.compile(r"(?i)\b(?P<scheme>basic|bearer)(?P<gap>\s+)(?P<value>[A-Za-z0-9+/=._~-]{8,})")


def encodings(secret: str) -> frozenset[str]:
    """Give the forms in which a secret can occur in text: raw, percent-encoded, base64, JSON- and Python-escaped."""
    raw = secret.encode()
    forms = {
        secret,
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        repr(secret)[1:-1],
    }
    forms |= {form.replace("%", "%25") for form in forms if "%" in form}
    forms.add(raw.hex())
    for lead in range(3):  # inside a longer base64 text (`user:secret`) a secret stands at one of three alignments
        coded = base64.b64encode(b"\0" * lead + raw + b"\0" * (-(lead + len(raw)) % 3)).decode()
        first = -(-lead * 8 // 6)
        last = (lead + len(raw)) * 8 // 6
        forms.add(coded[first:last])
    return frozenset(form for form in forms if len(form) >= SHORTEST)


class Redactor:
    """Knows the run's secrets and takes them out of whatever is written or sent.

    A secret given later is known from then on; `secrets` may come from several sources.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: list[str] = []
        self._known: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def __repr__(self) -> str:
        return f"Redactor({len(self._known)} secrets)"

    def add(self, secret: str) -> None:
        """Make a secret known; one shorter than SHORTEST, or a well-known default, is left to the masking of headers."""
        if len(secret) < SHORTEST or secret in WELL_KNOWN or secret in self._known:
            return
        self._known.add(secret)
        self._forms = sorted(set(self._forms) | encodings(secret), key=len, reverse=True)

    def text(self, text: str) -> str:
        """Give the text without secrets, without passwords in URLs and without the values of Basic and Bearer."""
        for form in self._forms:
            text = text.replace(form, MASK)
        text = _USER_AND_PASSWORD_IN_URL.sub(rf"\g<scheme>\g<user>:{MASK}@", text)
        return _AUTHORIZATION.sub(rf"\g<scheme>\g<gap>{MASK}", text)

    def data(self, value: Any) -> Any:
        """Give the same structure of builtins with every text in it redacted, keys included."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.data(key): self.data(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.data(item) for item in value]
        return value

    def found_in(self, text: str) -> bool:
        """Tell whether a known secret occurs in the text, in any encoding."""
        return any(form in text for form in self._forms)
