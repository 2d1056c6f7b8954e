"""A user's netrc as far as clients go by it: which hosts it has an entry for, who may read it; never a password."""

import netrc
import os
from dataclasses import dataclass
from pathlib import Path

NAMES = (".netrc", "_netrc")
"""In this order pip's own code looks for it in the home folder, on every system."""


@dataclass(frozen=True)
class NetrcFile:
    """One netrc. hosts: names of its machine entries. has_default: an entry for every host. mode: permission bits."""

    path: Path
    mode: int
    hosts: tuple[str, ...] = ()
    has_default: bool = False

    @staticmethod
    def of(home: str, named: str = "") -> "NetrcFile | None":
        """Read the one that clients take: the one that NETRC names, else of the home; None where there is none.

        One that cannot be read or parsed serves nobody and has no hosts.
        """
        places = [Path(named)] if named else [Path(home, name) for name in NAMES]
        # Path.is_file would raise where a folder keeps its reader out.
        path = next((place for place in places if os.path.isfile(place)), None)
        if path is None:
            return None
        try:
            hosts = netrc.netrc(str(path)).hosts
        except (netrc.NetrcParseError, OSError, UnicodeDecodeError):
            hosts = {}
        names = tuple(name for name in hosts if name != "default")
        return NetrcFile(path, path.stat().st_mode & 0o777, names, has_default="default" in hosts)

    @property
    def hosts_with_port(self) -> tuple[str, ...]:
        """Names that no client ever looks for: they look for the bare host (client C3)."""
        return tuple(name for name in self.hosts if name.count(":") == 1)  # more of them are an address of IPv6

    def serves(self, host: str) -> bool:
        """Whether a client finds credentials for a host."""
        return self.has_default or host in self.hosts
