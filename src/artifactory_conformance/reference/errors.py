"""Refusals and the JSON that Artifactory wraps them in (E-01, A19, D1)."""

import json
from collections.abc import Mapping
from typing import Any


class RequestRefused(Exception):
    """The model answers with an error.

    `status` is the HTTP status, `message` the text of the envelope, `headers` go beside it.
    """

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


class UpstreamRefusedIndex(RequestRefused):
    """The catalog failed with something other than 404 while an index page was fetched and nothing was cached."""


class MalformedRequest(RequestRefused):
    """The client sent something that cannot be read."""

    def __init__(self, message: str) -> None:
        super().__init__(400, message)


def pretty(value: Any, depth: int = 0) -> str:
    """JSON in the layout of the captures: objects over several lines, lists on one, blanks around the colon (E-01)."""
    if isinstance(value, Mapping):
        if not value:
            return "{ }"
        pad = "  " * (depth + 1)
        lines = [f"{pad}{json.dumps(str(name))} : {pretty(inner, depth + 1)}" for name, inner in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"
    if isinstance(value, list | tuple):
        return "[ " + ", ".join(pretty(inner, depth) for inner in value) + " ]" if value else "[ ]"
    return json.dumps(value, ensure_ascii=False)


def envelope(status: int, message: str) -> bytes:
    """The error body of every Artifactory answer (E-01); 74 bytes for `Not Found` (U-05)."""
    return pretty({"errors": [{"status": status, "message": message}]}).encode()


def access_envelope(status: int, message: str) -> bytes:
    """The error body of the Access service: a textual code instead of a status (admin 8)."""
    codes = {400: "BAD_REQUEST", 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND"}
    return pretty({"errors": [{"code": codes.get(status, str(status)), "message": message}]}).encode()
