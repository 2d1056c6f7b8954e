"""The two ways an index spreads its paths: the catalog's and the public index's."""

import enum
import re
from urllib.parse import quote

_PYPI_FILE = re.compile(r"/packages/([0-9a-f]{2})/([0-9a-f]{2})/([0-9a-f]{60})/([^/]+)")
_CATALOG_FILE = re.compile(r"/packages/([0-9a-f]{64})/([^/]+)")


class Layout(enum.Enum):
    """Where an organization and its files live."""

    CATALOG = "catalog"
    """Many organizations at `/<uuid>/pypi` (U1), files at `{sha256}/{filename}` (U7), relative links."""
    PYPI = "pypi"
    """One organization at the root, files at `/packages/<2>/<2>/<60>/`, absolute links, as pypi.org has them."""

    def __str__(self) -> str:
        """The word for the command line."""
        return self.value

    def base_path(self, organization: str) -> str:
        """What stands in front of `/simple/` in the paths of this organization."""
        return f"/{organization}/pypi" if self is Layout.CATALOG else ""

    def file_path(self, sha256: str, filename: str) -> str:
        """The path of a file below the base path, not percent-encoded."""
        if self is Layout.CATALOG:
            return f"/packages/{sha256}/{filename}"
        return f"/packages/{sha256[:2]}/{sha256[2:4]}/{sha256[4:]}/{filename}"

    def quoted_path(self, sha256: str, filename: str) -> str:
        """The same path as it stands in links."""
        return quote(self.file_path(sha256, filename))

    def link_prefix(self, origin: str) -> str:
        """What stands before that path in a project page: relative in the catalog, absolute at `origin` otherwise."""
        return "../.." if self is Layout.CATALOG else origin

    def file_of(self, path: str) -> tuple[str, str] | None:
        """SHA-256 and file name that a path below the base path asks for."""
        match = (_CATALOG_FILE if self is Layout.CATALOG else _PYPI_FILE).fullmatch(path)
        return ("".join(match.groups()[:-1]), match.groups()[-1]) if match else None
