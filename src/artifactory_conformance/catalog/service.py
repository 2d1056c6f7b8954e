"""A running fake catalog: where it is driven, and where the target reaches it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from artifactory_conformance.evidence import Answer, RecordedSession, TargetUnreachable


class CatalogUnavailable(Exception):
    """The fake catalog did not answer as its control interface promises."""


def second_address(address: str) -> str:
    """Give an address under another host name for the same host; empty if none is known."""
    parts = urlsplit(address)
    names = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}
    if parts.hostname not in names:
        return ""
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=names[parts.hostname] + port))


class CatalogService:
    """The control interface of one fake catalog.

    control: a session at its base. address: the URL under which the target reaches it.
    connect: makes a session at another base, for asking the catalog as its customer does.
    other_address: the same under another host name; left out where the address has a well-known second name.
    """

    def __init__(
        self,
        control: RecordedSession,
        address: str,
        connect: Callable[[str, str, str], RecordedSession],
        other_address: str = "",
    ) -> None:
        self._control = control
        self.address = address.rstrip("/")
        self.connect = connect
        self.other_address = other_address.rstrip("/") or second_address(self.address)

    @property
    def own_address(self) -> str:
        """The URL under which the suite itself reaches it."""
        return self._control.base

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call the control interface and give the JSON of its answer (None if there is none).

        Raises CatalogUnavailable when it does not answer, or with anything but success.
        """
        sent: dict[str, Any] = {}
        if body is not None:
            sent = {"data": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}}
        try:
            answer: Answer = self._control.request(method, f"_control/{path}", **sent)
        except TargetUnreachable as error:
            raise CatalogUnavailable(f"the fake catalog does not answer: {error}") from error
        if answer.status not in {200, 201, 204}:
            raise CatalogUnavailable(f"the fake catalog refused: {answer}")
        try:
            return json.loads(answer.body) if answer.body else None
        except (ValueError, RecursionError):
            raise CatalogUnavailable(f"the fake catalog does not speak JSON: {answer}") from None

    @property
    def is_public(self) -> bool:
        """Whether it is laid out like the public index: one open organization, at the root."""
        return bool(self.call("GET", "health").get("layout") == "pypi")

    def check(self) -> None:
        """Raise CatalogUnavailable if this is no running fake catalog."""
        health = self.call("GET", "health")
        if not isinstance(health, dict) or health.get("program") != "artifactory_conformance.upstream":
            raise CatalogUnavailable(f"{self._control.base} is no fake catalog: it answers {health!r}")
