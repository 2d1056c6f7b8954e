"""The forms that an organization's project pages can take (U5 to U17, R-10), as data."""

import enum
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from artifactory_conformance.upstream.bodies import Body, BodyRefused
from artifactory_conformance.upstream.layouts import Layout
from artifactory_conformance.upstream.shelf import PublishedFile


class Links(enum.Enum):
    """How the address of a file is written (R-10 a to d)."""

    OWN = "own"
    """As the layout has it: relative in the catalog, absolute at the public index."""
    ABSOLUTE = "absolute"
    ROOT_RELATIVE = "root_relative"
    ELSEWHERE = "elsewhere"
    """Absolute, below another address, which is given beside it (R-08)."""


class Anchors(enum.Enum):
    """How the HTML of a link is written."""

    ONE_LINE = "one_line"
    MULTI_LINE = "multi_line"
    """Spread over lines, as pypi.org had them in June 2025 (R-12, B-05)."""
    UPPER_CASE = "upper_case"


class Hash(enum.Enum):
    """What the fragment of a link holds."""

    SHA256 = "sha256"
    MD5 = "md5"
    NONE = "none"


class Json(enum.Enum):
    """Whether pages come in PEP 691's JSON (U17)."""

    OFF = "off"
    NEGOTIATED = "negotiated"
    ALWAYS = "always"


class Metadata(enum.Enum):
    """Whether PEP 658 metadata is advertised, and whether it is there then (client C18)."""

    OFF = "off"
    SERVED = "served"
    ADVERTISED = "advertised"


@dataclass(frozen=True)
class PageForm:
    """All of it together. query: what every link has behind its `?`. padding: bytes of comment in front of the links.

    literal_plus: a `+` in a file name is not percent-encoded.
    """

    links: Links = Links.OWN
    elsewhere: str = ""
    query: str = ""
    hash: Hash = Hash.SHA256
    anchors: Anchors = Anchors.ONE_LINE
    json: Json = Json.OFF
    metadata: Metadata = Metadata.OFF
    literal_plus: bool = False
    padding: int = 0


@dataclass(frozen=True)
class Line:
    """One link of a project page, in its form. `metadata` is the hash that is advertised."""

    filename: str
    url: str
    hashes: dict[str, str]
    requires_python: str | None
    yanked: str | None
    metadata: str | None


@dataclass(frozen=True)
class Place:
    """Where a page is asked for: the layout and base path of its organization, the origin that was named."""

    layout: Layout
    base_path: str
    origin: str


def lines(form: PageForm, files: Iterable[PublishedFile], place: Place) -> list[Line]:
    """The links to these files in this form."""
    return [
        Line(
            filename=file.distribution.filename,
            url=_url(form, file, place),
            hashes=_hashes(form.hash, file.distribution.content),
            requires_python=file.distribution.requires_python,
            yanked=file.yanked,
            metadata=None if form.metadata is Metadata.OFF else file.metadata_sha256,
        )
        for file in files
    ]


def _url(form: PageForm, file: PublishedFile, place: Place) -> str:
    distribution, layout = file.distribution, place.layout
    path = layout.quoted_path(distribution.sha256, distribution.filename)
    if form.literal_plus:
        path = path.replace("%2B", "+")
    query = f"?{form.query}" if form.query else ""
    if form.links is Links.ABSOLUTE:
        return f"{place.origin}{place.base_path}{path}{query}"
    if form.links is Links.ROOT_RELATIVE:
        return f"{place.base_path}{path}{query}"
    if form.links is Links.ELSEWHERE:
        return f"{form.elsewhere}{path}{query}"
    return f"{layout.link_prefix(place.origin)}{path}{query}"


def _hashes(form: Hash, content: bytes) -> dict[str, str]:
    if form is Hash.NONE:
        return {}
    return {form.value: hashlib.new(form.value, content, usedforsecurity=False).hexdigest()}


_E = TypeVar("_E", bound=enum.Enum)


def ordered(body: Body) -> PageForm:
    """The form that a body asks for; what it leaves out is as usual. Raises BodyRefused."""
    form = PageForm(
        links=_one_of(body, "links", Links.OWN),
        elsewhere=body.text("elsewhere", "").rstrip("/"),
        query=body.text("query", ""),
        hash=_one_of(body, "hash", Hash.SHA256),
        anchors=_one_of(body, "anchors", Anchors.ONE_LINE),
        json=_one_of(body, "json", Json.OFF),
        metadata=_one_of(body, "metadata", Metadata.OFF),
        literal_plus=body.flag("literal_plus"),
        padding=body.integer("padding", least=0) or 0,
    )
    body.done()
    if bool(form.elsewhere) != (form.links is Links.ELSEWHERE):
        raise BodyRefused("elsewhere: an address is for links that lead elsewhere, and they need one")
    return form


def _one_of(body: Body, key: str, default: _E) -> _E:
    word = body.text(key, default.value)
    try:
        return type(default)(word)
    except ValueError:
        known = ", ".join(each.value for each in type(default))
        raise BodyRefused(f"{body.name(key)}: {word!r} is none of {known}") from None
