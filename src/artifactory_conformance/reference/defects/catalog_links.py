"""Links of the catalog's pages that are read or passed on wrongly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from artifactory_conformance.reference import links
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.switches import SwitchSet

_ABSOLUTE = ("http://", "https://")
_MULTI_LINE = re.compile(r"<a\s[^>]*\n")


@dataclass(frozen=True)
class PassedOn(FileLink):
    """A link that clients get as the catalog has it: its path is a URL."""

    @property
    def href(self) -> str:
        """The URL itself, with the hash."""
        return self.path + next((f"#{name}={value}" for name, value in self.hashes.items()), "")


def _passed_on(link: FileLink, url: str) -> PassedOn:
    known = {one.name: getattr(link, one.name) for one in fields(link)}
    return PassedOn(**{**known, "path": url})


@fault("B-05", "R-12")
def multi_line_anchors_are_not_understood(hold: Hold) -> None:
    """A page of the catalog with an anchor that goes over several lines is none."""

    def line_by_line(files: Method) -> Method:
        def changed(text: str) -> object:
            if _MULTI_LINE.search(text):
                raise ValueError("an anchor does not end")
            return files(text)

        return changed

    hold.replace(links, "_files", line_by_line)


@fault("U-06", "row 9", "R-10", "B-06", "T13")
def absolute_links_are_passed_on(hold: Hold) -> None:
    """Links that are absolute in the catalog's page lead clients past the instance."""

    def passing(link_of: Method) -> Method:
        def changed(path: str, entry: Mapping[str, Any], switches: SwitchSet) -> FileLink:
            link: FileLink = link_of(path, entry, switches)
            return _passed_on(link, entry["url"]) if entry["url"].startswith(_ABSOLUTE) else link

        return changed

    hold.replace(links, "_link", passing)


@fault("R-08", "B-47", "T13", "U-06", "row 9", "VIRTUAL-03")
def links_to_other_hosts_are_passed_on(hold: Hold) -> None:
    """Links of the catalog's page to another host lead clients there."""

    def letting_through(path_of: Method) -> Method:
        def changed(link: str, remote: Repository, switches: SwitchSet) -> str | None:
            path: str | None = path_of(link, remote, switches)
            is_foreign = urlsplit(link).netloc != urlsplit(remote.url).netloc
            return link if path is None and is_foreign and link.startswith(_ABSOLUTE) else path

        return changed

    def passing(link_of: Method) -> Method:
        def changed(path: str, entry: Mapping[str, Any], switches: SwitchSet) -> FileLink:
            link: FileLink = link_of(path, entry, switches)
            return _passed_on(link, path) if path.startswith(_ABSOLUTE) else link

        return changed

    hold.replace(links, "upstream_path", letting_through)
    hold.replace(links, "_link", passing)
