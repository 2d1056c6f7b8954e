"""E1 to E3: what the pages of catalog projects look like, judged without asking anybody else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename
from packaging.version import Version

from artifactory_conformance.artifactory.pages import Link
from artifactory_conformance.isolation.ladder import Finding, Rung, Sight

MOST_VERSIONS = 3
"""Versions that a project of the catalog may list: nearly all have one, some two (U10). A setting raises it."""

_PUBLIC_LINK = re.compile(r"(^|/)packages/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{60}/[^/]+$")
_PUBLIC_PATH = re.compile(r"^[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{60}/[^/]+$")


def breadth_of(project: str, links: Iterable[Link], most: int = MOST_VERSIONS) -> Sight:
    """E1: judge how many versions a project of the catalog lists. most: so many may be the catalog's."""
    versions = sorted({version for link in links if (version := _version_of(link.filename))})  # 1 and 1.0 are one
    seen = f"{project} lists {len(versions)} versions"
    if not versions:
        return Sight(Rung.BREADTH, Finding.UNCLEAR, seen)
    if len(versions) > most:
        return Sight(Rung.BREADTH, Finding.FOREIGN, f"{seen}, more than {most}: {', '.join(map(str, versions))}")
    return Sight(Rung.BREADTH, Finding.CLEAN, seen)


def _version_of(filename: str) -> Version | None:
    try:
        return parse_wheel_filename(filename)[1] if filename.endswith(".whl") else parse_sdist_filename(filename)[1]
    except (InvalidWheelFilename, InvalidSdistFilename):
        return None


def parity(project: str, links: Iterable[Link], direct: Collection[tuple[str, str]]) -> Sight:
    """E2: judge a project's files against the catalog's own answer. direct: file name and sha256 of what it offers.

    A file that is missing is no foreign content, so it is none of this rung.
    """
    listed = {(link.filename, link.sha256 or "") for link in links}
    if not direct or not listed:
        return Sight(Rung.PARITY, Finding.UNCLEAR, f"{project}: {len(direct)} files there, {len(listed)} here")
    if more := sorted(name for name, _ in listed - set(direct)):
        return Sight(Rung.PARITY, Finding.FOREIGN, f"{project}: not as the catalog has them: {', '.join(more)}")
    return Sight(Rung.PARITY, Finding.CLEAN, f"{project}: all {len(listed)} files are the catalog's")


def layout_of_links(project: str, links: Iterable[Link]) -> Sight:
    """E3: judge the paths that a page of the catalog links to: the public index has a layout of its own (S49)."""
    paths = [urlsplit(link.href).path for link in links]
    return _layout(f"the page of {project}", paths, _PUBLIC_LINK)


def layout_of_cache(key: str, paths: Iterable[str]) -> Sight:
    """E3: judge the paths at which a remote's cache holds files: the upstream's, without `packages/` (U-11)."""
    return _layout(key, [path for path in paths if not path.startswith(".pypi/")], _PUBLIC_PATH)


def _layout(where: str, paths: Collection[str], public: re.Pattern[str]) -> Sight:
    if not paths:
        return Sight(Rung.LAYOUT, Finding.UNCLEAR, f"{where} has no file")
    if foreign := sorted(path for path in paths if public.search(path)):
        return Sight(Rung.LAYOUT, Finding.FOREIGN, f"{where} has the public index's layout: {', '.join(foreign[:3])}")
    return Sight(Rung.LAYOUT, Finding.CLEAN, f"{where}: none of {len(paths)} paths has the public index's layout")
