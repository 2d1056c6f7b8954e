"""A machine of nobody's: its own home, /etc, folder and environment, and a pip that says which files it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from artifactory_conformance.clients.effective import read_configuration
from artifactory_conformance.doctor import pip_here
from artifactory_conformance.doctor.machine import Machine

PIP_FILES = {"global": "etc/pip.conf", "user": ".pip/pip.conf", "user ": ".config/pip/pip.conf"}
"""Where pip looks, by the words of `pip config debug`; those of a user are in the home."""


class Sealed:
    """Writes files of a machine, and gives the machine."""

    def __init__(self, folder: Path) -> None:
        self.root, self.home, self.project = folder, folder / "home", folder / "project"
        for made in (self.home, self.project, folder / "bin"):
            made.mkdir()
        self.environment = {"HOME": str(self.home), "PATH": str(folder / "bin")}

    def write(self, name: str, text: str, mode: int = 0o600) -> Path:
        """Write a file of the home (`~/…`), of the project, or of the machine (`/…`)."""
        base = self.home if name.startswith("~/") else self.root if name.startswith("/") else self.project
        path = base / name.removeprefix("~/").removeprefix("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return path

    def program(self, name: str) -> None:
        """Put a program on the PATH."""
        (self.root / "bin" / name).touch(0o755)

    def machine(self, **environment: str) -> Machine:
        """Give the machine as somebody with these variables sees it."""
        homes = {"alice": str(self.root / "home-of-alice"), Machine({}, self.project).user: str(self.home)}
        return Machine({**self.environment, **environment}, self.project, root=self.root, homes=homes)

    def debugged(self) -> str:
        """What `pip config debug` prints of this machine."""
        lines = []
        for rank, name in PIP_FILES.items():
            path = (self.root if rank == "global" else self.home) / name
            lines += [f"{rank.strip()}:", f"  {path}, exists: {path.exists()}"]
        return "\n".join(lines)


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    made = Sealed(tmp_path)

    def asked(python: Path, environment: dict[str, str]) -> object:
        return read_configuration(made.debugged(), environment)

    monkeypatch.setattr(pip_here, "own_configuration", asked)
    return made


def problems(section: object) -> list[str]:
    """Give what is wrong, and see to it that each finding says where and what to do."""
    for finding in section.findings:
        assert finding.where
        assert finding.remedy
        assert SECRET not in f"{finding}"
    assert SECRET not in f"{section}"
    return [finding.problem for finding in section.findings]


SECRET = "sesame"
INDEX = "https://art.example.com/artifactory/api/pypi/remote/simple"
WITH_PASSWORD = f"https://me:{SECRET}@art.example.com/artifactory/api/pypi/remote/simple"
UNENCODED = f"https://me:pa/ss{SECRET}@art.example.com/artifactory/api/pypi/remote/simple"
