"""pdm as a client: its index and the credentials for it stand in its configuration, here as variables."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from artifactory_conformance.clients.client_run import ClientRun, InstalledDistribution
from artifactory_conformance.clients.lock_files import LockNotUnderstood, project_file
from artifactory_conformance.clients.tool import Tool

_ITSELF = """
[tool.pdm]
distribution = false
"""


class Pdm(Tool):
    """pdm in a sealed home, without its cache."""

    program = distribution = "pdm"

    def lock_and_install(
        self,
        *requirements: str,
        index_url: str | None,
        user: str = "",
        password: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> ClientRun:
        """Make a project with these requirements, lock it and install the lock; what the lock says is given.

        index_url: without credentials; pdm gets these by environment, if there are any. None where it is to have none.
        The first of the two commands that fails is the run that is given back.
        """
        self.home.write_project_file("pyproject.toml", project_file(requirements) + _ITSELF)
        python = self._make_environment()
        own = {
            **({} if index_url is None else {"PDM_PYPI_URL": index_url}),
            **({"PDM_PYPI_USERNAME": user, "PDM_PYPI_PASSWORD": password} if user else {}),
            "PDM_CHECK_UPDATE": "false",
            "PDM_NON_INTERACTIVE": "1",
            "PDM_REQUEST_TIMEOUT": str(self._limits.answer_seconds),
            "VIRTUAL_ENV": str(self.home.venv),
            "PATH": f"{python.parent}:{self.home.environment()['PATH']}",
            **(environment or {}),
        }
        run = ClientRun((), 0, 0.0, "", "", self.program, self.version)
        # Only a lock with addresses tells where the files are from.
        for command in (["lock", "--strategy", "static_urls"], ["install", "--no-self", "--frozen-lockfile"]):
            run = self._run(["--no-cache", *command], own, self._locked, secrets=[password])
            if not run.ok:
                break
        return run

    def _locked(self) -> tuple[InstalledDistribution, ...]:
        return read_lock(self.home.cwd / "pdm.lock")


def read_lock(path: Path) -> tuple[InstalledDistribution, ...]:
    """Read a pdm.lock with addresses: one entry for each file of each package. Raises LockNotUnderstood."""
    try:
        packages = tomllib.loads(path.read_text(encoding="utf-8"))["package"]
        return tuple(found for package in packages for found in _files(package, package["files"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:  # a TOML error is a ValueError
        raise LockNotUnderstood(f"{path.name}: {error!r}") from None


def _files(package: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> list[InstalledDistribution]:
    return [
        InstalledDistribution(
            name=package["name"],
            version=package["version"],
            url=file["url"],
            sha256=file["hash"].removeprefix("sha256:"),
            requested=False,
        )
        for file in files
    ]
