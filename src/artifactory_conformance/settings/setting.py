"""One setting: what it is called wherever it can be given, and what kind of value it takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting: its name in Settings, its option (none for secrets), its environment variable and its meaning.

    of_container: for --target container alone.
    """

    name: str
    environment: str
    help: str
    default: str = ""
    metavar: str = ""
    flag: bool = False
    repeatable: bool = False
    secret: bool = False
    of_container: bool = False

    @property
    def number(self) -> bool:
        """Whether its value is a whole number."""
        return self.metavar in {"NUMBER", "SECONDS", "MEGABYTES"}

    @property
    def path(self) -> bool:
        """Whether its value names a file or a folder."""
        return self.metavar in {"FILE", "DIR"}

    @property
    def password(self) -> bool:
        """Whether its value lets somebody in: no message shows it, and no file that others may read has it."""
        return self.secret and not self.name.endswith("user")

    @property
    def option(self) -> str:
        """The command-line option; empty for a secret, which has only its environment variable."""
        return "" if self.secret else "--" + self.name.replace("_", "-")
