"""Which of an image's tags are releases, and which of these a nightly run judges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from artifactory_conformance.artifactory.release_lines import is_supported, line_of

NEWEST_LINES = 3
"""How many of the newest lines are judged, besides the oldest that is supported."""

_RELEASE = re.compile(r"7\.(?:0|[1-9][0-9]{0,5})\.(?:0|[1-9][0-9]{0,5})")
"""What a released Artifactory 7 is tagged by (admin 2.1): neither `latest`, nor 7.x-SNAPSHOT, nor with a suffix."""


def numbers_of(release: str) -> tuple[int, ...]:
    """Give the numbers of a release, by which releases are ordered."""
    return tuple(int(number) for number in release.split("."))


def releases_of(tags: Iterable[str]) -> list[str]:
    """Give the tags that are releases of Artifactory 7, the oldest first, each once."""
    return sorted({tag for tag in tags if _RELEASE.fullmatch(tag)}, key=numbers_of)


def to_judge(tags: Iterable[str], today: date) -> list[str]:
    """Give the newest patch of the three newest lines, and of the oldest that is supported on a day, oldest first."""
    newest = {line_of(release): release for release in releases_of(tags)}
    lines = list(newest)
    supported = [line for line in lines if is_supported(line, today)]
    wanted = {*lines[-NEWEST_LINES:], *supported[:1]}
    return [newest[line] for line in lines if line in wanted]
