"""Broken reading of the catalog's pages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from artifactory_conformance.reference import links
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repository
from artifactory_conformance.reference.store import Item


@fault("B-05", "R-12", "R-10")
def anchors_over_several_lines_not_read(hold: Hold) -> None:
    """A catalog's page whose anchors go over several lines cannot be read, and the project is 404."""

    def made(original: Method) -> Method:
        def files(text: str) -> Sequence[Any]:
            if re.search(r"<a\s*[\r\n]", text):
                raise ValueError("an anchor without an end")
            return original(text)  # type: ignore[no-any-return]

        return files

    hold.replace(links, "_files", made)


@fault("H-09")
def one_yanked_file_yanks_all(hold: Hold) -> None:
    """Where the catalog has yanked one file of a project, the page shows all as yanked."""

    def made(original: Method) -> Method:
        def links_of(index: RemoteIndex, page: Item, remote: Repository) -> list[FileLink]:
            found: list[FileLink] = original(index, page, remote)
            return [replace(link, yanked=True) for link in found] if b"data-yanked" in page.content else found

        return links_of

    hold.replace(RemoteIndex, "_links_of", made)
