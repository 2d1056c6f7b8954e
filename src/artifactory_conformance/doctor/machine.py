"""The machine as somebody's clients see it: who runs them, where, with which environment."""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Machine:
    """What configures clients here. Another one is for tests.

    environment: that of whoever runs this. folder: where they stand, and a project may be. python: the interpreter
    whose pip is asked. root: where /etc is. homes: home folder by name of a user, in place of the system's own list.
    """

    environment: Mapping[str, str] = field(repr=False)
    folder: Path
    python: Path = Path(sys.executable)
    root: Path = Path("/")
    homes: Mapping[str, str] | None = None

    @staticmethod
    def this(folder: Path, python: Path | None = None) -> Machine:
        """Give the machine that this runs on."""
        return Machine(os.environ, folder, python or Path(sys.executable))

    @property
    def home(self) -> Path:
        """The home folder that clients go by."""
        return Path(self.environment.get("HOME") or self.home_of(self.user) or "/")

    @property
    def user(self) -> str:
        """Name of the user who runs this; its number, if it has none."""
        try:
            return pwd.getpwuid(os.geteuid()).pw_name
        except KeyError:
            return str(os.geteuid())

    def home_of(self, user: str) -> str:
        """Give the home folder of a user, as the system has it; empty for somebody unknown."""
        if self.homes is not None:
            return self.homes.get(user, "")
        try:
            return pwd.getpwnam(user).pw_dir
        except KeyError:
            return ""

    def find(self, program: str) -> Path | None:
        """Give where a program is on the PATH."""
        found = shutil.which(program, path=self.environment.get("PATH", os.defpath))
        return Path(found) if found else None

    def config_home(self, name: str) -> Path:
        """Give a program's folder of a user's configuration."""
        return Path(self.environment.get("XDG_CONFIG_HOME") or self.home / ".config") / name

    def above(self) -> list[Path]:
        """Give the folder and all above it, nearest first."""
        here = self.folder.absolute()
        return [here, *here.parents]


def is_file(path: Path) -> bool:
    """Tell whether a file is there for this user to see: a folder that keeps others out is no error."""
    return os.path.isfile(path)  # unlike Path.is_file, which raises where a folder may not be entered
