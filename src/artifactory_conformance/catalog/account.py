"""The organization's own access to its catalog: the catalog asked directly, past the instance."""

from __future__ import annotations

from urllib.parse import urlsplit

from packaging.utils import canonicalize_name

from artifactory_conformance.evidence import Answer, RecordedSession

HTML = {"Accept": "text/html, application/vnd.pypi.simple.v1+html;q=0.9"}


class CatalogAccount:
    """What a catalog answers to its customer. The password goes into a header, never into a command line.

    customer: a session at the organization's repository URL with its credentials. nobody: the same without any.
    """

    def __init__(self, customer: RecordedSession, nobody: RecordedSession) -> None:
        self._customer = customer
        self._nobody = nobody

    def __repr__(self) -> str:
        return f"CatalogAccount({self.url})"

    @property
    def url(self) -> str:
        """The repository URL, as the suite reaches it."""
        return self._customer.base

    @property
    def path(self) -> str:
        """Its path: organization and `/pypi`."""
        return urlsplit(self.url).path

    @property
    def user(self) -> str:
        """The user name."""
        return self._customer.credentials.user

    def get_page(self, project: str) -> Answer:
        """Ask for a project's page with the credentials, redirects followed; whatever the answer is."""
        return self._customer.request("GET", _page(project), headers=HTML, follow=True)

    def get_root(self) -> Answer:
        """Ask for the list of all projects, redirects followed; whatever the answer is (U5: it may be refused)."""
        return self._customer.request("GET", "simple/", headers=HTML, follow=True)

    def get_page_without_password(self, project: str) -> Answer:
        """Ask for the same page without any credentials."""
        return self._nobody.request("GET", _page(project), headers=HTML, follow=True)

    def fetch(self, url: str) -> Answer:
        """Download what a page of the catalog links to; credentials stay with the catalog's own host."""
        return self._customer.request("GET", url, follow=True)


def _page(project: str) -> str:
    return f"simple/{canonicalize_name(project)}/"
