"""One setting as it was given: its text and where that came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from artifactory_conformance.settings.malformed import MalformedSettings
from artifactory_conformance.settings.setting import Setting

DEFAULT = "the default"
COMMAND_LINE = "the command line"


@dataclass(frozen=True)
class Value:
    """One setting as it was given. origin: where its text came from, in words."""

    setting: Setting
    text: str = field(repr=False)
    origin: str

    @property
    def given(self) -> bool:
        """Whether somebody has set it."""
        return self.origin != DEFAULT

    def refuse(self, problem: str) -> MalformedSettings:
        """Give the error that says what is wrong with it; no secret is in it."""
        hidden = self.setting.secret or (self.setting.flag and self.text.lower() == "true")
        shown = "" if hidden else f" {self.harmless()!r}"
        return MalformedSettings(
            f"{self.setting.option or self.setting.environment}{shown} (from {self.origin}): {problem}"
        )

    def harmless(self) -> str:
        """The text without what may be a password: nobody's credentials belong into a message."""
        if "@" in self.text:
            return "…" + self.text.rpartition("@")[2].partition("?")[0].partition("#")[0]
        address = re.split(r"[?#]", self.text, maxsplit=1) if "://" in self.text else [self.text]
        return address[0] + "…" * (len(address) - 1)
