"""Which files of an index are compared with what is said of them: some of each page, from all over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from packaging.utils import canonicalize_name

from artifactory_conformance.artifactory.errors import PageUnavailable
from artifactory_conformance.artifactory.file_choice import guess, sizes_told
from artifactory_conformance.artifactory.identity import Identity, Indexed
from artifactory_conformance.artifactory.pages import Link, ProjectPage
from artifactory_conformance.artifactory.root_page import projects_listed
from artifactory_conformance.evidence import TargetUnreachable
from artifactory_conformance.limits import LIMITS, Limits


@dataclass(frozen=True)
class Sample:
    """Files that are compared. pages: those that they are from, whatever else is listed there."""

    links: tuple[Link, ...]
    pages: tuple[ProjectPage, ...]

    def __str__(self) -> str:
        listed = sum(len(page.links) for page in self.pages)
        return f"{len(self.links)} of {listed} files compared, of {', '.join(page.project for page in self.pages)}"


def sample_of(identity: Identity, pages: Sequence[ProjectPage], limits: Limits = LIMITS) -> Sample:
    """Take files of pages in turn, of each from all over it, as many and as large as the limits allow.

    A file's size is what the page in JSON or a HEAD tells of it, which may fill a cache. Where even the first is too
    large, none is taken.
    """
    told = {page.url: sizes_told(identity, page) for page in pages}
    chosen: list[Link] = []
    left = limits.compared_bytes
    for page, link in islice(_in_turn(pages), 2 * limits.compared_files):
        size = told[page.url].get(link.filename) or _size(identity, link)
        if len(chosen) < limits.compared_files and size <= min(left, limits.body_bytes):
            chosen.append(link)
            left -= size
    return Sample(tuple(chosen), tuple(pages))


def _in_turn(pages: Sequence[ProjectPage]) -> Iterator[tuple[ProjectPage, Link]]:
    waiting = [(page, iter(from_all_over(page.links))) for page in pages]
    while waiting:
        for each in list(waiting):
            page, links = each
            if (link := next(links, None)) is None:
                waiting.remove(each)
            else:
                yield page, link


def from_all_over(links: Sequence[Link]) -> list[Link]:
    """Give links in an order of which every beginning is spread over all of them: by their numbers, bits reversed."""
    width = max(1, (len(links) - 1).bit_length())
    return [links[number] for number in sorted(range(len(links)), key=lambda n: int(f"{n:0{width}b}"[::-1], 2))]


def _size(identity: Identity, link: Link) -> int:
    try:
        answer = identity.session.request("HEAD", link.url, follow=True)
    except TargetUnreachable:
        return guess(link)
    length = answer.headers.get("Content-Length", "")
    return int(length) if answer.status == 200 and length.isdecimal() else guess(link)


def other_pages(identity: Identity, index: Indexed, project: str, most: int) -> Iterator[ProjectPage]:
    """Give the pages of some other projects, from all over the list that an index may have of them.

    A page that does not come, or lists nothing, is passed over: whether it has to come is no question of this.
    """
    for name in _others(identity, index, project, most):
        try:
            page = identity.page(index, name)
        except (PageUnavailable, TargetUnreachable):
            continue
        if page.links:
            yield page


def _others(identity: Identity, index: Indexed, project: str, most: int) -> Sequence[str]:
    try:
        answer = identity.get_root(index)
    except TargetUnreachable:
        return []
    names = [name for name in projects_listed(answer) if name != canonicalize_name(project)]
    step = max(1, len(names) // max(1, most))
    return names[::step][:most]
