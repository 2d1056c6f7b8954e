"""What was given, as text with its origin: typed access that refuses in a full sentence."""

from __future__ import annotations

import re
import ssl
import uuid
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from artifactory_conformance.guide import PRINTED_EXAMPLE
from artifactory_conformance.settings.credentials import with_credentials
from artifactory_conformance.settings.malformed import on_one_line
from artifactory_conformance.settings.sources import collect
from artifactory_conformance.settings.value import Value

_E = TypeVar("_E", bound=Enum)
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
_PROJECT = re.compile(r"(?i)[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,63}")


class Given:
    """All values as text, with their origins; typed access that refuses with a full sentence."""

    def __init__(
        self, options: Mapping[str, object], environment: Mapping[str, str], folder: Path | None = None
    ) -> None:
        self._values = with_credentials(collect(options, environment, folder), environment)

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    @property
    def values(self) -> Mapping[str, Value]:
        """Everything that was given, by name of the setting."""
        return self._values

    def origins(self) -> dict[str, str]:
        """Give where each value came from."""
        return {name: value.origin for name, value in self._values.items()}

    def text(self, name: str) -> str:
        """Give a value as it is."""
        return self[name].text

    def several(self, name: str) -> tuple[str, ...]:
        """Give the parts of a value that may be given more than once."""
        return tuple(text.strip() for text in self.text(name).split(",") if text.strip())

    def choice(self, name: str, kind: type[_E]) -> _E:
        """Give a member of an enum."""
        value = self[name]
        try:
            return kind(value.text)
        except ValueError:
            raise value.refuse(f"must be one of {', '.join(member.value for member in kind)}") from None

    def switch(self, name: str) -> bool:
        """Give yes or no."""
        value = self[name]
        text = value.text.lower()
        if text not in _TRUE | _FALSE:
            raise value.refuse(f"must be one of {', '.join(sorted(_TRUE | _FALSE - {''}))}")
        return text in _TRUE

    def url(self, name: str) -> str:
        """Give an address without a final slash; empty if there is none."""
        value = self[name]
        if not value.text:
            return ""
        if "@" in value.text:
            raise value.refuse(
                "credentials do not belong into a URL, which command lines, logs and reports show; "
                "set ARTIFACTORY_USER and ARTIFACTORY_PASS instead, or see docs/settings.md"
            )
        if not value.text.isprintable() or " " in value.text:
            raise value.refuse("must not have blanks or control characters")
        try:
            parts = urlsplit(value.text)
            _ = parts.port
        except ValueError:
            raise value.refuse("is no URL: its host or port cannot be read") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise value.refuse("must be a http:// or https:// URL with a host")
        if "?" in value.text or "#" in value.text:
            raise value.refuse("must not have a query or a fragment")
        return value.text.rstrip("/")

    def key(self, name: str) -> str:
        """Give the key of a repository; empty if there is none."""
        value = self[name]
        if value.text and not _KEY.fullmatch(value.text):
            raise value.refuse(
                "is no repository key: letters, digits, '.', '_' and '-', at most 64, not beginning with a digit"
            )
        return value.text

    def organization(self) -> str:
        """Give the organization's UUID in its usual form; empty if there is none."""
        value = self["organization"]
        if not value.text:
            return ""
        try:
            parsed = str(uuid.UUID(value.text))
        except ValueError:
            raise value.refuse("must be your organization's UUID, like 01234567-89ab-cdef-0123-456789abcdef") from None
        if parsed == PRINTED_EXAMPLE:
            raise value.refuse("is the guide's printed example; give your own organization's UUID")
        return parsed

    def projects(self, name: str) -> tuple[str, ...]:
        """Give names of projects."""
        names = self.several(name)
        for project in names:
            if not _PROJECT.fullmatch(project):
                raise self[name].refuse(f"{project!r} is no name of a project")
        return names

    def project(self, name: str) -> str:
        """Give the name of a project; empty if there is none."""
        value = self[name]
        if value.text and not _PROJECT.fullmatch(value.text):
            raise value.refuse("is no name of a project")
        return value.text

    def number(self, name: str, least: int = 1) -> int:
        """Give a whole number, at least 1 or, where that means something, 0."""
        value = self[name]
        if not re.fullmatch("0|[1-9][0-9]{0,8}", value.text) or int(value.text) < least:
            raise value.refuse(f"must be a whole number, at least {least}")
        return int(value.text)

    def folder(self, name: str) -> Path | None:
        """Give a folder that exists; None if there is none."""
        value = self[name]
        if not value.text:
            return None
        path = Path(value.text)
        try:
            if path.is_dir():
                return path.resolve()
        except (OSError, ValueError):  # a name that is too long, a folder that may not be seen
            raise value.refuse("cannot be looked at") from None
        raise value.refuse("is not a folder")

    def from_file(self, name: str) -> bool:
        """Tell whether the settings file has set it."""
        return self[name].given and self[name].origin == on_one_line(self["config"].text)

    def file(self, name: str) -> Path | None:
        """Give the path of a file that is read, or not, elsewhere; None if there is none."""
        return Path(self.text(name)).absolute() if self.text(name) else None

    def file_text(self, name: str, longest: int) -> str:
        """Give what a text file holds, at most `longest` characters."""
        value = self[name]
        try:
            with Path(value.text).open(encoding="utf-8") as file:
                text = file.read(longest + 1)
        except UnicodeDecodeError:
            raise value.refuse("is no text file") from None
        except (OSError, ValueError):
            raise value.refuse("is not a file that can be read") from None
        if len(text) > longest:
            raise value.refuse(f"has more than {longest} characters")
        return text

    def certificates(self, name: str) -> Path | None:
        """Give a file of certificates in PEM; None if there is none."""
        value = self[name]
        if not value.text:
            return None
        path = Path(value.text).absolute()
        try:
            ssl.create_default_context(cafile=str(path))
        except ssl.SSLError:
            raise value.refuse("holds no certificate in PEM") from None
        except (OSError, ValueError):
            raise value.refuse("is not a file that can be read") from None
        return path
