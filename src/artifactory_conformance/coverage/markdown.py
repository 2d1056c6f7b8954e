"""Text of ours in a page of Markdown, and what pages about facts have in common."""

from __future__ import annotations

import re

from artifactory_conformance.guide.facts import Confidence


def plain(text: str) -> str:
    """Give a text so that Markdown shows it as it is: no tags, no emphasis, no new column of a table."""
    return re.sub(r"([<>*|\\])", r"\\\1", text)


def confidence_list() -> str:
    """Give a list of the words for why a fact is believed, each with its meaning, the best first."""
    return "".join(f"* {code.value}: {code.meaning}\n" for code in Confidence)
