"""The sets of clients that the Makefile installs, and what of the suite is run with each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / ".venv" / "clients"
REPORTS = ROOT / "reports" / "clients"


@dataclass(frozen=True)
class ClientSet:
    """Clients that are installed together.

    checks: what pytest selects. lacks: clients for which checks are not run here. asks: clients whose requests are
    looked at.
    """

    name: str
    asks: tuple[str, ...]
    checks: tuple[str, ...]
    lacks: tuple[str, ...] = ()

    @property
    def python(self) -> Path:
        """Its interpreter, beside which the clients are."""
        return ENVIRONMENTS / self.name / "bin" / "python"


NEWEST = ("pip", "pip-compile", "pip-sync", "uv", "poetry", "pdm", "pipenv", "twine")
SETS = (
    ClientSet(
        "oldest",
        ("pip", "uv", "poetry"),
        ("suites/clients", "suites/package_access/test_installing.py", "suites/virtual_repository/test_installing.py"),
        lacks=("pdm", "pipenv", "pip 23.1 or newer"),
    ),
    # Its pip, uv, pip-tools and twine are those of `make check`.
    ClientSet("newest", NEWEST, ("suites/clients", "-k", "poetry or pdm or pipenv")),
)
