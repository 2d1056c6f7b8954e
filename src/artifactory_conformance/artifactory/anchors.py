"""The anchors of a page as they are written: attributes, text, and the characters before any decoding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

DOCTYPE = "<!doctype html>"


@dataclass(frozen=True)
class Anchor:
    """One `<a>`: its attributes decoded, its text, and its start tag as the page has it."""

    attributes: Mapping[str, str | None]
    text: str
    written: str

    @property
    def href(self) -> str:
        """Where it leads, as it is written."""
        return self.attributes.get("href") or ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.anchors: list[Anchor] = []
        self.meta: dict[str, str] = {}
        self._open: tuple[dict[str, str | None], str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open, self._text = (dict(attrs), self.get_starttag_text() or ""), []
        elif tag == "meta":
            given = dict(attrs)
            self.meta[given.get("name") or ""] = given.get("content") or given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            attributes, written = self._open
            self.anchors.append(Anchor(attributes, "".join(self._text), written))
            self._open = None


def anchors_of(html: str) -> tuple[Anchor, ...]:
    """Give all anchors of a page, in their order."""
    return tuple(_read(html).anchors)


def meta_of(html: str) -> dict[str, str]:
    """Give the page's meta elements: name to content."""
    return _read(html).meta


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader
