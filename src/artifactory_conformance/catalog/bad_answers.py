"""What a catalog may answer instead of what is right, by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

from artifactory_conformance.catalog.faults import Fault

LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Log in</title></head><body><form><input name=user></form></body></html>"
"""What portals and proxies answer with 200 instead of what was asked for (M-09)."""

RETRY_AFTER = "7"
"""Seconds that a throttled client is told to wait."""


class BadAnswer(Enum):
    """Answers that a catalog may give instead of the right one."""

    STATUS_401 = "401"
    STATUS_403 = "403"
    STATUS_404 = "404"
    STATUS_429 = "429"
    STATUS_429_RETRY_AFTER = "429-retry-after"
    STATUS_500 = "500"
    STATUS_502 = "502"
    STATUS_503 = "503"
    STATUS_504 = "504"
    STATUS_505 = "505"
    RESET = "reset"
    TRUNCATED = "truncated"
    CUT_OFF_UNNOTICED = "cut-off-unnoticed"
    """The body ends early, and no length tells."""
    WRONG_BYTES = "wrong-bytes"
    LOGIN_PAGE = "login-page"

    def at(self, path: str, *, methods: tuple[str, ...] | None = None) -> Fault:
        """Give the fault for these requests."""
        return Fault(path, methods=methods, **_FIELDS[self])


_FIELDS: Mapping[BadAnswer, dict[str, Any]] = {
    **{each: {"status": int(each.value)} for each in BadAnswer if each.value.isdigit()},
    BadAnswer.STATUS_429_RETRY_AFTER: {"status": 429, "headers": {"Retry-After": RETRY_AFTER}},
    BadAnswer.RESET: {"reset": True},
    BadAnswer.TRUNCATED: {"truncate": 100},
    BadAnswer.CUT_OFF_UNNOTICED: {"truncate": 100, "http_1_0": True},
    BadAnswer.WRONG_BYTES: {"wrong_bytes": True},
    BadAnswer.LOGIN_PAGE: {"body": LOGIN_PAGE},
}

ERRORS = tuple(each for each in BadAnswer if each.name.startswith("STATUS_"))
"""Answers with an error status."""


class BadPage(Enum):
    """Texts that a catalog may give with 200 instead of a project's page (open 29)."""

    EMPTY = "empty"
    NO_LINKS = "no-links"
    LOGIN_PAGE = "login-page"
    PLAIN_TEXT = "plain-text"
    JSON_ERROR = "json-error"
    CONTROL_CHARACTERS = "control-characters"
    UTF_16 = "utf-16"
    NEW_MAJOR_VERSION = "new-major-version"
    """A version of the index that no client knows: it has to stop (PEP 629)."""

    def at(self, path: str) -> Fault:
        """Give the fault that has it served at this path."""
        return Fault(path, **_TEXTS[self])


ABSENT_FILE = "odd-9.0-py3-none-any.whl"
"""What some of these texts name, and no catalog has: whoever takes such a text for a page lists it."""

_ADDRESS = f"../../packages/9a/{ABSENT_FILE}#sha256={'9a' * 32}"
_PAGE = '<!DOCTYPE html><html><head><meta name="pypi:repository-version" content="{}"></head><body>{}</body></html>'
_TEXTS: Mapping[BadPage, dict[str, Any]] = {
    BadPage.EMPTY: {"body": ""},
    BadPage.NO_LINKS: {"body": _PAGE.format("1.0", "<h1>Links</h1>")},
    BadPage.LOGIN_PAGE: {"body": LOGIN_PAGE},
    BadPage.PLAIN_TEXT: {"body": f'{ABSENT_FILE}\na href="{_ADDRESS}"\n', "content_type": "text/plain"},
    BadPage.JSON_ERROR: {  # neither version nor name, which a page has to give (PEP 691)
        "body": json.dumps(
            {"error": "overloaded", "files": [{"filename": ABSENT_FILE, "url": _ADDRESS, "hashes": {}}]}
        ),
        "content_type": "application/json",
    },
    BadPage.CONTROL_CHARACTERS: {"body": f'\0\1\2<a\0href="{_ADDRESS}">{ABSENT_FILE}</\0>' * 50},  # no <a> to HTML
    BadPage.UTF_16: {"body": _PAGE.format("1.0", "<h1>Links</h1>"), "encoding": "utf-16"},
    BadPage.NEW_MAJOR_VERSION: {"body": _PAGE.format("9.0", f'<a href="{_ADDRESS}">{ABSENT_FILE}</a>')},
}
