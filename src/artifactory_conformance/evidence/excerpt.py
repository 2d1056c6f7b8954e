"""What evidence keeps of an exchange: all that a verdict may rest on, no secret, and no more of a body than is read."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

from artifactory_conformance.evidence.answers import Answer, is_text
from artifactory_conformance.evidence.record import Exchange, Party
from artifactory_conformance.evidence.redaction import cut, without_secret_headers

BODY_EXCERPT = 2048
"""Characters of a textual body that evidence keeps."""

SETTINGS_EXCERPT = 16_384
"""The same of what an instance answers about its own configuration: cut, nobody could read it as data."""

_SETTINGS = re.compile(r"/api/(?:repositories|security|v2/security)/[^?#]")


def exchange_of(
    party: Party,
    method: str,
    url: str,
    headers: Mapping[str, str | None],
    identity: str,
    started: float,
    *,
    answer: Answer | None = None,
    error: str = "",
) -> Exchange:
    """Give what is kept of a request and what came of it. started: by the monotonic clock, in seconds."""
    length = SETTINGS_EXCERPT if method == "GET" and _SETTINGS.search(url) else BODY_EXCERPT
    textual = answer is not None and is_text(answer.headers)
    return Exchange(
        party=party,
        method=method,
        url=url,
        identity=identity,
        request_headers=without_secret_headers((name, value) for name, value in headers.items() if value is not None),
        status=answer.status if answer else None,
        response_headers=without_secret_headers(answer.headers.items()) if answer else {},
        body=cut(answer.text, length) if answer and textual else "",
        body_bytes=len(answer.body) if answer else 0,
        error=error,
        seconds=round(time.monotonic() - started, 4),
    )
