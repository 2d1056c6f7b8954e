"""The fake catalog, with one organization, that a peer is put in front of."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import requests

from artifactory_conformance.targets.service import Service


@dataclass(frozen=True)
class Upstream:
    """An organization at the fake catalog. control: where that is driven. url: the organization's repository URL."""

    control: str
    url: str
    organization: str
    user: str
    password: str = field(repr=False)

    @property
    def index(self) -> str:
        """Its simple index."""
        return f"{self.url}/simple/"

    @property
    def index_with_password(self) -> str:
        """The same with user and password in it: for a file, a request's body or an environment, never a command."""
        parts = urlsplit(self.index)
        account = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return urlunsplit(parts._replace(netloc=f"{account}@{parts.netloc}"))


@contextmanager
def upstream_in(folder: Path) -> Iterator[Upstream]:
    """Have a fake catalog with one organization for a while."""
    service = Service("artifactory_conformance.upstream", cwd=folder)
    try:
        given = {"password": f"peers-{secrets.token_hex(12)}"}
        made = requests.post(f"{service.url}/_control/organizations", json=given, timeout=10)
        made.raise_for_status()
        told = made.json()
        url = service.url + told["base_path"].rstrip("/")
        yield Upstream(service.url, url, told["id"], told["user"], given["password"])
    finally:
        service.stop()
