"""The figures that docs/README.md introduces the documents with: those that a page begins with."""

from __future__ import annotations

import re
from pathlib import Path

from tests.proof.runs import ROOT

README = ROOT / "docs" / "README.md"


def figures_of(page: Path) -> list[str]:
    """Give the lines of figures that a page begins with, before its tables."""
    return [line for line in page.read_text("utf-8").partition("\n## ")[0].splitlines() if line.startswith("* ")]


def introduce(page: Path) -> None:
    """Write a page's figures where docs/README.md names the page."""
    name, lines = re.escape(page.name), "\n".join(figures_of(page)) + "\n"
    block = re.compile(rf"(\n\[{name}\]\({name}\):\n\n)(\* .*\n)+")
    told = README.read_text("utf-8")
    README.write_text(block.sub(lambda found: found[1] + lines, told), encoding="utf-8")
