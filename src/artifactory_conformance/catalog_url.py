"""A catalog's URL as the guide has it, and where ActiveState's is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from artifactory_conformance.guide import PRINTED_EXAMPLE

ACTIVESTATE = "https://repository.activestate.com"
"""The catalog's declared address (REMOTE-03)."""

ACTIVESTATE_ADDRESSES = (ACTIVESTATE, "https://repo.activestate.com")
"""The declared one and the second one that is in public use (U2)."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class CatalogUrl:
    """A URL of the guide's form `<address>/<organization>/pypi`, taken apart. A final slash makes no difference.

    address: scheme, host and port; a user name or password in it is only marked. path: the rest, without outer slashes.
    """

    address: str
    path: str

    def __str__(self) -> str:
        return f"{self.address}/{self.path}"

    @staticmethod
    def read(text: str) -> CatalogUrl:
        """Take a URL apart, whatever its form."""
        parts = urlsplit(text)
        _, at, host = parts.netloc.rpartition("@")
        return CatalogUrl(f"{parts.scheme}://{'***@' if at else ''}{host.lower()}", parts.path.strip("/"))

    @property
    def organization(self) -> str:
        """What stands where the organization id belongs."""
        return self.path.partition("/")[0]

    @property
    def ending(self) -> str:
        """What follows the organization id."""
        return self.path.partition("/")[2]

    @property
    def names_an_organization(self) -> bool:
        """Tell whether the organization id is a UUID, and not the one that the guide prints."""
        return bool(_UUID.fullmatch(self.organization)) and self.organization.lower() != PRINTED_EXAMPLE

    @property
    def ends_in_simple(self) -> bool:
        """Tell whether the last part is `simple`, which Artifactory appends itself (R-04)."""
        return self.path.rpartition("/")[2] == "simple"
