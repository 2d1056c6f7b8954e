"""What a distribution shall be, and what it is once it is built."""

import enum
import hashlib
import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import parse_tag
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

_PROJECT_NAME = re.compile(r"[A-Z0-9]|[A-Z0-9][A-Z0-9._-]*[A-Z0-9]", re.IGNORECASE | re.ASCII)
_TAG = re.compile(r"[A-Za-z0-9_.]+-[A-Za-z0-9_.]+-[A-Za-z0-9_.]+", re.ASCII)


class DistributionKind(enum.Enum):
    """The two kinds of files on a project page."""

    WHEEL = "wheel"
    SDIST = "sdist"


class InvalidDistributionSpec(ValueError):
    """A field of a `DistributionSpec` has a value that no distribution can have; the text names the field."""


@dataclass(frozen=True)
class DistributionSpec:
    """What to build.

    `project` is the name as its author writes it and `version` any PEP 440 version. `requires` are PEP 508
    requirements, `extras` maps the name of an extra to further ones. `entry_points` maps the name of a console script
    to "module:function"; module and function are generated. `filler` adds that many bytes that do not compress.
    `variant` goes into the content: the same file name with other bytes. `build_requires` are what an sdist needs to be
    built: its backend imports them; they have to be distributions of ours. Raises InvalidDistributionSpec.
    """

    project: str
    version: str = "1.0"
    requires: tuple[str, ...] = ()
    requires_python: str | None = None
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entry_points: Mapping[str, str] = field(default_factory=dict)
    tag: str = "py3-none-any"
    filler: int = 0
    variant: str = ""
    build_requires: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could only fail later, in somebody else's client."""
        if not _PROJECT_NAME.fullmatch(self.project):
            raise InvalidDistributionSpec(f"project: {self.project!r} is not a project name")
        _check_version(self.version)
        _check_requires_python(self.requires_python)
        for text in [*self.requires, *self.build_requires, *(text for texts in self.extras.values() for text in texts)]:
            _check_requirement(text)
        for name in self.extras:
            if not _PROJECT_NAME.fullmatch(name):
                raise InvalidDistributionSpec(f"extras: {name!r} is not the name of an extra")
        for name, target in self.entry_points.items():
            _check_entry_point(name, target)
        if not _TAG.fullmatch(self.tag) or not parse_tag(self.tag):
            raise InvalidDistributionSpec(f"tag: {self.tag!r} is not a wheel tag")
        if self.filler < 0:
            raise InvalidDistributionSpec(f"filler: {self.filler} is negative")

    @property
    def normalized_project(self) -> str:
        """The project as PEP 503 writes it in the path of its page."""
        return canonicalize_name(self.project)

    @property
    def normalized_version(self) -> str:
        """The version as PEP 440 writes it."""
        return str(Version(self.version))

    @property
    def file_stem(self) -> str:
        """Project and version as PEP 427 and PEP 625 begin a file name."""
        return f"{self.normalized_project.replace('-', '_')}-{self.normalized_version}"

    @property
    def package(self) -> str:
        """The name to import it by: the normalized project, made an identifier."""
        name = self.normalized_project.replace("-", "_")
        return f"_{name}" if not name.isidentifier() or keyword.iskeyword(name) else name


@dataclass(frozen=True)
class Distribution:
    """One file of a project page: `project` is normalized (PEP 503), `sha256` is in hex."""

    project: str
    version: str
    filename: str
    content: bytes = field(repr=False)
    requires_python: str | None
    kind: DistributionKind
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        """Hash the content once; whoever asks later gets the same answer for nothing."""
        object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())


def _check_version(version: str) -> None:
    try:
        Version(version)
    except InvalidVersion as error:
        raise InvalidDistributionSpec(f"version: {version!r} is not a PEP 440 version") from error


def _check_requires_python(requires_python: str | None) -> None:
    _check_one_line("requires_python", requires_python or "")
    try:
        SpecifierSet(requires_python or "")
    except InvalidSpecifier as error:
        raise InvalidDistributionSpec(f"requires_python: {requires_python!r} is not a set of specifiers") from error


def _check_requirement(text: str) -> None:
    _check_one_line("requires", text)
    try:
        Requirement(text)
    except InvalidRequirement as error:
        raise InvalidDistributionSpec(f"requires: {text!r} is not a PEP 508 requirement") from error


def _check_one_line(field_name: str, text: str) -> None:
    if not text.isprintable():
        raise InvalidDistributionSpec(f"{field_name}: {text!r} does not fit into one line of metadata")


def _check_entry_point(name: str, target: str) -> None:
    module, colon, function = target.partition(":")
    parts = [*module.split("."), function]
    if not colon or not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        raise InvalidDistributionSpec(f"entry_points: {target!r} is not of the form module:function")
    if not re.fullmatch(r"[\w.-]+", name, re.ASCII):
        raise InvalidDistributionSpec(f"entry_points: {name!r} is not the name of a script")
