"""What the catalog was asked, read at the catalog: the other end of the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Request:
    """One request that the catalog received, refused ones included."""

    method: str
    path: str
    status: int
    user: str
    credentials: str
    query: str
    headers: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status} (credentials: {self.credentials})"


class Journal:
    """The requests of one organization, in the order in which they came."""

    def __init__(self, read: Callable[[], dict[str, Any]], clear: Callable[[], None]) -> None:
        self._read = read
        self._clear = clear

    def requests(self) -> list[Request]:
        """Give all requests since the organization was made or the journal was cleared."""
        return [
            Request(
                method=entry["method"],
                path=entry["path"],
                status=entry["status"],
                user=entry.get("user") or "",
                credentials=entry.get("credentials", "none"),
                query=entry.get("query", ""),
                headers=entry.get("headers", {}),
            )
            for entry in self._read()["requests"]
        ]

    def pages(self, project: str) -> list[Request]:
        """Give the GETs of a project's page that were answered with it."""
        ending = f"/simple/{canonicalize_name(project)}/"
        return [r for r in self.requests() if r.method == "GET" and r.path.endswith(ending) and r.status in {200, 304}]

    def asked_for_page(self, project: str) -> list[Request]:
        """Give all requests for a project's page, whatever the method and the answer."""
        return [r for r in self.requests() if r.path.rstrip("/").endswith(f"/simple/{canonicalize_name(project)}")]

    def asked_for_file(self, filename: str) -> list[Request]:
        """Give all requests for a file, whatever the method and the answer."""
        return [r for r in self.requests() if r.path.endswith(f"/{filename}")]

    def downloads(self, filename: str) -> list[Request]:
        """Give the GETs of a file that were answered with it."""
        return [
            r
            for r in self.requests()
            if r.method == "GET" and r.path.endswith(f"/{filename}") and r.status in {200, 206}
        ]

    def clear(self) -> None:
        """Forget everything so far."""
        self._clear()
