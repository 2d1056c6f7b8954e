"""An organization's id goes out as its first characters with zeros behind: it cannot be asked for any more.

Two can still be told apart, and what has to be a UUID still is one, so that a diagnosis is the same with masked data.
Every UUID is taken for one. Where an organization's stands, in a catalog's URL, as a user's name or in a message, no
other has to be told whole; and whoever meets it first need not tell all processes about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from artifactory_conformance.evidence.forms import forms
from artifactory_conformance.guide import PRINTED_EXAMPLE
from artifactory_conformance.settings.echo import SHOWN_OF_AN_ORGANIZATION

_DASH = "(?:-|%(?:25){0,3}2[dD])"
_UUID = re.compile(rf"[0-9a-fA-F]{{8}}(?:{_DASH}[0-9a-fA-F]{{4}}){{3}}{_DASH}[0-9a-fA-F]{{12}}")


def _masked(name: str) -> str:
    return name[:SHOWN_OF_AN_ORGANIZATION] + str(UUID(int=0))[SHOWN_OF_AN_ORGANIZATION:]


class Organizations:
    """Masks ids of organizations.

    known: those of the run, which are masked in every form that they travel in. spared: texts whose UUIDs stay
    whole, such as paths of this machine that somebody has to find again; the guide's printed example is nobody's.
    """

    def __init__(self, known: Iterable[str] = (), spared: Iterable[str] = ()) -> None:
        self._spared = {PRINTED_EXAMPLE, *(match[0].lower() for text in spared for match in _UUID.finditer(text))}
        self._known = [
            (re.compile("|".join(forms(form))), _masked(name))
            for name in known
            if _UUID.fullmatch(name)
            for form in dict.fromkeys((name, name.lower(), name.upper(), UUID(name).hex, UUID(name).hex.upper()))
        ]

    def masked(self, text: str) -> str:
        """Give the text with nothing but the first characters of every organization's id."""
        text = _UUID.sub(lambda match: match[0] if match[0].lower() in self._spared else _masked(match[0]), text)
        for pattern, shown in self._known:
            text = pattern.sub(shown, text)
        return text
