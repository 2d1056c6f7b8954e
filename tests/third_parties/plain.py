"""The instance as plain HTTP sees it: the other way to look at what a client says that it did."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import requests

SECONDS = 10
"""How long one answer may take."""


@dataclass(frozen=True)
class Plain:
    """An instance, asked as one account. base: with the context, without a final slash."""

    base: str
    name: str
    password: str = field(repr=False)

    def ask(self, path: str, method: str = "GET", **options: Any) -> requests.Response:
        """Ask for a path below the context."""
        auth = (self.name, self.password)
        return requests.request(method, f"{self.base}/{path}", auth=auth, timeout=SECONDS, **options)

    def status(self, path: str) -> int:
        return self.ask(path).status_code

    def json(self, path: str) -> Any:
        """Give what the REST API says of something that is there."""
        answer = self.ask(f"api/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sha256(self, path: str) -> str:
        """Give the digest of the bytes that a path serves."""
        answer = self.ask(path)
        assert answer.status_code == 200, answer.text
        return hashlib.sha256(answer.content).hexdigest()

    def as_account(self, name: str, password: str) -> Plain:
        return Plain(self.base, name, password)
