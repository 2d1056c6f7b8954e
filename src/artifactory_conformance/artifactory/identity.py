"""Somebody who installs packages, as raw HTTP: project pages and files through a repository's PyPI address."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from packaging.utils import canonicalize_name

from artifactory_conformance.artifactory.errors import NotListed, PageUnavailable
from artifactory_conformance.artifactory.handles import PlainIndex
from artifactory_conformance.artifactory.pages import Link, ProjectPage, links_of, read_page
from artifactory_conformance.artifactory.repositories import Repositories
from artifactory_conformance.artifactory.storage import Storage
from artifactory_conformance.distributions import Distribution
from artifactory_conformance.evidence import Answer, Credentials, RecordedSession

ACCEPT = "text/html, application/vnd.pypi.simple.v1+html;q=0.9, */*;q=0.1"


class Keyed(Protocol):
    """A repository, whatever its class."""

    @property
    def key(self) -> str:
        """Its key."""


Indexed: TypeAlias = Keyed | PlainIndex
"""What has project pages: a repository, or an index that is known by its URL alone."""


class Identity:
    """A user (or nobody) at the PyPI side of the instance."""

    def __init__(self, session: RecordedSession) -> None:
        self._session = session

    def __repr__(self) -> str:
        return f"Identity({self.name})"

    @property
    def session(self) -> RecordedSession:
        """The session that it acts by."""
        return self._session

    @property
    def name(self) -> str:
        """The user name; `anonymous` without one."""
        return self._session.credentials.name

    @property
    def password(self) -> str:
        """The password or token, for a client's own configuration; never for a command line."""
        return self._session.credentials.password

    def storage(self, key: str) -> Storage:
        """Give what is stored under a key (`<remote>-cache`, a local), as this identity sees it."""
        return Storage(self._session, key)

    def listed(self, key: str) -> dict[str, Any]:
        """Give what the list of repositories tells this identity of one: key, type, packageType, url, description.

        Raises NotListed if it is not shown.
        """
        shown = Repositories(self._session).listed()
        for entry in shown:
            if entry["key"] == key:
                return entry
        raise NotListed(f"{key} is not among the {len(shown)} repositories that {self.name} is shown")

    def index_url(self, repository: Indexed) -> str:
        """Give the index address, without credentials; of a repository in the guide's form (U-01)."""
        if isinstance(repository, PlainIndex):
            return repository.url
        return f"{self._session.base}/api/pypi/{repository.key}/simple"

    def index_address(self, repository: Keyed) -> str:
        """Give the index address by which another server reaches it."""
        return f"{self._session.address}/api/pypi/{repository.key}/simple"

    def home_url(self, repository: Indexed) -> str:
        """Give the address below which lies all that an index leads to.

        A repository's files lie beside its `/simple` (U-06); of another index only the host is known.
        """
        if isinstance(repository, PlainIndex):
            return urljoin(repository.url, "/")
        return self.index_url(repository).removesuffix("simple")

    def index_url_with_password(self, repository: Indexed) -> str:
        """Give the index address with user and password, percent-encoded; without them for who has none."""
        parts = urlsplit(self.index_url(repository))
        if self._session.credentials == Credentials():
            return parts.geturl()
        user, password = quote(self.name, safe=""), quote(self.password, safe="")
        return urlunsplit(parts._replace(netloc=f"{user}:{password}@{parts.netloc}"))

    def upload_url(self, repository: Keyed) -> str:
        """Give the address that clients upload to: the index's without /simple (U-15), without credentials."""
        return f"{self._session.base}/api/pypi/{repository.key}/"

    def netrc_entry(self, *, with_port: bool = False, as_default: bool = False) -> str:
        """Give a netrc's entry for the instance: for the bare host, as the guide says, or in one of the wrong forms.

        For an IPv6 address it gives two: pip looks for it without brackets, uv with them.
        """
        parts = urlsplit(self._session.base)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        spellings = [f"{host}:{port}"] if with_port else [host, f"[{host}]"] if ":" in host else [host]
        machines = ["default"] if as_default else [f"machine {spelling}" for spelling in spellings]
        return "".join(f"{machine}\nlogin {self.name}\npassword {self.password}\n" for machine in machines)

    def get(self, path: str, **headers: str) -> Answer:
        """GET a path below the instance's base, redirects not followed. Header names with `_` for `-`."""
        return self._session.request("GET", path, headers=_named(headers))

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer leads; itself, if it does not redirect."""
        if "Location" not in answer.headers:
            return answer
        return self._session.request("GET", urljoin(answer.url, answer.headers["Location"]), follow=True)

    def head(self, path: str, **headers: str) -> Answer:
        """HEAD a path or URL, redirects not followed. Header names with `_` for `-`."""
        return self._session.request("HEAD", path, headers=_named(headers))

    def get_page(self, repository: Indexed, project: str) -> Answer:
        """Ask for a project's page as pip does, redirects followed; whatever the answer is."""
        return self._session.request(
            "GET", self._page_url(repository, project), headers={"Accept": ACCEPT}, follow=True
        )

    def get_root(self, repository: Indexed) -> Answer:
        """Ask for the list of all projects, redirects not followed; whatever the answer is (U5: it may be refused)."""
        return self.get(f"{self.index_url(repository)}/", Accept="text/html")

    def head_page(self, repository: Indexed, project: str) -> Answer:
        """Ask whether there is a project's page (HEAD), redirects followed; whatever the answer is."""
        return self._session.request(
            "HEAD", self._page_url(repository, project), headers={"Accept": ACCEPT}, follow=True
        )

    def page(self, repository: Indexed, project: str) -> ProjectPage:
        """Ask for a project's page and read it. Raises PageUnavailable if that is not what came."""
        return read_page(project, self.get_page(repository, project))

    def links(self, repository: Indexed, project: str) -> tuple[Link, ...]:
        """Give the links of a project's page; none where no page is served. For values that are only observed."""
        return links_of(project, self.get_page(repository, project))

    def fetch(self, link: Link, **headers: str) -> Answer:
        """Download what a link names, redirects followed; whatever the answer is."""
        return self._session.request("GET", link.url, headers=_named(headers), follow=True)

    def fetch_without_accept(self, link: Link) -> Answer:
        """Download what a link names without saying which types are wanted (M-09)."""
        return self._session.request("GET", link.url, headers={"Accept": None}, follow=True)

    def fetch_metadata(self, link: Link) -> Answer:
        """Download the metadata beside a file, at the address that PEP 658 gives it; whatever the answer is."""
        return self._session.request("GET", f"{link.url}.metadata", follow=True)

    def fetch_ok(self, link: Link) -> Answer:
        """Download what a link names. Raises PageUnavailable if it does not come."""
        answer = self.fetch(link)
        if answer.status != 200 or not answer.body:
            raise PageUnavailable(f"{link.filename} was not served: {answer}")
        return answer

    def _page_url(self, repository: Indexed, project: str) -> str:
        return f"{self.index_url(repository)}/{canonicalize_name(project)}/"

    def upload(self, repository: Keyed, distribution: Distribution, *, action: str = "file_upload") -> Answer:
        """Upload a distribution as twine does: one POST to the repository's address, without /simple (U-15).

        The form names project and version of the distribution. action: what the form asks for.
        """
        return self.upload_to(f"api/pypi/{repository.key}/", distribution, action=action)

    def upload_to(self, path: str, distribution: Distribution, *, action: str = "file_upload", **more: str) -> Answer:
        """Send the form of an upload to an address below the instance's base. more: further fields of the form."""
        wheel = distribution.filename.endswith(".whl")
        form = {
            ":action": action,
            "protocol_version": "1",
            "metadata_version": "2.1",
            "name": distribution.project,
            "version": distribution.version,
            "filetype": "bdist_wheel" if wheel else "sdist",
            "pyversion": "py3" if wheel else "source",
            **more,
        }
        files = {"content": (distribution.filename, distribution.content, "application/octet-stream")}
        return self._session.request("POST", path, data=form, files=files)

    def put(self, key: str, path: str, content: bytes) -> Answer:
        """Deploy a file by hand: PUT to its storage path in a repository (T-08)."""
        return self._session.request("PUT", f"{key}/{path}", data=content)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
