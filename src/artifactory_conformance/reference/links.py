"""Links of project pages: read from a catalog's page and rewritten to the model's own paths (R-10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from mousebender import simple
from packaging.utils import canonicalize_name

from artifactory_conformance.reference.outbound import without_credentials
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.switches import SwitchSet


class MalformedPage(Exception):
    """A page that the parser does not get through (R-12)."""


@dataclass(frozen=True)
class FileLink:
    """One line of a project page. `path` is percent-encoded and relative to the base that serves it.

    Of a remote that is the catalog's URL minus `URL/` (R-10), of a local the storage path.
    """

    filename: str
    path: str
    prefixed: bool
    query: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)
    requires_python: str = ""
    yanked: str | bool = False
    upload_time: str = ""
    size: int | None = None

    @property
    def href(self) -> str:
        """Two levels up from the project page, never absolute (U-06)."""
        prefix = "../../packages/" if self.prefixed else "../../"
        fragment = next((f"#{name}={value}" for name, value in self.hashes.items()), "")
        return prefix + self.path + (f"?{self.query}" if self.query else "") + fragment


def storage_path(path: str) -> str:
    """Where a remote stores what it fetched at `path`: the prefix `packages/` is stripped (U-11, R-10)."""
    return path.removeprefix("packages/")


def links_of_catalog_page(html: str, page_url: str, remote: Repository, switches: SwitchSet) -> list[FileLink]:
    """The links of a catalog's project page as a remote shows them. Raises MalformedPage."""
    found = []
    try:
        page = simple.from_project_details_html(html, "project")
        for entry in page["files"]:
            path = upstream_path(urljoin(page_url, entry["url"]), remote, switches)
            if path is not None:
                found.append(_link(path, entry, urlsplit(entry["url"]).query, switches))
    except (ValueError, AssertionError, simple.UnsupportedAPIVersion) as error:
        raise MalformedPage(str(error)) from error
    return found


def _link(path: str, entry: "simple.ProjectFileDetails_1_0", query: str, switches: SwitchSet) -> FileLink:
    keeps_python = switches.on("remote_requires_python", "kept")
    keeps_yanked = switches.on("remote_yanked", "kept")
    return FileLink(
        filename=unquote(path.rpartition("/")[2]),
        path=path,
        prefixed=True,
        query=query if switches.on("link_query", "kept") else "",
        hashes=entry["hashes"],
        requires_python=entry.get("requires-python", "") if keeps_python else "",
        yanked=entry.get("yanked", False) if keeps_yanked else False,
    )


def upstream_path(link: str, remote: Repository, switches: SwitchSet) -> str | None:
    """`link` minus the remote's `URL/` (R-10), or None if the page leaves it out.

    A link outside URL on the same host stays in the page and fails at the download (R-05, R-07).
    """
    parts, base = urlsplit(link), urlsplit(without_credentials(remote.url))
    name = parts.path.rpartition("/")[2]
    if not name or parts.scheme not in ("http", "https"):
        return None
    if (parts.scheme, parts.netloc.rpartition("@")[2]) == (base.scheme, base.netloc):
        inside = parts.path.startswith(base.path + "/")
        return parts.path[len(base.path) + 1 :] if inside else parts.path.lstrip("/")
    return None if switches.on("foreign_links", "dropped") else parts.path.lstrip("/")


def names_of_catalog_root(html: str) -> list[str]:
    """The normalised project names of a catalog's root page. Raises MalformedPage."""
    try:
        page = simple.from_project_index_html(html)
    except (ValueError, AssertionError, simple.UnsupportedAPIVersion) as error:
        raise MalformedPage(str(error)) from error
    return normalised(project["name"] for project in page["projects"])


def normalised(names: Iterable[str]) -> list[str]:
    """Names as PEP 503 has them, each once, sorted."""
    return sorted({str(canonicalize_name(name.strip())) for name in names if name.strip()})
