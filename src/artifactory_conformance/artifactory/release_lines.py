"""The release lines of Artifactory 7, as far as they are known: for information, never for a verdict.

Dates are the first days on JFrog's Helm chart (5.1); JFrog supports a line for 18 months, so the
end is inferred. The ranges of CVE-2026-42018 are a third party's notes (admin 2.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from packaging.version import InvalidVersion, Version

from artifactory_conformance.artifactory.version_order import is_before

GUIDES_LINE = "7.84"
"""The line that the guide was tested with."""

SUPPORTED_MONTHS = 18

FIRST_SEEN: Mapping[str, date] = {
    "7.84": date(2024, 5, 13),
    "7.90": date(2024, 7, 30),
    "7.98": date(2024, 10, 30),
    "7.104": date(2025, 1, 30),
    "7.111": date(2025, 4, 24),
    "7.117": date(2025, 8, 5),
    "7.125": date(2025, 10, 30),
    "7.133": date(2026, 1, 26),
    "7.146": date(2026, 4, 17),
    "7.161": date(2026, 7, 28),
}

AFFECTED: tuple[tuple[str, str], ...] = (
    ("0", "7.111.20"),
    ("7.117.0", "7.117.27"),
    ("7.125.0", "7.125.19"),
    ("7.133.0", "7.133.28"),
    ("7.146.0", "7.146.8"),
)
"""From the first version on, below the second."""


@dataclass(frozen=True)
class LineState:
    """What is known of the line that a version belongs to. published_cve: None where the version does not tell."""

    line: str
    support: str
    published_cve: bool | None

    def as_data(self) -> dict[str, str]:
        """Give it in words, for a report."""
        return {"line": self.line, "support": self.support, "published CVE": _CVE[self.published_cve]}


_CVE = {
    True: "in the range published for CVE-2026-42018",
    False: "in no range that is known",
    None: "not to be told from this version",
}


def line_of(version: str) -> str:
    """Give the line of a version, like `7.84` of 7.84.17; the text itself if it is no version."""
    try:
        release = Version(version).release
    except InvalidVersion:
        return version
    return ".".join(str(part) for part in (*release, 0)[:2])


def state_of(version: str, today: date) -> LineState:
    """Give what is known of a version's line on a day."""
    line = line_of(version)
    return LineState(line, _support(line, today), _is_affected(version))


def is_supported(line: str, today: date) -> bool | None:
    """Tell whether JFrog supports a line on a day, as far as can be inferred; None for a line that is not known."""
    end = _end(line)
    return None if end is None else (today.year, today.month) <= end


def _end(line: str) -> tuple[int, int] | None:
    """The year and month in which the support of a line ends."""
    first = FIRST_SEEN.get(line)
    if first is None:
        return None
    months = first.year * 12 + first.month - 1 + SUPPORTED_MONTHS
    return months // 12, months % 12 + 1


def _support(line: str, today: date) -> str:
    end = _end(line)
    if end is None:
        return "not known to this version of the suite"
    how = "ends" if is_supported(line, today) else "ended"
    return f"{how} about {end[0]}-{end[1]:02d} (inferred)"


def _is_affected(version: str) -> bool | None:
    answers = {_is_within(version, first, fixed) for first, fixed in AFFECTED}
    return True if True in answers else None if None in answers else False


def _is_within(version: str, first: str, fixed: str) -> bool | None:
    too_old, old_enough = is_before(version, first), is_before(version, fixed)
    if too_old or old_enough is False:
        return False
    return None if too_old is None or old_enough is None else True
