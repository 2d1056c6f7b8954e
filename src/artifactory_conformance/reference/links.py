"""Links of project pages: read from a catalog's page and rewritten to the model's own paths (R-10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
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

    Of a remote that is the catalog's URL minus `URL/` (R-10), of a local the storage path. `metadata` is the hash of
    the PEP 658 file, `true` if there is one of unknown hash, else empty; `gpg_sig` is None where nothing is said.
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
    metadata: str = ""
    gpg_sig: bool | None = None

    @property
    def href(self) -> str:
        """Two levels up from the project page, never absolute (U-06)."""
        prefix = "../../packages/" if self.prefixed else "../../"
        fragment = next((f"#{name}={value}" for name, value in self.hashes.items()), "")
        return prefix + self.path + (f"?{self.query}" if self.query else "") + fragment


def storage_path(path: str) -> str:
    """Where a remote stores what it fetched at `path`: the prefix `packages/` is stripped (U-11, R-10)."""
    return path.removeprefix("packages/")


def links_of_catalog_page(text: str, page_url: str, remote: Repository, switches: SwitchSet) -> list[FileLink]:
    """The links of a catalog's project page as a remote shows them. Raises MalformedPage."""
    found = []
    try:
        for entry in _files(text):
            path = upstream_path(urljoin(page_url, entry["url"]), remote, switches)
            if path is not None:
                found.append(_link(path, entry, switches))
    except (ValueError, KeyError, TypeError, AssertionError, simple.UnsupportedAPIVersion) as error:
        raise MalformedPage(str(error)) from error
    if not found and switches.on("empty_page", "404"):
        raise MalformedPage("no link")
    return found


def _files(text: str) -> Sequence[Mapping[str, Any]]:
    """The files of a page. It can be JSON if the client's Accept was passed on (M-18)."""
    if text.lstrip().startswith("{"):
        details = simple.parse_project_details(text, simple.ACCEPT_JSON_V1, "project")
        if "meta" not in details:  # the parser lets it pass; an error in JSON is no page (PEP 691)
            raise KeyError("meta")
        return list(details["files"])
    return list(simple.from_project_details_html(text, "project")["files"])


def _link(path: str, entry: Mapping[str, Any], switches: SwitchSet) -> FileLink:
    def kept(switch: str, name: str, default: Any) -> Any:
        return entry.get(name, default) if switches.on(switch, "kept") else default

    serves = switches.on("core_metadata", "served")
    return FileLink(
        filename=unquote(path.rpartition("/")[2]),
        path=path,
        prefixed=switches.on("remote_href", "doubled"),
        query=urlsplit(entry["url"]).query if switches.on("link_query", "kept") else "",
        hashes=entry["hashes"],
        requires_python=kept("remote_requires_python", "requires-python", ""),
        yanked=kept("remote_yanked", "yanked", False),
        upload_time=entry.get("upload-time", ""),
        size=entry.get("size"),
        metadata=_metadata(entry.get("core-metadata", entry.get("dist-info-metadata"))) if serves else "",
        gpg_sig=kept("remote_gpg_sig", "gpg-sig", None),
    )


def _metadata(told: Any) -> str:
    if isinstance(told, Mapping):
        return next((f"{name}={value}" for name, value in told.items()), "true")
    return "true" if told else ""


def upstream_path(link: str, remote: Repository, switches: SwitchSet) -> str | None:
    """`link` minus the remote's `URL/` (R-10), or None if the page leaves it out.

    A link outside URL on the same host fails at the download, if the page shows it (R-05, R-07).
    """
    parts, base = urlsplit(link), urlsplit(without_credentials(remote.url))
    name = parts.path.rpartition("/")[2]
    if not name or parts.scheme not in ("http", "https"):
        return None
    if (parts.scheme, parts.netloc.rpartition("@")[2]) == (base.scheme, base.netloc):
        if parts.path.startswith(base.path + "/"):
            return parts.path[len(base.path) + 1 :]
        if _is_storage_of_registry(remote) and switches.on("artifactory_upstream", "by_registry"):
            registry = urlsplit(remote.text("pyPIRegistryUrl")).path.rstrip("/")
            if parts.path.startswith(registry + "/"):
                inside = parts.path[len(registry) + 1 :]
                return inside.removeprefix("packages/") if inside.startswith("packages/packages/") else inside
        return None if switches.on("outside_links", "dropped") else parts.path.lstrip("/")
    return None if switches.on("foreign_links", "dropped") else parts.path.lstrip("/")


def _is_storage_of_registry(remote: Repository) -> bool:
    """Whether Registry URL is the index address of another Artifactory's repository, and URL its storage (R-06)."""
    registry = remote.text("pyPIRegistryUrl").rstrip("/")
    return "/api/pypi/" in registry and remote.url == registry.replace("/api/pypi/", "/", 1)


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
