"""Whatever a target has said, within one line of a page in Markdown."""

from __future__ import annotations

from typing import Any

from artifactory_conformance.coverage.markdown import plain

LONGEST = 300
"""Characters that are shown of one value."""


def in_line(value: Any) -> str:
    """Give something as words of one line of Markdown."""
    return plain(_short(value)).replace("`", "'").replace("[", "\\[")


def in_code(value: Any) -> str:
    """Give something as code of one line of Markdown."""
    return "`" + _short(value).replace("`", "'") + "`"


def _short(value: Any) -> str:
    text = " ".join(("" if value is None else str(value)).split())
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
