"""Text of ours in a page of Markdown."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """Give a text so that Markdown shows it as it is: no tags, no emphasis, no new column of a table."""
    return re.sub(r"([<>*|\\])", r"\\\1", text)
