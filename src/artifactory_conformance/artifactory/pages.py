"""Project pages as clients read them, HTML or JSON: links are followed, never constructed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from platform import python_version
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from mousebender.simple import from_project_details_html
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import sys_tags
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)

from artifactory_conformance.artifactory.errors import PageUnavailable
from artifactory_conformance.evidence import Answer


@dataclass(frozen=True)
class Link:
    """One file that a page lists, its URL resolved against the page's final address."""

    filename: str
    url: str
    sha256: str | None
    requires_python: str | None
    href: str
    yanked: bool | str = False
    metadata: Mapping[str, str] | None = None
    """Hashes of the metadata that is promised beside the file (PEP 658), or none of them; None: nothing is promised."""
    size: int | None = None
    upload_time: str | None = None

    @property
    def suits_this_python(self) -> bool:
        """Whether it is a wheel that the interpreter of this process can install, as far as the page tells."""
        try:
            _, _, _, tags = parse_wheel_filename(self.filename)
            wanted = SpecifierSet(self.requires_python or "")
        except (InvalidWheelFilename, InvalidSpecifier):
            return False
        return not tags.isdisjoint(sys_tags()) and wanted.contains(python_version(), prereleases=True)


@dataclass(frozen=True)
class ProjectPage:
    """A project page that was served and could be read."""

    project: str
    url: str
    links: tuple[Link, ...]

    def link_to(self, filename: str) -> Link:
        """Give the link to a file by its name. Raises PageUnavailable if the page does not list it."""
        for link in self.links:
            if link.filename == filename:
                return link
        listed = ", ".join(sorted(self.filenames())) or "nothing"
        raise PageUnavailable(f"{self.url} does not list {filename}; it lists {listed}")

    def filenames(self) -> frozenset[str]:
        """Give the names of all files that are listed."""
        return frozenset(link.filename for link in self.links)


def read_page(project: str, answer: Answer) -> ProjectPage:
    """Read an answer as the HTML page of a project.

    Raises PageUnavailable if the status is not 200, the type is not HTML, or the text is no simple page.
    """
    if answer.status != 200:
        raise PageUnavailable(f"no page of {project}: {answer}")
    if answer.media_type not in {"text/html", "application/vnd.pypi.simple.v1+html"}:
        raise PageUnavailable(f"the page of {project} is not HTML: {answer}")
    try:
        details = from_project_details_html(answer.text, canonicalize_name(project))
        return ProjectPage(project, answer.url, tuple(_link(answer.url, file) for file in details["files"]))
    except Exception as error:  # the parser has no base class of its own for malformed pages
        raise PageUnavailable(f"the page of {project} cannot be read ({error}): {answer}") from error


JSON_PAGE = "application/vnd.pypi.simple.v1+json"


def read_json_page(project: str, answer: Answer) -> ProjectPage:
    """Read an answer as the JSON page of a project (PEP 691).

    Raises PageUnavailable if the status is not 200, the type is not that of such a page, or what it holds is none.
    """
    if answer.status != 200 or answer.media_type != JSON_PAGE:
        raise PageUnavailable(f"no JSON page of {project}: {answer}")
    try:
        found = json.loads(answer.body)
        major, _, _ = str(found["meta"]["api-version"]).partition(".")
        links = tuple(_link(answer.url, file) for file in found["files"])
    except (ValueError, RecursionError, TypeError, LookupError, AttributeError) as error:
        raise PageUnavailable(f"the JSON page of {project} cannot be read ({error!r}): {answer}") from error
    if major != "1" or canonicalize_name(str(found.get("name"))) != canonicalize_name(project):
        raise PageUnavailable(f"not version 1, or not the page of {project}: {answer}")
    return ProjectPage(project, answer.url, links)


def read_either_page(project: str, answer: Answer) -> ProjectPage:
    """Read an answer as the page of a project in the form in which it came. Raises PageUnavailable."""
    return (read_json_page if answer.media_type == JSON_PAGE else read_page)(project, answer)


def _link(page_url: str, file: Mapping[str, Any]) -> Link:
    url, _ = urldefrag(urljoin(page_url, file["url"]))
    return Link(
        filename=unquote(urlsplit(url).path.rpartition("/")[2]),
        url=url,
        sha256=file["hashes"].get("sha256"),
        requires_python=file.get("requires-python"),
        href=file["url"],
        yanked=file.get("yanked", False),
        metadata=_promised(file.get("core-metadata", file.get("dist-info-metadata", False))),
        size=file.get("size"),
        upload_time=file.get("upload-time"),
    )


def _promised(said: bool | Mapping[str, str]) -> Mapping[str, str] | None:
    if isinstance(said, bool):
        return {} if said else None
    return said


def links_of(project: str, answer: Answer) -> tuple[Link, ...]:
    """Give the links of an answer; none if it is no page of a project."""
    try:
        return read_page(project, answer).links
    except PageUnavailable:
        return ()


def project_of(path: str) -> str:
    """Give the normalized project that a stored file is a distribution of; empty if it is none."""
    filename = path.rpartition("/")[2]
    try:
        return parse_wheel_filename(filename)[0] if filename.endswith(".whl") else parse_sdist_filename(filename)[0]
    except (InvalidWheelFilename, InvalidSdistFilename):
        return ""
