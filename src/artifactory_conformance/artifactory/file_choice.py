"""Which of the files of a page a check takes: small ones, for a file of a real catalog can have gigabytes.

No file is asked for its size: a HEAD would fill the cache (F-05). What tells is the page in JSON and what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from artifactory_conformance.artifactory.errors import PageUnavailable
from artifactory_conformance.artifactory.handles import RemoteRepository
from artifactory_conformance.artifactory.identity import Identity
from artifactory_conformance.artifactory.pages import JSON_PAGE, Link, ProjectPage, read_either_page
from artifactory_conformance.limits import LIMITS

PURE_WHEEL, OTHER_WHEEL, OTHER_FILE = 1_000_000, 20_000_000, 100_000_000
"""Bytes that a file is taken to have if nothing tells: a pure wheel has no libraries, an sdist may have anything."""

MODERATE = OTHER_WHEEL
"""Bytes up to which a stored file is preferred to a cold one, which may be smaller."""


def small_first(links: Iterable[Link], sizes: Mapping[str, int]) -> tuple[Link, ...]:
    """Give links in an order of their own: those of files that are small, or probably small, first.

    sizes: bytes by file name, as far as they are known.
    """
    return tuple(sorted(links, key=lambda link: (sizes.get(link.filename, guess(link)), link.filename)))


def guess(link: Link) -> int:
    """Give the bytes that a file is taken to have."""
    if link.filename.endswith("-none-any.whl"):
        return PURE_WHEEL
    return OTHER_WHEEL if link.filename.endswith(".whl") else OTHER_FILE


def sizes_told(identity: Identity, page: ProjectPage) -> dict[str, int]:
    """Ask for a page that was served once more, in JSON, and give the sizes that this tells (PEP 700), by file name.

    None where there is no such page, as on most instances (J-01).
    """
    answer = identity.get(page.url, Accept=f"{JSON_PAGE}, text/html;q=0.1")
    try:
        links = read_either_page(page.project, answer).links
    except PageUnavailable:
        return {}
    return {link.filename: link.size for link in links if isinstance(link.size, int)}


def cold_files(
    identity: Identity, remote: RemoteRepository, projects: Iterable[str], longest: int = LIMITS.body_bytes
) -> Iterator[tuple[Link, ...]]:
    """Give for each project the files that nobody has cached, small ones first; a page is asked for in its turn.

    longest: bytes; what is known to have more could not be read, and is left out. Raises ArtifactoryRefused if the
    cache is not shown, PageUnavailable if a page does not come.
    """
    stored = remote.cache.sizes()
    for project in projects:
        page = identity.page(remote, project)
        sizes = sizes_told(identity, page)
        cold = (link for link in page.links if link.filename not in stored)
        yield small_first((link for link in cold if sizes.get(link.filename, 0) <= longest), sizes)


def twins(cold: Sequence[Link], claim: Callable[[str], bool]) -> tuple[Link, Link] | None:
    """Give a file that somebody may be refused, and a small one to compare with; None if there are not two to be had.

    cold: files of one page that nobody has cached, small ones first. A refused file stays cold, but the refusal may be
    remembered longer than a run takes (P-07). So it is none of those with which the next run begins: the largest of the
    smaller half.
    """
    half = (len(cold) + 1) // 2
    refused = next((link for link in (*reversed(cold[:half]), *cold[half:]) if claim(link.filename)), None)
    other = next((link for link in cold if claim(link.filename)), None)
    return (refused, other) if refused and other else None


def take(
    page: ProjectPage,
    stored: Mapping[str, int],
    told: Mapping[str, int],
    claim: Callable[[str], bool],
    most: int = 1,
) -> tuple[Link, ...]:
    """Give some files of a page for a check that needs no cold ones: small ones, those first that are stored already.

    What nobody has cached stays so, for those who need it. Where nothing is stored, or only what is large, that comes
    first which the check gets when it claims it by its name, and last what others have. stored, told: bytes by file
    name. most: how many are given; fewer where the page lists fewer.
    """
    ordered = small_first(page.links, {**told, **stored})

    at_hand = [link for link in ordered if stored.get(link.filename, MODERATE + 1) <= MODERATE]

    def in_order() -> Iterator[Link]:
        yield from at_hand
        others = []
        for link in ordered:
            if link in at_hand:
                continue
            if claim(link.filename):
                yield link
            else:
                others.append(link)
        yield from others

    return tuple(islice(in_order(), most))
