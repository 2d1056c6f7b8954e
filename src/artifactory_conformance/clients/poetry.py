"""poetry as a client: it takes its index from the project, and credentials by the name of that source."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from packaging.requirements import Requirement
from packaging.version import Version

from artifactory_conformance.clients.client_run import ClientRun, InstalledDistribution
from artifactory_conformance.clients.lock_files import LockNotUnderstood, project_file
from artifactory_conformance.clients.tool import Tool

# poetry before 2.0 reads no [project].
_FIRST_WITH_PROJECT = Version("2.0")
_OLD_PROJECT = """\
[tool.poetry]
package-mode = false

[tool.poetry.dependencies]
python = ">={python}"
{requirements}
"""
_NOT_A_PACKAGE = """
[tool.poetry]
package-mode = false
"""

# A source of priority `primary` keeps PyPI off.
_SOURCE = """
[[tool.poetry.source]]
name = "instance"
url = "{index_url}"
priority = "primary"
"""


class Poetry(Tool):
    """poetry in a sealed home, without its cache."""

    program = distribution = "poetry"

    def lock_and_install(
        self,
        *requirements: str,
        index_url: str | None,
        user: str = "",
        password: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> ClientRun:
        """Make a project with these requirements, lock it and install the lock; what the lock says is given.

        index_url: without credentials; poetry gets these by environment, if there are any. None for a project without a
        source. The first of the two commands that fails is the run that is given back.
        """
        source = "" if index_url is None else _SOURCE.format(index_url=index_url)
        text = self._project(requirements) + source
        self.home.write_project_file("pyproject.toml", text)
        python = self._make_environment()
        credentials = {
            "POETRY_HTTP_BASIC_INSTANCE_USERNAME": user,
            "POETRY_HTTP_BASIC_INSTANCE_PASSWORD": password,
        }
        own = {
            **(credentials if user else {}),
            "POETRY_KEYRING_ENABLED": "false",
            "VIRTUAL_ENV": str(self.home.venv),
            "PATH": f"{python.parent}:{self.home.environment()['PATH']}",
            **(environment or {}),
        }
        run = ClientRun((), 0, 0.0, "", "", self.program, self.version)
        for command in (["lock"], ["install", "--no-root"]):
            run = self._run([*command, "--no-interaction", "--no-cache"], own, self._locked, secrets=[password])
            if not run.ok:
                break
        return run

    def _project(self, requirements: Sequence[str]) -> str:
        """The pyproject.toml of a project with these requirements, in a form that this version reads."""
        if self.version and Version(self.version) >= _FIRST_WITH_PROJECT:
            return project_file(requirements) + _NOT_A_PACKAGE
        python = ".".join(str(part) for part in sys.version_info[:2])
        wanted = [Requirement(requirement) for requirement in requirements]
        lines = [f'{one.name} = "{one.specifier or "*"}"' for one in wanted]
        return _OLD_PROJECT.format(python=python, requirements="\n".join(lines))

    def _locked(self) -> tuple[InstalledDistribution, ...]:
        return read_lock(self.home.cwd / "poetry.lock")


def read_lock(path: Path) -> tuple[InstalledDistribution, ...]:
    """Read a poetry.lock: one entry for each file of each package; its URL is that of the source, for files have none.

    Raises LockNotUnderstood.
    """
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
            url=package.get("source", {}).get("url", ""),
            sha256=file["hash"].removeprefix("sha256:"),
            requested=False,
        )
        for file in files
    ]
