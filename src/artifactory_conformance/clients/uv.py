"""uv as a client. It reads nothing of pip's configuration; without an index of its own it goes to the public one."""

from __future__ import annotations

import re
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

_INDEX = """
[[tool.uv.index]]
name = "instance"
url = "{index_url}"
default = true
"""


class Uv(Tool):
    """uv in a sealed home, without its cache: that would hide what the server answers now (client C17)."""

    program = distribution = "uv"
    asked = re.compile(r"request for: (\S+)")

    def sync(self, *requirements: str, index_url: str, environment: Mapping[str, str] | None = None) -> ClientRun:
        """Make a project with these requirements, lock it and install the lock: `uv sync`; what the lock says is given.

        index_url: may hold credentials; uv gets it by environment.
        """
        self.home.write_project_file("pyproject.toml", project_file(requirements))
        return self._uv(["sync"], {"UV_DEFAULT_INDEX": index_url, **(environment or {})}, self._locked)

    def sync_project(self, *requirements: str, index_url: str, user: str, password: str) -> ClientRun:
        """Do as `sync` does, but that the project names the index and the environment its credentials.

        index_url: without credentials.
        """
        self.home.write_project_file("pyproject.toml", project_file(requirements) + _INDEX.format(index_url=index_url))
        credentials = {"UV_INDEX_INSTANCE_USERNAME": user, "UV_INDEX_INSTANCE_PASSWORD": password}
        # The project's own table counts as configuration. With it uv reads the machine's, which it looks for below
        # XDG_CONFIG_DIRS first: where it finds one there, it does not go on to /etc/uv.
        self.home.write_machine_file("uv/uv.toml", "")
        return self._uv(["sync"], {**credentials, "UV_NO_CONFIG": "false"}, self._locked, secrets=[password])

    def lock(self, *requirements: str, index_url: str) -> ClientRun:
        """Make a project with these requirements and lock it, installing nothing; everything else as for `sync`."""
        self.home.write_project_file("pyproject.toml", project_file(requirements))
        return self._uv(["lock"], {"UV_DEFAULT_INDEX": index_url}, self._locked)

    def pip_install(
        self,
        *requirements: str,
        index_url: str | None = None,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> ClientRun:
        """Install into the home's virtual environment: `uv pip install`; `installed` then tells what is there.

        index_url: None where the check's own variables are to name one, or nothing at all.
        """
        index = {} if index_url is None else {"UV_DEFAULT_INDEX": index_url}
        # It leaves no record that could be read, so it has to say what it asks for.
        how = ["--verbose", "--python", str(self._make_environment())]
        return self._uv(["pip", "install", *how, *options, *requirements], {**index, **(environment or {})})

    def _uv(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        read: Any = tuple,
        secrets: Sequence[str] = (),
    ) -> ClientRun:
        own = {
            "UV_NO_CONFIG": "1",
            "UV_NO_CACHE": "1",
            "UV_NO_PROGRESS": "1",
            "UV_PYTHON": sys.executable,
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_PROJECT_ENVIRONMENT": str(self.home.venv),
            "UV_HTTP_RETRIES": str(self._limits.retries),
            "UV_HTTP_TIMEOUT": str(self._limits.answer_seconds),
        }
        return self._run(arguments, {**own, **environment}, read, secrets=secrets)

    def _locked(self) -> tuple[InstalledDistribution, ...]:
        return read_lock(self.home.cwd / "uv.lock")


def read_lock(path: Path) -> tuple[InstalledDistribution, ...]:
    """Read a uv.lock: one entry for each file of each package, the project itself left out.

    Raises LockNotUnderstood.
    """
    try:
        packages = tomllib.loads(path.read_text(encoding="utf-8"))["package"]
        return tuple(
            _distribution(package, file)
            for package in packages
            if "registry" in package["source"]
            for file in [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else ())]
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:  # a TOML error is a ValueError
        raise LockNotUnderstood(f"{path.name}: {error!r}") from None


def _distribution(package: Mapping[str, Any], file: Mapping[str, Any]) -> InstalledDistribution:
    algorithm, _, value = str(file.get("hash", "")).partition(":")
    return InstalledDistribution(
        name=package["name"],
        version=package["version"],
        url=file["url"],
        sha256=value if algorithm == "sha256" else None,
        requested=False,
    )
