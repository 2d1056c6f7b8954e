"""Credentials that nobody has told us about, recognized by where they stand or what they look like."""

from __future__ import annotations

import base64
import binascii
import re

MASK = "[redacted]"

_USER_AND_PASSWORD_IN_URL = re.compile(
    r"(?i)(?P<start>\b[a-z][a-z0-9+.-]*:(?:\\?/){2}[^\s/?#:@'\"<>\\]*):(?P<password>[^\s/?#'\"<>\\]+)@"
)
_THE_SAME_AS_A_PARAMETER = re.compile(
    r"(?i)(?P<start>%(?:25){0,3}3a(?:%(?:25){0,3}2f){2}(?:[a-z0-9._~+-]|%(?!(?:25){0,3}(?:2f|3a|40)))*)"
    r"(?P<colon>%(?:25){0,3}3a)(?:[a-z0-9._~+-]|%(?!(?:25){0,3}(?:2f|40)))+(?P<at>%(?:25){0,3}40)"
)
"""A whole URL with a password, percent-encoded as the value of a parameter."""
_AUTHORIZATION = re.compile(
    r"(?i)(?P<start>\bauthorization['\"]?\s{0,4}[:=]\s{0,4}['\"]?(?:(?:basic|bearer)\s{1,4})?)"
    r"(?P<value>(?!(?:basic|bearer)\b)[A-Za-z0-9+/=._~-]+)"
)
_BASIC = re.compile(r"(?i)(?P<start>\bbasic\s{1,4})(?P<value>[A-Za-z0-9+/_-]{3,}={0,2})")
_BEARER = re.compile(r"(?i)(?P<start>\bbearer\s{1,4})(?P<value>[A-Za-z0-9+/=._~-]{8,})")
_FIELD = re.compile(
    r"(?i)(?P<start>\"(?:password|passphrase|apiKey|(?:access_|refresh_|reference_)?token)\"\s{0,4}:\s{0,4}\")"
    r"(?:[^\"\\]|\\.)+"
)
"""Fields of JSON whose values are secrets: an instance shows a stored password encrypted, and takes it back so."""
_NETRC = re.compile(
    r"(?P<start>\bmachine\s{1,4}[^\s,;]{1,253}\s{1,4}login\s{1,4}[^\s,;]{1,253}\s{1,4}password\s{1,4})\S+"
)
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9_-])(?:eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"
    r"|(?:AKCp|cmVmd)[A-Za-z0-9_-]{20,})"
)
"""A signed token (RFC 7515: three parts, the first a JSON object in base64), and what published scanners of secrets
take for an API key or a reference token of an Artifactory by its beginning."""


def without_recognized(text: str) -> str:
    """Give the text without passwords in URLs and netrc lines, values of Basic and Bearer, and tokens."""
    text = _USER_AND_PASSWORD_IN_URL.sub(rf"\g<start>:{MASK}@", text)
    if "%" in text:
        text = _THE_SAME_AS_A_PARAMETER.sub(rf"\g<start>\g<colon>{MASK}\g<at>", text)
    text = _AUTHORIZATION.sub(rf"\g<start>{MASK}", text)
    text = _FIELD.sub(rf"\g<start>{MASK}", text)
    text = _NETRC.sub(rf"\g<start>{MASK}", text)
    text = _TOKEN.sub(MASK, text)
    return _BEARER.sub(_mask_token, _BASIC.sub(_mask_pair, text))


def _mask_pair(match: re.Match[str]) -> str:
    """Mask what follows `Basic` if it is a user with a password, and not the next word of a sentence."""
    value = match["value"].rstrip("=")
    try:
        pair = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_" if set(value) & set("-_") else None)
    except (ValueError, binascii.Error):
        pair = b""
    return f"{match['start']}{MASK}" if b":" in pair else match[0]


def _mask_token(match: re.Match[str]) -> str:
    """Mask what follows `Bearer` if it looks like a token, and not like the next word of a sentence."""
    value = match["value"]
    token = len(value) >= 24 or any(character.isdigit() for character in value)
    return f"{match['start']}{MASK}" if token else match[0]
