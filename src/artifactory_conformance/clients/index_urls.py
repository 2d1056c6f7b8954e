"""URLs of indexes, whatever somebody has typed: taken apart, and user and password only marked."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_URL = re.compile(r"^(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?P<rest>.*)$", re.DOTALL)
_ENDS_HOST = frozenset("@/?#[] ")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class IndexUrl:
    """A URL of an index, its user and password only marked.

    address: scheme, host and port as they were meant. well_formed: clients take them for the same (client C1).
    """

    address: str
    path: str
    has_password: bool
    well_formed: bool

    @staticmethod
    def read(text: str) -> "IndexUrl":
        """Take any text apart; what is no URL has an empty address."""
        match = _URL.match(text.strip())
        if match is None:
            return IndexUrl("", "", has_password=False, well_formed=False)
        authority, slash, path = match["rest"].partition("/")
        user_info, at, place = authority.rpartition("@")
        well_formed = not _ENDS_HOST & set(user_info)
        if ":" in authority and "@" in path:  # a password with a slash: what was meant as host comes after it
            well_formed = False
            user_info, at, place = match["rest"].rpartition("@")
            place, slash, path = place.partition("/")
        return IndexUrl(
            address=_address(match["scheme"].lower(), place),
            path=f"{slash}{path}".rstrip("/"),
            has_password=bool(at) and ":" in user_info,
            well_formed=well_formed,
        )

    def __str__(self) -> str:
        return f"{self.address}{self.path}"

    @property
    def host(self) -> str:
        """The host alone, as a netrc names it."""
        return urlsplit(self.address).hostname or ""


def _address(scheme: str, place: str) -> str:
    """Scheme, host and port; a port that goes without saying is left out."""
    try:
        parts = urlsplit(f"{scheme}{place}")
        host, port = parts.hostname or "", parts.port
    except ValueError:  # what stands where a port belongs may be a password whose host was forgotten
        host, colon, _ = place.lower().rpartition(":")
        return f"{scheme}{host}:…" if colon else f"{scheme}{place.lower()}"
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}{host}" if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{scheme}{host}:{port}"
